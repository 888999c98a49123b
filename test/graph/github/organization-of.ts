import { buildGraph } from "../../../src/graph/build-graph.ts";
import type { AccessGraph } from "../../../src/graph/access-graph.ts";
import type { Coverage, CoverageState, RecordKind } from "../../../src/model/coverage.ts";
import type { Credential } from "../../../src/model/credential.ts";
import type { Entitlement } from "../../../src/model/entitlement.ts";
import type { GitHubRole } from "../../../src/model/github-role.ts";
import type { Grant, GrantKind } from "../../../src/model/grant.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { GitHubPolicyKind } from "../../../src/model/policy.ts";
import type { Attributes } from "../../../src/model/tenant.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import { canonicalJson } from "../../../src/text/canonical-json.ts";
import { derivedId, grantId } from "../../../src/text/stable-id.ts";

/** The organization's model id. */
export const T = "github:O_1";

const KINDS: readonly RecordKind[] = [
  "member",
  "outside-collaborator",
  "team",
  "repository",
  "collaborator",
  "deploy-key",
  "app-installation",
  "installation-repository",
  "token-repository",
  "fine-grained-token",
  "enterprise-team",
  "enterprise-role",
  "organization-role",
  "custom-repository-role",
  "branch-protection",
  "ruleset",
  "environment",
  "workflow",
  "code-owners",
  "subject-template",
  "actions-settings",
];

/** Builds the snapshot of one organization in the words of a test. Everything was read unless `cannotRead` says otherwise. */
export class Organization {
  readonly records = emptyRecords();
  readonly #coverage = new Map<RecordKind, Coverage>();

  /** @param base the base permission; null where it was not shown. */
  constructor(base: string | null = "none", attributes: Attributes = {}) {
    this.records.tenants.push({
      id: T,
      system: "github",
      nativeId: "O_1",
      name: "sample",
      managementTenantId: null,
      attributes: { defaultRepositoryPermission: base, databaseId: 12, enterpriseId: null, ...attributes },
    });
    for (const kind of KINDS) this.#cover(kind, "complete", null);
  }

