import { changeWithoutApproval } from "../../../src/analyse/rules/change-without-approval.ts";
import { BY_PROPERTY, control, repo, review, ruleset, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(changeWithoutApproval, [
  {
    name: "a protected branch without a required approval is found",
    given: (g) => ruleset(g, repo(g, "a"), [{ kind: "deletion" }, review({ approvals: 0 })]),
    finds: ["sample/a"],
    says: "nobody's approval",
  },
  {
    name: "an approval that any layer asks for is enough",
    given: (g) => {
      const a = repo(g, "a");
      ruleset(g, a, [{ kind: "deletion" }]);
      ruleset(g, T, [review()]);
    },
    finds: [],
  },
  { name: "a branch without protection is another rule's", given: (g) => void repo(g, "a"), finds: [], examined: 1 },
  {
    name: "a locked branch and one that nobody updates change without anybody",
    given: (g) => {
      ruleset(g, repo(g, "a"), [{ kind: "lock" }], { source: "classic", include: ["main"] });
      ruleset(g, repo(g, "b"), [{ kind: "update" }]);
    },
    finds: [],
  },
  {
    name: "a classic rule that lists who pushes asks nobody else",
    given: (g) => ruleset(g, repo(g, "a"), [{ kind: "update" }], { source: "classic", include: ["main"] }),
    finds: ["sample/a"],
  },
  {
    name: "a ruleset that may or may not be about it leaves it undecided",
    given: (g) => {
      ruleset(g, repo(g, "a"), [{ kind: "deletion" }]);
      ruleset(g, T, [review()], BY_PROPERTY);
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "rulesets that were not read leave it undecided",
    given: (g) => control(g, "ruleset", repo(g, "a"), "?", null),
    finds: [],
    undecided: 1,
  },
]);
