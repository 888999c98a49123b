import { reusedRunner } from "../../../src/analyse/rules/reused-runner.ts";
import { T, thing } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(reusedRunner, [
  {
    name: "runners that are kept are one finding of the organization",
    given: (g) => {
      thing(g, "runner", `${T}:runner-1`, { ephemeral: false });
      thing(g, "runner", `${T}:runner-2`, { ephemeral: false });
      thing(g, "runner", `${T}:runner-3`, { ephemeral: true });
    },
    finds: ["sample"],
    says: "one job leaves its state to the next on 2 of 3 self-hosted runners of `sample`, such as `runner-1`",
  },
  {
    name: "a runner that is made anew for each job is fine",
    given: (g) => void thing(g, "runner", `${T}:runner-1`, { ephemeral: true }),
    finds: [],
    examined: 1,
  },
  {
    name: "a runner of which GitHub does not tell is undecided",
    given: (g) => void thing(g, "runner", `${T}:runner-1`, { ephemeral: null }),
    finds: [],
    undecided: 1,
  },
]);
