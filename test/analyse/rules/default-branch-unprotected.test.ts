import { defaultBranchUnprotected } from "../../../src/analyse/rules/default-branch-unprotected.ts";
import { BY_PROPERTY, control, repo, review, ruleset, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(defaultBranchUnprotected, [
  {
    name: "a default branch without any layer is found",
    given: (g) => void repo(g, "a"),
    finds: ["sample/a"],
    says: "`main`",
  },
  { name: "a ruleset of the repository protects it", given: (g) => ruleset(g, repo(g, "a"), [review()]), finds: [] },
  {
    name: "a ruleset of the organization protects it, one about other repositories does not",
    given: (g) => {
      repo(g, "a");
      repo(g, "b");
      ruleset(g, T, [review()], { repositories: { include: ["a"], exclude: [], ids: null, byProperty: false } });
    },
    finds: ["sample/b"],
  },
  {
    name: "a classic rule protects it",
    given: (g) => ruleset(g, repo(g, "a"), [{ kind: "deletion" }], { source: "classic", include: ["ma*"] }),
    finds: [],
  },
  {
    name: "a ruleset that is only evaluated protects nothing",
    given: (g) => ruleset(g, repo(g, "a"), [review()], { enforcement: "evaluate" }),
    finds: ["sample/a"],
    says: "1 protection is off or about something else",
  },
  {
    name: "a ruleset about other branches or tags does not protect it",
    given: (g) => {
      const a = repo(g, "a");
      ruleset(g, a, [review()], { include: ["release/*"] });
      ruleset(g, a, [{ kind: "deletion" }], { target: "tag", include: ["~ALL"] });
    },
    finds: ["sample/a"],
  },
  {
    name: "archived and empty repositories are left out",
    given: (g) => {
      repo(g, "a", { archived: true });
      repo(g, "b", { defaultBranch: null });
    },
    finds: [],
    examined: 0,
  },
  {
    name: "a ruleset that asks for custom properties leaves it undecided",
    given: (g) => {
      repo(g, "a");
      ruleset(g, T, [review()], BY_PROPERTY);
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "classic rules that were not read leave it undecided",
    given: (g) => control(g, "branch-protection", repo(g, "a"), "?", null),
    finds: [],
    undecided: 1,
    examined: 1,
  },
]);
