import { neverUsedAccessKey } from "../../../src/analyse/rules/never-used-access-key.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(neverUsedAccessKey, [
  {
    name: "a young key that was not used yet is fine",
    given: (g) =>
      void g.credential("access-key", "k", g.user("u").id, {
        lastUsedAt: known("never"),
        createdAt: known(daysAgo(29)),
      }),
    finds: [],
  },
  {
    name: "a key that had its month and was not used is found",
    given: (g) =>
      void g.credential("access-key", "k", g.user("u").id, {
        lastUsedAt: known("never"),
        createdAt: known(daysAgo(30)),
      }),
    finds: ["k"],
    says: "never used in the 30 days",
  },
  {
    name: "a used key is fine however old",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { createdAt: known(daysAgo(900)) }),
    finds: [],
  },
  {
    name: "unknown last use is undecided",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { lastUsedAt: unknown("refused") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "never used but of unknown age is undecided",
    given: (g) =>
      void g.credential("access-key", "k", g.user("u").id, {
        lastUsedAt: known("never"),
        createdAt: unknown("no date"),
      }),
    finds: [],
    undecided: 1,
  },
]);
