import { staleApprovalKept } from "../../../src/analyse/rules/stale-approval-kept.ts";
import { BY_PROPERTY, control, repo, review, ruleset, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(staleApprovalKept, [
  { name: "approvals that stay are found", given: (g) => ruleset(g, repo(g, "a"), [review()]), finds: ["sample/a"] },
  {
    name: "dismissed approvals, and approval of the last push, are fine",
    given: (g) => {
      ruleset(g, repo(g, "a"), [review({ dismissStale: true })]);
      ruleset(g, repo(g, "b"), [review({ lastPushApproval: true })]);
    },
    finds: [],
  },
  {
    name: "one of two layers that dismisses is enough",
    given: (g) => {
      ruleset(g, repo(g, "a"), [review()]);
      ruleset(g, T, [review({ dismissStale: true })]);
    },
    finds: [],
  },
  {
    name: "where no approval is asked for there is nothing to dismiss",
    given: (g) => {
      ruleset(g, repo(g, "a"), [review({ approvals: 0 })]);
      repo(g, "b");
    },
    finds: [],
    examined: 2,
  },
  {
    name: "what may hold and what was not read is undecided",
    given: (g) => {
      ruleset(g, repo(g, "a"), [review()]);
      ruleset(g, T, [review({ dismissStale: true })], BY_PROPERTY);
      control(g, "ruleset", repo(g, "b"), "?", null);
    },
    finds: [],
    undecided: 2,
  },
]);
