import type { Entitlement } from "../../model/entitlement.ts";
import type { GitHubRole } from "../../model/github-role.ts";
import { known, unknown, type Observed } from "../../model/observed.ts";
import type { AccessGraph } from "../access-graph.ts";
import { controlDocuments, documentOf } from "./control-documents.ts";
import { builtInRole, type RepositoryRole } from "./repository-role.ts";
import { gapOf } from "./unread-kinds.ts";

/** What a role gives on a repository. */
export interface GrantedRole {
  /** What it gives for certain: a custom role by its base, and reading where that was not read. */
  readonly role: RepositoryRole;
  /** Name of the custom repository role or of the organization role; null for GitHub's own repository roles. */
  readonly named: string | null;
  /** Fine-grained permissions beyond the base. */
  readonly permissions: Observed<readonly string[]>;
  /** Why it may give more than `role` says; null when that is all. */
  readonly unread: string | null;
}

/** Reads roles off entitlements. */
export interface GrantedRoles {
  /** Of an entitlement of the kind `repository-role`: its id ends with the role's name. */
  onRepository(entitlement: Entitlement): GrantedRole;
  /** Of an entitlement of the kind `organization-role` that stands for a role somebody is assigned. */
  everywhere(entitlement: Entitlement): GrantedRole;
}

/** Resolves custom repository roles and organization roles of the graph, remembered by entitlement. */
export function grantedRoles(graph: AccessGraph): GrantedRoles {
  const documents = controlDocuments(graph);
  const remembered = new Map<string, GrantedRole>();
  const remember = (id: string, make: () => GrantedRole): GrantedRole => {
    let role = remembered.get(id);
    if (role === undefined) remembered.set(id, (role = make()));
    return role;
  };
  const custom = (tenantId: string, name: string): GrantedRole => {
    const policy = documents
      .of(tenantId, "repository-role")
      .find((one) => one.name.toLowerCase() === name.toLowerCase());
    const gap = gapOf(graph, tenantId, "custom-repository-role");
    const none = unknown(gap ?? `the organization has no custom role of that name`);
    // Every custom role reads at least: that is the lowest base there is.
    return described(name, "read", `what the repository role \`${name}\` gives`, policy && documentOf(policy), none);
  };
  return {
    onRepository: (entitlement) =>
      remember(entitlement.id, () => {
        const name = entitlement.id.slice(entitlement.id.indexOf(MARK) + MARK.length);
        const role = builtInRole(name);
        if (role === undefined) return custom(entitlement.tenantId, name);
        return { role, named: null, permissions: known([]), unread: null };
      }),
    everywhere: (entitlement) =>
      remember(entitlement.id, () => {
        const policy = graph.policy(entitlement.targetId);
        const name = policy?.name ?? entitlement.displayName;
        const gap = gapOf(graph, entitlement.tenantId, "organization-role");
        const what = `what the organization role \`${name}\` gives`;
        return described(name, "none", what, policy && documentOf(policy), unknown(gap ?? "its document was not read"));
      }),
  };
}

const MARK = "#repository-role/";

function described(
  named: string,
  least: RepositoryRole,
  what: string,
  document: Observed<GitHubRole> | undefined,
  none: Observed<GitHubRole>,
): GrantedRole {
  const read = document ?? none;
  if (!read.known) {
    const why = `${what} was not read: ${read.why}`;
    return { role: least, named, permissions: unknown(why), unread: why };
  }
  const { base, permissions } = read.value;
  const role = base === null ? "none" : builtInRole(base);
  if (role !== undefined) return { role, named, permissions, unread: null };
  return { role: least, named, permissions, unread: `${what}: its base \`${base}\` is none that we know` };
}
