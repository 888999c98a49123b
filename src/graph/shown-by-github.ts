import type { RecordKind } from "../model/coverage.ts";
import type { Entitlement } from "../model/entitlement.ts";
import type { Grant } from "../model/grant.ts";
import type { GitHubPolicyKind, Policy } from "../model/policy.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";

type Kinds = readonly RecordKind[];

/** Lists by the provider's own type of principal. */
const PRINCIPALS: Readonly<Record<string, RecordKind>> = {
  "organization-member": "member",
  "outside-collaborator": "outside-collaborator",
  collaborator: "collaborator",
  "enterprise-member": "enterprise-role",
  invited: "invitation",
  "invited-collaborator": "repository-invitation",
  team: "team",
  "enterprise-team": "enterprise-team",
  "app-installation": "app-installation",
};

/** Nothing but the name of a team says whose it is: what both lists show is missing where either is. */
const TEAMS: Kinds = ["team", "enterprise-team"];

/** The kinds whose lists show a principal of GitHub. */
export const principalShownBy = ({ nativeType }: Principal): Kinds => [PRINCIPALS[nativeType] ?? "member"];

/** The kinds whose lists show what can be held on GitHub. */
export function entitlementShownBy({ kind, id, tenantId, targetId }: Entitlement): Kinds {
  switch (kind) {
    case "membership":
      return TEAMS;
    case "installation":
      return ["app-installation"];
    case "organization-role":
      // Owner and member are everybody's; the others are roles that the organization lists.
      return [targetId === tenantId ? "member" : "organization-role"];
    case "seat":
      return ["copilot-seat"];
    case "use":
      return useShownBy(id, tenantId, null);
    default:
      return ["repository"];
  }
}

/** The kinds whose lists show who holds it on GitHub. */
export function grantShownBy({ kind, tenantId, principalId, entitlementId, governedElsewhere }: Grant): Kinds {
  switch (kind) {
    case "membership":
      // Whose teams the enterprise has, it fills itself.
      return governedElsewhere ? TEAMS : ["team"];
    case "team-grant":
      return TEAMS;
    case "collaboration":
      return ["repository", "collaborator"];
    case "key":
      return ["repository", "deploy-key"];
    case "installation":
      return ["app-installation"];
    case "invitation":
      return entitlementId.includes("#repository-role/") ? ["repository", "repository-invitation"] : ["invitation"];
    case "organization-role":
      return ["organization-role"];
    case "seat":
      return ["copilot-seat"];
    case "selection":
      return useShownBy(entitlementId, tenantId, principalId);
    default:
      return ["member"];
  }
}

/** The kinds whose lists show a resource of GitHub. */
export function resourceShownBy({ kind, id, tenantId }: Resource): Kinds {
  switch (kind) {
    case "organization":
      return ["organization"];
    case "secret":
    case "variable":
      return namedValue(id, tenantId, kind);
    case "runner":
    case "runner-group":
      return ["runner"];
    case "webhook":
      return id.startsWith(`${tenantId}:hook-`) ? ["webhook"] : ["repository", "webhook"];
    case "ip-allow-list-entry":
      return ["ip-allow-list"];
    default:
      return ["repository"];
  }
}

/** The kinds whose lists show a control of GitHub; one of a repository goes with the list of repositories. */
export function controlShownBy({ kind, holderId, tenantId }: Policy): Kinds {
  const own: RecordKind =
    kind === "repository-role" ? "custom-repository-role" : (kind as Exclude<GitHubPolicyKind, "repository-role">);
  return holderId === null || holderId === tenantId ? [own] : ["repository", own];
}

/** `R#selection` is what an app or a token was opened to, `<secret, variable or group of runners>#use` who may use it. */
function useShownBy(entitlementId: string, tenantId: string, holderId: string | null): Kinds {
  const target = entitlementId.slice(0, entitlementId.lastIndexOf("#"));
  if (entitlementId.endsWith("#use")) {
    if (target.startsWith(`${tenantId}:runner-group-`)) return ["runner"];
    return namedValue(target, tenantId, target.includes("/variable/") ? "variable" : "secret");
  }
  if (holderId === null)
    return ["fine-grained-token", "token-repository", "app-installation", "installation-repository"];
  return holderId.startsWith(`${tenantId}:installation-`)
    ? ["app-installation", "installation-repository"]
    : ["fine-grained-token", "token-repository"];
}

/** A secret or variable: of the organization, of a repository, or of an environment in one. */
function namedValue(id: string, tenantId: string, kind: "secret" | "variable"): Kinds {
  if (id.startsWith(`${tenantId}/`)) return [kind];
  return id.includes("/environment/") ? ["repository", "environment", kind] : ["repository", kind];
}
