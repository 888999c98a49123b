import { workflowChangesUnguarded } from "../../../src/analyse/rules/workflow-changes-unguarded.ts";
import { BY_PROPERTY, control, owners, repo, review, ruleset, T, workflow } from "../given-github.ts";
import { checkRule, type Given } from "../given.ts";

/** A repository with a workflow that mints tokens. */
function minting(g: Given, name: string): string {
  const id = repo(g, name);
  workflow(g, id);
  return id;
}

const everyWorkflow = { kind: "file-paths", paths: [".github/workflows/*"] } as const;

checkRule(workflowChangesUnguarded, [
  {
    name: "a repository that mints tokens and guards no workflow file is found",
    given: (g) => void minting(g, "a"),
    finds: ["sample/a"],
    says: "`.github/workflows/deploy.yml` asks for tokens",
  },
  {
    name: "owners of one file do not guard a new one",
    given: (g) => {
      const a = minting(g, "a");
      owners(g, a, { "/.github/workflows/deploy.yml": ["@sample/ops"] });
      ruleset(g, a, [review({ codeOwners: true })]);
    },
    finds: ["sample/a"],
  },
  {
    name: "owners whose review is not required guard nothing",
    given: (g) => {
      const a = minting(g, "a");
      owners(g, a, { "/.github/": ["@sample/ops"] });
      ruleset(g, a, [review()]);
    },
    finds: ["sample/a"],
  },
  {
    name: "a push ruleset about other paths guards nothing",
    given: (g) => {
      minting(g, "a");
      ruleset(g, T, [{ kind: "file-paths", paths: [".github/workflows/*.yml"] }], {
        target: "push",
        include: ["~ALL"],
      });
    },
    finds: ["sample/a"],
  },
  {
    name: "required owners of the folder, or a push ruleset about it, guard it",
    given: (g) => {
      const a = minting(g, "a");
      owners(g, a, { "*": ["@sample/web"], "/.github/": ["@sample/ops"] });
      ruleset(g, a, [review({ codeOwners: true })]);
      ruleset(g, minting(g, "b"), [everyWorkflow], { target: "push", include: ["~ALL"] });
    },
    finds: [],
    examined: 2,
  },
  {
    name: "workflows without tokens, disabled ones and archived repositories are fine",
    given: (g) => {
      workflow(g, repo(g, "a"), { mintsToken: false });
      workflow(g, repo(g, "b"), {}, { enabled: false });
      workflow(g, repo(g, "c", { archived: true }));
      repo(g, "d");
    },
    finds: [],
    examined: 3,
  },
  {
    name: "a workflow that was not read or does not parse is undecided",
    given: (g) => {
      control(g, "workflow", repo(g, "a"), "?", null);
      workflow(g, repo(g, "b"), {}, { jobs: [], unreadable: "line 3" });
    },
    finds: [],
    undecided: 2,
  },
  {
    name: "owners that were not read, and rulesets that may hold, are undecided",
    given: (g) => {
      const a = minting(g, "a");
      control(g, "code-owners", a, "?", null);
      ruleset(g, a, [review({ codeOwners: true })]);
      minting(g, "b");
      ruleset(g, T, [everyWorkflow], { ...BY_PROPERTY, target: "push", include: ["~ALL"] });
    },
    finds: [],
    undecided: 2,
  },
]);
