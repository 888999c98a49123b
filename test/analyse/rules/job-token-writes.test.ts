import { jobTokenWrites } from "../../../src/analyse/rules/job-token-writes.ts";
import type { ActionsSettings } from "../../../src/model/actions-settings.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { control, repo, settings, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

const writes: Partial<ActionsSettings> = { defaultPermissions: known("write") };

checkRule(jobTokenWrites, [
  {
    name: "repositories whose job token writes are one finding of the organization",
    given: (g) => {
      settings(g, T, writes);
      settings(g, repo(g, "a"), writes);
      settings(g, repo(g, "b"), writes);
      settings(g, repo(g, "c"));
    },
    finds: ["sample"],
    says: "in 2 of 3 repositories of `sample` jobs get a token that writes",
  },
  {
    name: "an organization that says read is stricter than any repository",
    given: (g) => {
      settings(g, T);
      settings(g, repo(g, "a"), writes);
    },
    finds: [],
    examined: 1,
  },
  {
    name: "repositories without Actions and archived ones are left out",
    given: (g) => {
      settings(g, T, writes);
      settings(g, repo(g, "a"), { ...writes, enabled: known(false) });
      settings(g, repo(g, "b", { archived: true }), writes);
    },
    finds: [],
    examined: 0,
  },
  {
    name: "a setting that was not shown or not read is undecided",
    given: (g) => {
      settings(g, T, writes);
      settings(g, repo(g, "a"), { defaultPermissions: unknown("not shown") });
      control(g, "actions-settings", repo(g, "b"), "?", null);
    },
    finds: [],
    undecided: 2,
  },
]);
