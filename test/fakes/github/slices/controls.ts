import type { RawRuleset } from "../../../../connectors/github/raw-controls.ts";
import type { BadDays } from "../bad-days.ts";
import type { GitHubState } from "../github-state.ts";
import { repositoryNamed } from "../repository-index.ts";
import type { Answer, RestRequest } from "../rest-routes.ts";
import { organizationControls, repositoryControls } from "./controls-graph.ts";
import { controlsOf, plainActions, startControls, type ControlsState } from "./controls-state.ts";
import type { FakeSlice } from "./slice.ts";

const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
const NOT_FOUND: Answer = { status: 404, body: { message: "Not Found", documentation_url: "", status: "404" } };
const found = (body: unknown): Answer => ({ status: 200, body });

/** Rulesets, environments, Actions settings and OIDC subjects by REST; branch rules, files and the IP allow list by GraphQL. */
export const controls: FakeSlice = {
  name: "controls",
  start: startControls,
  rest(state, bad, request) {
    const [top, owner = "", repo = ""] = request.parts;
    if (request.method !== "GET") return undefined;
    if (top === "orgs" && same(owner, state.organization.login)) return ofOrganization(controlsOf(state), bad, request);
    return top === "repos" ? ofRepository(state, bad, `${owner}/${repo}`, request) : undefined;
  },
  repositoryFields: repositoryControls,
  organizationFields: organizationControls,
};

function ofOrganization(controls: ControlsState, bad: BadDays, { parts }: RestRequest): Answer | undefined {
  const rest = parts.slice(2).join("/");
  const { permissions, workflow, forks } = controls.organizationActions;
  if (rest.startsWith("rulesets")) return ruleset(controls.organizationRulesets, bad, parts[3]);
  if (rest === "actions/permissions") return found(permissions);
  if (rest === "actions/permissions/workflow") return found(workflow);
  if (rest === "actions/permissions/fork-pr-workflows-private-repos") return found(forks);
  return rest === "actions/oidc/customization/sub" ? found(controls.organizationSubject) : undefined;
}

function ofRepository(state: GitHubState, bad: BadDays, asked: string, request: RestRequest): Answer | undefined {
  const controls = controlsOf(state);
  const repository = repositoryNamed(state, asked);
  const [what, environment = "", list] = request.parts.slice(3);
  if (what !== "rulesets" && what !== "environments" && what !== "actions") return undefined;
  if (what === "environments" && list !== undefined && !list.startsWith("deployment")) return undefined;
  if (repository === undefined || same(bad.goneRepository, repository.nameWithOwner)) return NOT_FOUND;
  const name = repository.nameWithOwner;
  if (what === "rulesets") return ruleset(controls.rulesets[name] ?? [], bad, request.parts[4]);
  if (what === "environments") {
    const own = controls.environments[name] ?? [];
    if (environment === "") return rows(own, "environments");
    if (!own.some((one) => one.name === environment)) return NOT_FOUND;
    if (list === "deployment-branch-policies")
      return rows(controls.branchPolicies[`${name} ${environment}`] ?? [], "branch_policies");
    const gates = controls.gates[`${name} ${environment}`] ?? [];
    return list === undefined
      ? undefined
      : found({ total_count: gates.length, custom_deployment_protection_rules: gates });
  }
  const actions = controls.actions[name] ?? plainActions();
  switch (request.parts.slice(4).join("/")) {
    case "permissions/workflow":
      return found(actions.workflow);
    case "permissions/access":
      return found({ access_level: actions.access });
    case "permissions/fork-pr-workflows-private-repos":
      return found(actions.forks);
    case "oidc/customization/sub":
      return found(controls.subjects[name] ?? { use_default: true, sub_claim_prefix: `repo:${name}` });
    default:
      return undefined;
  }
}

const rows = (list: readonly unknown[], member: string): Answer => ({
  status: 200,
  rows: list,
  wrap: (page) => ({ total_count: list.length, [member]: page }),
});

/** Lists tell neither rules nor bypass, and bypass is for those who may change the ruleset. */
function ruleset(list: readonly RawRuleset[], bad: BadDays, id: string | undefined): Answer {
  if (id === undefined)
    return {
      status: 200,
      rows: list.map(({ rules: _, conditions: _conditions, bypass_actors: _actors, ...shown }) => shown),
    };
  const one = list.find((own) => String(own.id) === id);
  if (one === undefined) return NOT_FOUND;
  const { bypass_actors: actors, ...shown } = one;
  return found(bad.notOwner === true || actors === undefined ? shown : { ...shown, bypass_actors: actors });
}
