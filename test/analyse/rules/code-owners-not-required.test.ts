import { codeOwnersNotRequired } from "../../../src/analyse/rules/code-owners-not-required.ts";
import { BY_PROPERTY, control, owners, repo, review, ruleset, T } from "../given-github.ts";
import { checkRule, type Given } from "../given.ts";

function withOwners(g: Given, name: string): string {
  const id = repo(g, name);
  owners(g, id, { "*": ["@sample/web"] });
  return id;
}

checkRule(codeOwnersNotRequired, [
  {
    name: "named owners whose review is not required are found",
    given: (g) => ruleset(g, withOwners(g, "a"), [review()]),
    finds: ["sample/a"],
    says: "`CODEOWNERS`",
  },
  {
    name: "a required review is fine",
    given: (g) => ruleset(g, withOwners(g, "a"), [review({ codeOwners: true })]),
    finds: [],
  },
  {
    name: "without a file, with one that names nobody, and without protection there is nothing to require",
    given: (g) => {
      ruleset(g, repo(g, "a"), [review()]);
      const b = repo(g, "b");
      owners(g, b, { "*": [] });
      ruleset(g, b, [review()]);
      withOwners(g, "c");
    },
    finds: [],
    examined: 3,
  },
  {
    name: "a file that was not read, and a ruleset that may hold, are undecided",
    given: (g) => {
      const a = repo(g, "a");
      control(g, "code-owners", a, "?", null);
      ruleset(g, a, [review()]);
      ruleset(g, withOwners(g, "b"), [review()]);
      ruleset(g, T, [review({ codeOwners: true })], BY_PROPERTY);
    },
    finds: [],
    undecided: 2,
  },
]);
