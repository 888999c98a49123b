import { rootUsed } from "../../../src/analyse/rules/root-used.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(rootUsed, [
  {
    name: "a sign-in last month is found",
    given: (g) => void g.root({ lastUsedAt: known(daysAgo(30)) }),
    finds: ["root"],
    says: "30 days ago",
  },
  { name: "a sign-in last year is fine", given: (g) => void g.root({ lastUsedAt: known(daysAgo(300)) }), finds: [] },
  { name: "never used is fine", given: (g) => void g.root(), finds: [] },
  {
    name: "a root key used lately counts",
    given: (g) => void g.credential("access-key", "k", g.root().id, { lastUsedAt: known(daysAgo(3)) }),
    finds: ["root"],
  },
  {
    name: "unknown use is undecided",
    given: (g) => void g.root({ lastUsedAt: unknown("no report") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "an old use of the password says nothing about the keys that could not be read",
    given: (g) => {
      const root = g.root({ lastUsedAt: known(daysAgo(400)) });
      g.credential("access-key", "key 1", root.id, { lastUsedAt: unknown("the column is missing") });
    },
    finds: [],
    undecided: 1,
  },
]);
