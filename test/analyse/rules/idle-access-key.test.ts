import { idleAccessKey } from "../../../src/analyse/rules/idle-access-key.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(idleAccessKey, [
  {
    name: "a key used last week is fine",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { lastUsedAt: known(daysAgo(7)) }),
    finds: [],
  },
  {
    name: "a key unused for longer than the limit is found",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { lastUsedAt: known(daysAgo(60)) }),
    finds: ["k"],
    says: "has not been used for 60 days",
  },
  {
    name: "exactly at the limit is found",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { lastUsedAt: known(daysAgo(45)) }),
    finds: ["k"],
  },
  {
    name: "a day before the limit is fine",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { lastUsedAt: known(daysAgo(44)) }),
    finds: [],
  },
  {
    name: "a key that was never used belongs to another rule",
    given: (g) =>
      void g.credential("access-key", "k", g.user("u").id, {
        lastUsedAt: known("never"),
        createdAt: known(daysAgo(300)),
      }),
    finds: [],
  },
  {
    name: "a key we may not ask about is undecided, not clean",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { lastUsedAt: unknown("refused") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "an inactive key is not examined",
    given: (g) =>
      void g.credential("access-key", "k", g.user("u").id, {
        status: known("inactive"),
        lastUsedAt: known(daysAgo(300)),
      }),
    finds: [],
    examined: 0,
  },
  {
    name: "of two keys only the stale one is found",
    given: (g) => {
      const u = g.user("u");
      g.credential("access-key", "stale", u.id, { lastUsedAt: known(daysAgo(200)) });
      g.credential("access-key", "busy", u.id);
    },
    finds: ["stale"],
    examined: 2,
  },
]);
