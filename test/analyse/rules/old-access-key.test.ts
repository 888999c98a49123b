import { oldAccessKey } from "../../../src/analyse/rules/old-access-key.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(oldAccessKey, [
  {
    name: "a key of exactly the limit is fine: age means beyond",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { createdAt: known(daysAgo(90)) }),
    finds: [],
  },
  {
    name: "a day beyond the limit is found",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { createdAt: known(daysAgo(91)) }),
    finds: ["k"],
    says: "91 days old",
  },
  {
    name: "an inactive key is not examined",
    given: (g) =>
      void g.credential("access-key", "k", g.user("u").id, {
        createdAt: known(daysAgo(400)),
        status: known("inactive"),
      }),
    finds: [],
    examined: 0,
  },
  {
    name: "a key of unknown age is undecided",
    given: (g) => void g.credential("access-key", "k", g.user("u").id, { createdAt: unknown("no date") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "a key of root is left to its own rule",
    given: (g) => void g.credential("access-key", "k", g.root().id, { createdAt: known(daysAgo(400)) }),
    finds: [],
    examined: 0,
  },
]);
