import { unsignedCommits } from "../../../src/analyse/rules/unsigned-commits.ts";
import { BY_PROPERTY, control, repo, ruleset, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(unsignedCommits, [
  {
    name: "many branches are one finding of the organization",
    given: (g) => {
      repo(g, "a");
      repo(g, "b");
      ruleset(g, repo(g, "c"), [{ kind: "signatures" }]);
      repo(g, "d", { archived: true });
    },
    finds: ["sample"],
    says: "unsigned commits may enter 2 of 3 default branches of `sample`, such as `sample/a`",
  },
  {
    name: "a ruleset of the organization that asks for signatures is fine",
    given: (g) => {
      repo(g, "a");
      ruleset(g, T, [{ kind: "signatures" }]);
    },
    finds: [],
    examined: 1,
  },
  {
    name: "what may hold and what was not read is undecided",
    given: (g) => {
      repo(g, "a");
      ruleset(g, T, [{ kind: "signatures" }], BY_PROPERTY);
      control(g, "ruleset", repo(g, "b"), "?", null);
    },
    finds: [],
    undecided: 2,
  },
]);
