import { openRunnerGroup } from "../../../src/analyse/rules/open-runner-group.ts";
import { repo, T, thing } from "../given-github.ts";
import { checkRule, type Given } from "../given.ts";

/** A group with one runner. */
function group(g: Given, number: number, attributes: object): string {
  thing(g, "runner", `${T}:runner-${number}`, { groupId: number, ephemeral: true });
  return thing(g, "runner-group", `${T}:runner-group-${number}`, { allowsPublicRepositories: false, ...attributes });
}

/** Opens a group to a repository. */
function select(g: Given, repository: string, id: string): void {
  g.entitlement({ id: `${id}#use`, system: "github", tenantId: T, kind: "use", displayName: "use", targetId: id });
  g.grant("selection", repository, `${id}#use`);
}

checkRule(openRunnerGroup, [
  {
    name: "a group that every public repository uses is found",
    given: (g) => void group(g, 1, { visibility: "all", allowsPublicRepositories: true }),
    finds: ["runner-group-1"],
    says: "public repositories",
  },
  {
    name: "a group that every repository uses is found",
    given: (g) => void group(g, 1, { visibility: "all" }),
    finds: ["runner-group-1"],
    says: "every repository",
  },
  {
    name: "a public repository among those selected is found",
    given: (g) =>
      select(
        g,
        repo(g, "a", { visibility: "public" }),
        group(g, 1, { visibility: "selected", allowsPublicRepositories: true }),
      ),
    finds: ["runner-group-1"],
    says: "public repositories",
  },
  {
    name: "selected private repositories, and workflows that are listed, are fine",
    given: (g) => {
      select(g, repo(g, "a"), group(g, 1, { visibility: "selected", allowsPublicRepositories: true }));
      group(g, 2, { visibility: "all", restrictedToWorkflows: true });
    },
    finds: [],
    examined: 2,
  },
  {
    name: "the group that every organization has opens nothing while no runner is in it",
    given: (g) => {
      thing(g, "runner-group", `${T}:runner-group-1`, { visibility: "all", allowsPublicRepositories: true });
      group(g, 2, { visibility: "selected" });
    },
    finds: [],
    examined: 1,
  },
  {
    name: "an open group of the enterprise may hold runners that the organization does not list",
    given: (g) => {
      const attributes = { inherited: true, visibility: "all", allowsPublicRepositories: true };
      thing(g, "runner-group", `${T}:runner-group-1`, attributes);
      thing(g, "runner-group", `${T}:runner-group-2`, { ...attributes, visibility: "selected" });
    },
    finds: [],
    undecided: 1,
    reason: "runners of the enterprise, which may be in it, are not read",
    examined: 2,
  },
  {
    name: "a runner of an unknown group may be in any",
    given: (g) => {
      thing(g, "runner-group", `${T}:runner-group-1`, { visibility: "all", allowsPublicRepositories: true });
      thing(g, "runner", `${T}:runner-1`, { groupId: null });
    },
    finds: ["runner-group-1"],
  },
  {
    name: "where not all runners were read one may be in the group",
    given: (g) => {
      thing(g, "runner-group", `${T}:runner-group-1`, { visibility: "all", allowsPublicRepositories: false });
      g.cannotRead("runner", "partial");
    },
    finds: ["runner-group-1"],
  },
  {
    name: "a group of which GitHub did not show for whom it is, is undecided",
    given: (g) => {
      group(g, 1, { visibility: null });
      group(g, 2, { visibility: "all", allowsPublicRepositories: null });
    },
    finds: [],
    undecided: 2,
  },
]);
