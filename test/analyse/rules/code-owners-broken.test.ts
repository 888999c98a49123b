import { codeOwnersBroken } from "../../../src/analyse/rules/code-owners-broken.ts";
import { control, owners, repo } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(codeOwnersBroken, [
  {
    name: "errors are found once per file, the first of them named",
    given: (g) => owners(g, repo(g, "a"), { "*": ["@nobody"] }, ["line 1: Unknown owner: @nobody", "line 2: another"]),
    finds: ["sample/a"],
    says: "2 errors: line 1: Unknown owner: @nobody",
  },
  {
    name: "a sound file, none, and one in an archived repository are fine",
    given: (g) => {
      owners(g, repo(g, "a"), { "*": ["@sample/web"] });
      repo(g, "b");
      owners(g, repo(g, "c", { archived: true }), {}, ["line 1"]);
    },
    finds: [],
    examined: 2,
  },
  {
    name: "a file that was not read is undecided",
    given: (g) => control(g, "code-owners", repo(g, "a"), "?", null),
    finds: [],
    undecided: 1,
  },
]);
