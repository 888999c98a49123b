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
]);
