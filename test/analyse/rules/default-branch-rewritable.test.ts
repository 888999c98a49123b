import { defaultBranchRewritable } from "../../../src/analyse/rules/default-branch-rewritable.ts";
import { BY_PROPERTY, control, repo, review, ruleset, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(defaultBranchRewritable, [
  {
    name: "force push and deletion are told in one finding",
    given: (g) => ruleset(g, repo(g, "a"), [{ kind: "signatures" }]),
    finds: ["sample/a"],
    says: "overwritten by a force push or deleted",
  },
  {
    name: "a required pull request stops force pushes and no deletion",
    given: (g) => ruleset(g, repo(g, "a"), [review()]),
    finds: ["sample/a"],
    says: "`sample/a` may be deleted",
  },
  {
    name: "a classic rule that lists who pushes does not stop their force pushes",
    given: (g) =>
      ruleset(g, repo(g, "a"), [{ kind: "update" }, { kind: "deletion" }], { source: "classic", include: ["main"] }),
    finds: ["sample/a"],
    says: "overwritten by a force push",
  },
  {
    name: "both blocked, by whichever layer, is fine",
    given: (g) => {
      ruleset(g, repo(g, "a"), [{ kind: "non-fast-forward" }]);
      ruleset(g, T, [{ kind: "deletion" }]);
    },
    finds: [],
  },
  { name: "a branch without protection is another rule's", given: (g) => void repo(g, "a"), finds: [] },
  {
    name: "what may hold and what was not read is undecided",
    given: (g) => {
      ruleset(g, repo(g, "a"), [review()]);
      ruleset(g, T, [{ kind: "deletion" }], BY_PROPERTY);
      control(g, "ruleset", repo(g, "b"), "?", null);
    },
    finds: [],
    undecided: 2,
  },
]);