  #cover(kind: RecordKind, state: CoverageState, reason: string | null): void {
    this.#coverage.set(kind, { tenantId: T, kind, step: "given", state, reason, items: 0 });
  }
  cannotRead(kind: RecordKind, state: CoverageState = "denied", reason: string | null = "refused"): this {
    this.#cover(kind, state, reason);
    return this;
  }

  #principal(kind: "user" | "team" | "app", nativeType: string, name: string, attributes: Attributes = {}): string {
    const id = `${T}:${name}`;
    this.records.principals.push({
      id,
      system: "github",
      tenantId: T,
      kind,
      nativeType,
      nativeId: name,
      locator: name,
      displayName: name,
      email: unknown("not given"),
      createdAt: unknown("not given"),
      lastUsedAt: unknown("not given"),
      secondFactor: known(null),
      tags: known({}),
      attributes,
    });
    return id;
  }
  member = (name: string, role: "owner" | "member" = "member", attributes: Attributes = {}): string => {
    const id = this.#principal("user", "organization-member", name, attributes);
    this.role(id, role);
    return id;
  };
  role(id: string, role: "owner" | "member"): string {
    return this.grant("role", id, {
      id: `${T}#organization-role/${role}`,
      kind: "organization-role",
      targetId: T,
      resourceId: T,
    });
  }
  outsider = (name: string): string => this.#principal("user", "outside-collaborator", name);
  mentioned = (name: string): string => this.#principal("user", "collaborator", name);
  team(name: string, parent: string | null = null, nativeType = "team"): string {
    const id = this.#principal("team", nativeType, name);
    if (parent !== null)
      this.records.relations.push({
        id: derivedId("relation", ["parent-of", parent, id]),
        kind: "parent-of",
        fromId: parent,
        toId: id,
        attributes: {},
      });
    return id;
  }
  app = (name: string, attributes: Attributes): string => this.#principal("app", "app-installation", name, attributes);
  join(principalId: string, team: string): string {
    return this.grant("membership", principalId, { id: `${team}#membership`, kind: "membership", targetId: team });
  }
  repository(name: string, attributes: Attributes = {}): string {
    const id = `${T}:R_${name}`;
    this.records.resources.push({
      id,
      system: "github",
      tenantId: T,
      kind: "repository",
      nativeId: `R_${name}`,
      locator: `sample/${name}`,
      displayName: `sample/${name}`,
      attributes: { visibility: "private", archived: false, defaultBranch: "main", databaseId: null, ...attributes },
    });
    return id;
  }
  /** Gives somebody or a team a role on a repository, by its name. */
  on(repository: string, holder: string, role: string): string {
    const kind = this.records.principals.some((one) => one.id === holder && one.kind === "team")
      ? "team-grant"
      : "collaboration";
    return this.grant(kind, holder, {
      id: `${repository}#repository-role/${role}`,
      kind: "repository-role",
      targetId: repository,
      resourceId: repository,
    });
  }
  /** Opens a repository to an app or token. */
  select(holder: string, repository: string): string {
    const id = `${repository}#selection`;
    return this.grant("selection", holder, { id, kind: "use", targetId: repository, resourceId: repository });
  }
  /** An organization role of that name, assigned to somebody or a team; `null` where its document was not read. */
  assign(holder: string, name: string, role: Partial<GitHubRole> | null): string {
    const id = `${T}/organization-role/${name}`;
    if (!this.records.policies.some((policy) => policy.id === id)) this.#role("organization-role", name, role);
    return this.grant("organization-role", holder, {
      id: `${id}#role`,
      kind: "organization-role",
      targetId: id,
      resourceId: T,
    });
  }
  customRole(name: string, role: Partial<GitHubRole> | null): void {
    this.#role("repository-role", name, role);
  }
  #role(kind: "repository-role" | "organization-role", name: string, role: Partial<GitHubRole> | null): void {
    const whole: GitHubRole = { name, source: "organization", base: null, permissions: known([]), ...role };
    this.control(kind, `${T}/${kind}/${name}`, T, role === null ? null : whole, name);
  }
  /** A control, as the connector writes it; `null` where its document was not read. */
  control(kind: GitHubPolicyKind, id: string, holderId: string, document: object | null, name = id): void {
    this.records.policies.push({
      id,
      system: "github",
      tenantId: T,
      kind,
      name,
      locator: id,
      holderId,
      document: document === null ? unknown(`\`${name}\` was refused`) : known(canonicalJson(document)),
      documentHash: "",
      versionId: null,
      updatedAt: unknown("not given"),
    });
  }
  credential(kind: Credential["kind"], name: string, holderId: string, more: Partial<Credential> = {}): string {
    const id = `${T}:${name}`;
    this.records.credentials.push({
      id,
      system: "github",
      tenantId: T,
      kind,
      holderId,
      nativeId: name,
      displayHint: name,
      status: known("active"),
      createdAt: unknown("not given"),
      lastUsedAt: unknown("not given"),
      lastUsedWhere: null,
      expiresAt: known("never"),
      attributes: {},
      ...more,
    });
    return id;
  }
  grant(
    kind: GrantKind,
    principalId: string,
    entitlement: Pick<Entitlement, "id" | "kind" | "targetId"> & Partial<Entitlement>,
  ): string {
    if (!this.records.entitlements.some(({ id }) => id === entitlement.id))
      this.records.entitlements.push({
        system: "github",
        tenantId: T,
        displayName: entitlement.id,
        resourceId: null,
        level: null,
        ...entitlement,
      });
    const id = grantId(kind, principalId, entitlement.id);
    const grant: Grant = {
      id,
      system: "github",
      tenantId: T,
      kind,
      principalId,
      entitlementId: entitlement.id,
      via: [],
      grantedAt: unknown("not given"),
      grantedBy: unknown("not given"),
      expiresAt: known("never"),
      lastUsedAt: unknown("not given"),
      governedElsewhere: false,
    };
    if (!this.records.grants.some((one) => one.id === id)) this.records.grants.push(grant);
    return id;
  }

  /** The graph, without the grants named. */
  graph(without: readonly string[] = []): AccessGraph {
    return buildGraph({
      ...this.records,
      grants: this.records.grants.filter(({ id }) => !without.includes(id)),
      coverage: [...this.#coverage.values()],
      asOf: "2026-11-20T08:00:00Z",
      asOfSource: "flag",
    });
  }
}

/** The end of a model id: what a test called it. */
export const nameOf = (id: string): string => id.slice(id.lastIndexOf(":") + 1).replace(/^R_/, "");
