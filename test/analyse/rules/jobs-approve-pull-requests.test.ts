import { jobsApprovePullRequests } from "../../../src/analyse/rules/jobs-approve-pull-requests.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { control, repo, settings, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

const approves = { canApprovePullRequests: known(true) } as const;

checkRule(jobsApprovePullRequests, [
  {
    name: "jobs that may approve are found once per organization",
    given: (g) => {
      settings(g, T, approves);
      settings(g, repo(g, "a"), approves);
      settings(g, repo(g, "b"), approves);
    },
    finds: ["sample"],
    says: "in 2 of 2 repositories of `sample` jobs may approve pull requests, such as `sample/a`",
  },
  {
    name: "an organization that forbids it is stricter than any repository",
    given: (g) => {
      settings(g, T);
      settings(g, repo(g, "a"), approves);
    },
    finds: [],
    examined: 1,
  },
  { name: "a repository that forbids it is fine", given: (g) => settings(g, repo(g, "a")), finds: [], examined: 1 },
  {
    name: "a setting that was not shown or not read is undecided",
    given: (g) => {
      settings(g, repo(g, "a"), { canApprovePullRequests: unknown("not shown") });
      control(g, "actions-settings", repo(g, "b"), "?", null);
    },
    finds: [],
    undecided: 2,
  },
]);
