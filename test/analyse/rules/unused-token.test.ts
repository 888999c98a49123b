import { unusedToken } from "../../../src/analyse/rules/unused-token.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(unusedToken, [
  {
    name: "a token used yesterday is fine",
    given: (g) => void g.credential("fine-grained-token", "t", g.member("m").id),
    finds: [],
  },
  {
    name: "at the limit it is found",
    given: (g) => void g.credential("fine-grained-token", "t", g.member("m").id, { lastUsedAt: known(daysAgo(90)) }),
    finds: ["t"],
  },
  {
    name: "one that was never used counts from when it was granted",
    given: (g) =>
      void g.credential("fine-grained-token", "t", g.member("m").id, {
        lastUsedAt: known("never"),
        createdAt: known(daysAgo(95)),
      }),
    finds: ["t"],
    says: "never used",
  },
  {
    name: "unknown use is undecided",
    given: (g) => void g.credential("fine-grained-token", "t", g.member("m").id, { lastUsedAt: unknown("not said") }),
    finds: [],
    undecided: 1,
  },
]);
