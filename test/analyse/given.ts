import { describe, expect, test } from "vitest";
import { escalationsOf } from "../../src/analyse/escalations.ts";
import type { Rule } from "../../src/analyse/rule.ts";
import { buildGraph } from "../../src/graph/build-graph.ts";
import type { AccessGraph } from "../../src/graph/access-graph.ts";
import type { CoverageState, RecordKind } from "../../src/model/coverage.ts";
import type { Credential } from "../../src/model/credential.ts";
import type { AccessLevel, Entitlement } from "../../src/model/entitlement.ts";
import type { Suggestion } from "../../src/model/finding.ts";
import type { Grant, GrantKind } from "../../src/model/grant.ts";
import type { Identity } from "../../src/model/identity.ts";
import { addDays } from "../../src/model/instant.ts";
import { known, unknown } from "../../src/model/observed.ts";
import type { Policy } from "../../src/model/policy.ts";
import type { Principal } from "../../src/model/principal.ts";
import { emptyRecords, type Snapshot } from "../../src/model/snapshot.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "../../src/model/thresholds.ts";
import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import { derivedId, grantId } from "../../src/text/stable-id.ts";

/** The actions AWS documents, as every rule test sees them. */
export const ACTION_TABLE = await loadActionTable();

/** The moment all rule tests are judged at. */
export const NOW = "2026-11-20T08:00:00Z";
/** The instant that many days before. */
export const daysAgo = (days: number): string => addDays(NOW, -days);

const AWS = "aws:111122223333";
const GITHUB = "github:O_1";
const ALL_AWS: readonly RecordKind[] = [
  "principal",
  "policy",
  "access-key",
  "access-key-last-used",
  "console-password",
  "second-factor",
  "root",
  "password-policy",
  "service-last-accessed",
  "role-last-used",
  "organization",
  "identity-provider",
  "resource-policy",
  "running-as",
];
const ALL_GITHUB: readonly RecordKind[] = [
  "member",
  "second-factor",
  "insecure-second-factor",
  "outside-collaborator",
  "team",
  "repository",
  "collaborator",
  "deploy-key",
  "app-installation",
  "invitation",
  "fine-grained-token",
  "activity",
  "organization",
  "branch-protection",
  "ruleset",
  "environment",
  "workflow",
  "code-owners",
  "actions-settings",
  "secret",
  "runner",
  "webhook",
  "ip-allow-list",
  "single-sign-on-authorization",
  "single-sign-on-identity",
  "copilot-seat",
  "enterprise-team",
  "organization-role",
  "custom-repository-role",
  "installation-repository",
  "token-repository",
  "enterprise-role",
  "subject-template",
  "former-name",
];
const ALL_ROSTER: readonly RecordKind[] = ["roster", "identity-map", "owner", "approval"];

/** An Allow (or other) statement as a document. */
export const document = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
/** Allows the actions on everything, unless told otherwise. */
export const allow = (actions: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action: actions,
  Resource: "*",
  ...more,
});
/** Denies the actions on everything, unless told otherwise. */
export const deny = (actions: string | string[], more: object = {}) => ({
  Effect: "Deny",
  Action: actions,
  Resource: "*",
  ...more,
});

/** Builds a small snapshot in the words of a test. Everything is readable unless `cannotRead` says otherwise. */
export class Given {
  readonly records = emptyRecords();
  readonly #coverage = new Map<string, { state: CoverageState; reason: string | null }>();

  constructor() {
    this.records.tenants.push(
      {
        id: AWS,
        system: "aws",
        nativeId: "111122223333",
        name: "sample-production",
        managementTenantId: null,
        attributes: {},
      },
      { id: GITHUB, system: "github", nativeId: "O_1", name: "sample", managementTenantId: null, attributes: {} },
      {
        id: "roster:local",
        system: "roster",
        nativeId: "local",
        name: "roster",
        managementTenantId: null,
        attributes: {},
      },
    );
    for (const kind of ALL_AWS) this.#coverage.set(`${AWS}|${kind}`, { state: "complete", reason: null });
    for (const kind of ALL_GITHUB) this.#coverage.set(`${GITHUB}|${kind}`, { state: "complete", reason: null });
    for (const kind of ALL_ROSTER) this.#coverage.set(`roster:local|${kind}`, { state: "complete", reason: null });
  }

  cannotRead(kind: RecordKind, state: CoverageState = "denied", reason = "refused"): this {
    for (const tenant of [AWS, GITHUB, "roster:local"])
      if (this.#coverage.has(`${tenant}|${kind}`)) this.#coverage.set(`${tenant}|${kind}`, { state, reason });
    return this;
  }

  #principal(
    system: "aws" | "github",
    kind: Principal["kind"],
    nativeType: string,
    name: string,
    more: Partial<Principal>,
  ): Principal {
    const tenantId = system === "aws" ? AWS : GITHUB;
    const principal: Principal = {
      id: `${tenantId}:${name}`,
      system,
      tenantId,
      kind,
      nativeType,
      nativeId: name,
      locator: system === "aws" ? `arn:aws:iam::111122223333:${kind}/${name}` : name,
      displayName: name,
      email: unknown("not given"),
      createdAt: known(daysAgo(500)),
      lastUsedAt: unknown("not given"),
      secondFactor: known(null),
      tags: known({}),
      attributes: {},
      ...more,
    };
    this.records.principals.push(principal);
    return principal;
  }

  user = (name: string, more: Partial<Principal> = {}): Principal =>
    this.#principal("aws", "user", "iam-user", name, { secondFactor: known(true), ...more });
  group(name: string): Principal {
    const group = this.#principal("aws", "group", "iam-group", name, {});
    this.entitlement({
      id: `${group.id}#membership`,
      kind: "membership",
      displayName: `group ${name}`,
      targetId: group.id,
    });
    return group;
  }
  root = (more: Partial<Principal> = {}): Principal =>
    this.#principal("aws", "root", "root", "root", { lastUsedAt: known("never"), secondFactor: known(true), ...more });
  /** A role that an AWS service may assume, unless a trust policy is given. */
  role(
    name: string,
    more: Partial<Principal> = {},
    trust: object = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ): Principal {
    const role = this.#principal("aws", "role", "iam-role", name, { lastUsedAt: known(daysAgo(1)), ...more });
    this.policy(`${role.id}/trust`, document(trust), { kind: "trust", holderId: role.id });
    this.entitlement({
      id: `${role.id}#assume`,
      kind: "assume",
      displayName: `assume role ${name}`,
      targetId: role.id,
    });
    return role;
  }
  /** Lets the tokens of an identity provider, by its ARN, in to a role. */
  federated(role: Principal, provider: string): void {
    const party = this.#principal("aws", "federated", "oidc-provider", provider, { nativeId: provider });
    this.grant("trust", party.id, `${role.id}#assume`);
  }
  /** A tenant outside (12 digits) that some role trusts as a whole. */
  foreignTenant = (digits: string): Principal =>
    this.#principal("aws", "external", "tenant", `tenant ${digits}`, {
      id: `external:aws:${digits}`,
      nativeId: `arn:aws:iam::${digits}:root`,
      locator: `arn:aws:iam::${digits}:root`,
    });
  /** An AWS service, `lambda` for `lambda.amazonaws.com`. */
  service = (name: string): Principal =>
    this.#principal("aws", "service", "aws-service", `${name}.amazonaws.com`, {
      id: `aws-service:${name}.amazonaws.com`,
      nativeId: `${name}.amazonaws.com`,
    });
  member = (name: string, more: Partial<Principal> = {}): Principal =>
    this.#principal("github", "user", "organization-member", name, {
      secondFactor: known(true),
      lastUsedAt: known(daysAgo(1)),
      ...more,
    });
  outsider = (name: string, more: Partial<Principal> = {}): Principal =>
    this.#principal("github", "user", "outside-collaborator", name, {
      secondFactor: known(true),
      lastUsedAt: known(daysAgo(1)),
      ...more,
    });
  app(name: string, attributes: Principal["attributes"]): Principal {
    return this.#principal("github", "app", "app-installation", name, { attributes });
  }
  invited = (name: string): Principal => this.#principal("github", "user", "invited", name, {});

  /** A credential of a principal or a repository: active, made 10 days ago, used yesterday. */
  credential(
    kind: Credential["kind"],
    name: string,
    holderId: string | null,
    more: Partial<Credential> = {},
  ): Credential {
    const system = holderId?.startsWith("github") === true ? "github" : "aws";
    const credential: Credential = {
      id: `${system === "aws" ? AWS : GITHUB}:${name}`,
      system,
      tenantId: system === "aws" ? AWS : GITHUB,
      kind,
      holderId,
      nativeId: name,
      displayHint: name,
      status: known("active"),
      createdAt: known(daysAgo(10)),
      lastUsedAt: known(daysAgo(1)),
      lastUsedWhere: null,
      expiresAt: known("never"),
      attributes: {},
      ...more,
    };
    this.records.credentials.push(credential);
    return credential;
  }

  policy(id: string, text: string | null, more: Partial<Policy> = {}): Policy {
    const policy: Policy = {
      id,
      system: "aws",
      tenantId: AWS,
      kind: "customer-managed",
      name: id.slice(id.lastIndexOf(":") + 1),
      locator: id,
      holderId: null,
      document: text === null ? unknown("the policy was not read") : known(text),
      documentHash: "",
      versionId: null,
      updatedAt: unknown("not given"),
      ...more,
    };
    this.records.policies.push(policy);
    return policy;
  }

  entitlement(
    fields: Pick<Entitlement, "id" | "kind" | "displayName" | "targetId"> & Partial<Entitlement>,
  ): Entitlement {
    const entitlement: Entitlement = { system: "aws", tenantId: AWS, resourceId: null, level: null, ...fields };
    if (!this.records.entitlements.some(({ id }) => id === entitlement.id)) this.records.entitlements.push(entitlement);
    return entitlement;
  }

  grant(kind: GrantKind, holderId: string, entitlementId: string, more: Partial<Grant> = {}): Grant {
    const github = holderId.startsWith("github");
    const grant: Grant = {
      id: grantId(kind, holderId, entitlementId),
      system: github ? "github" : "aws",
      tenantId: github ? GITHUB : AWS,
      kind,
      principalId: holderId,
      entitlementId,
      via: [],
      grantedAt: unknown("not given"),
      grantedBy: unknown("not given"),
      expiresAt: known("never"),
      lastUsedAt: unknown("not given"),
      governedElsewhere: false,
      ...more,
    };
    this.records.grants.push(grant);
    return grant;
  }

  /** Attaches a managed policy with that text. */
  attach(holder: Principal, name: string, text: string | null): Grant {
    const id = `${AWS}:${name}`;
    if (!this.records.policies.some((policy) => policy.id === id)) this.policy(id, text, { name });
    this.entitlement({ id: `${id}#policy`, kind: "policy", displayName: `policy ${name}`, targetId: id });
    return this.grant("attachment", holder.id, `${id}#policy`);
  }

  inline(holder: Principal, name: string, text: string | null): Grant {
    const id = `${holder.id}/inline/${name}`;
    this.policy(id, text, { kind: "inline", name, holderId: holder.id });
    this.entitlement({ id: `${id}#policy`, kind: "policy", displayName: `inline policy ${name}`, targetId: id });
    return this.grant("inline", holder.id, `${id}#policy`);
  }

  join(user: Principal, group: Principal): Grant {
    return this.grant("membership", user.id, `${group.id}#membership`);
  }

  /** The role trusts that principal id. */
  trusted(role: Principal, principalId: string): Grant {
    return this.grant("trust", principalId, `${role.id}#assume`);
  }

  bounded(principal: Principal, text: string | null): void {
    const id = `${AWS}:boundary-of-${principal.displayName}`;
    this.policy(id, text);
    this.records.relations.push({
      id: derivedId("relation", ["limited-by", principal.id, id]),
      kind: "limited-by",
      fromId: principal.id,
      toId: id,
      attributes: {},
    });
  }

  /** A resource of AWS by the end of its ARN, `sqs:eu-west-1:111122223333:orders`, with its policy (null: not read). */
  awsResource(
    rest: string,
    statements: readonly object[] | null | "none",
    attributes: Principal["attributes"] = {},
  ): string {
    const arn = `arn:aws:${rest}`;
    const id = `${AWS}:${arn}`;
    this.records.resources.push({
      id,
      system: "aws",
      tenantId: AWS,
      kind: "aws-resource",
      nativeId: arn,
      locator: arn,
      displayName: rest.split(":").slice(3).join(":"),
      attributes,
    });
    if (statements !== "none")
      this.policy(`${id}/policy`, statements === null ? null : document(...statements), {
        kind: "resource",
        holderId: id,
      });
    return id;
  }

  /** What is known of the tenant as a whole. */
  tenantIs(attributes: Principal["attributes"]): void {
    const at = this.records.tenants.findIndex(({ id }) => id === AWS);
    const tenant = this.records.tenants[at];
    if (tenant !== undefined) this.records.tenants[at] = { ...tenant, attributes };
  }

  repository(name: string, attributes = {}): string {
    const id = `${GITHUB}:R_${name}`;
    this.records.resources.push({
      id,
      system: "github",
      tenantId: GITHUB,
      kind: "repository",
      nativeId: `R_${name}`,
      locator: `sample/${name}`,
      displayName: `sample/${name}`,
      attributes,
    });
    return id;
  }

  onRepository(kind: GrantKind, holderId: string, repository: string, level: AccessLevel): Grant {
    const id = `${repository}#repository-role/${level}`;
    this.entitlement({
      id,
      system: "github",
      tenantId: GITHUB,
      kind: "repository-role",
      displayName: `${level} on ${repository.slice(repository.indexOf("R_") + 2)}`,
      targetId: repository,
      resourceId: repository,
      level,
    });
    return this.grant(kind, holderId, id);
  }

  organizationRole(
    holder: Principal,
    role: "owner" | "member",
    kind: GrantKind = "role",
    more: Partial<Grant> = {},
  ): Grant {
    const id = `${GITHUB}#organization-role/${role}`;
    this.entitlement({
      id,
      system: "github",
      tenantId: GITHUB,
      kind: "organization-role",
      displayName: `organization ${role}`,
      targetId: GITHUB,
      resourceId: GITHUB,
      level: role === "owner" ? "admin" : "list",
    });
    return this.grant(kind, holder.id, id, more);
  }

  person(id: string, more: Partial<Identity> = {}): Identity {
    const identity: Identity = {
      id: `identity:${id}`,
      kind: "human",
      displayName: `Sample ${id}`,
      email: `${id}@sample.example`,
      managerId: null,
      department: null,
      employment: "active",
      startDate: null,
      endDate: null,
      ...more,
    };
    this.records.identities.push(identity);
    return identity;
  }

  /** A row of identity-map.csv. */
  mapped(person: string, principal: Principal, relation: "owns" | "service" | "shared" | "not_same" = "owns"): void {
    const toId = `${principal.system}|*|${principal.displayName}`;
    this.records.relations.push({
      id: derivedId("relation", ["identity-map", person, toId]),
      kind: "identity-map",
      fromId: `identity:${person}`,
      toId,
      attributes: { relation, line: 2 },
    });
  }

  owned(system: "aws" | "github", native: string, technical: string | null, business: string | null = null): void {
    this.records.owners.push({
      id: derivedId("owner", [system, native]),
      system,
      tenant: "*",
      kind: "*",
      native,
      businessOwner: business,
      technicalOwner: technical,
      line: 2,
    });
  }

  approved(system: "aws" | "github", principal: string, entitlement: string, expiresAt: string | null = null): void {
    this.records.approvals.push({
      id: derivedId("approval", [system, principal, entitlement, expiresAt]),
      system,
      tenant: "*",
      principal,
      entitlement,
      approvedBy: "somebody@sample.example",
      approvedAt: daysAgo(400),
      expiresAt,
      ticket: null,
      reason: null,
      line: 2,
    });
  }

  used(principal: Principal, service: string, days: number | "never" | "unknown"): void {
    this.records.usage.push({
      id: derivedId("usage", [principal.id, service]),
      tenantId: principal.tenantId,
      principalId: principal.id,
      service,
      action: null,
      lastUsedAt: days === "unknown" ? unknown("the job failed") : known(days === "never" ? "never" : daysAgo(days)),
      source: "service-last-accessed",
    });
  }

  passwordPolicy(attributes: object): void {
    this.records.resources.push({
      id: `${AWS}:password-policy`,
      system: "aws",
      tenantId: AWS,
      kind: "password-policy",
      nativeId: "password-policy",
      locator: "password-policy",
      displayName: "password policy",
      attributes: { ...attributes },
    });
  }

  snapshot(): Snapshot {
    const coverage = [...this.#coverage].map(([key, { state, reason }]) => {
      const [tenantId = "", kind = ""] = key.split("|");
      return { tenantId, kind: kind as RecordKind, step: "given", state, reason, items: 0 };
    });
    return { ...this.records, coverage, asOf: NOW, asOfSource: "flag" };
  }

  graph(): AccessGraph {
    return buildGraph(this.snapshot());
  }
}

/** One promise of a rule. */
export interface RuleCase {
  readonly name: string;
  readonly given: (given: Given) => void;
  /** Display names (credentials: hints) of the subjects found. */
  readonly finds: readonly string[];
  readonly undecided?: number;
  /** Why the first of them is. */
  readonly reason?: string;
  readonly examined?: number;
  /** Part of the summary of the first finding. */
  readonly says?: string;
  /** What the first finding suggests. */
  readonly suggests?: Suggestion;
  readonly thresholds?: Partial<Thresholds>;
}

/** Runs a rule over a table of promises, each with a sentence for a name. */
export function checkRule(rule: Rule, cases: readonly RuleCase[]): void {
  describe(rule.id, () => {
    test.each(cases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
      const given = new Given();
      one.given(given);
      const graph = given.graph();
      const result = rule.evaluate({
        graph,
        thresholds: { ...DEFAULT_THRESHOLDS, ...one.thresholds },
        now: NOW,
        escalations: escalationsOf(graph, ACTION_TABLE),
        readable: () => true,
      });
      const nameOf = (id: string): string =>
        graph.credential(id)?.displayHint ??
        graph.principal(id)?.displayName ??
        graph.tenant(id)?.name ??
        graph.resource(id)?.displayName ??
        id;
      expect(result.drafts.map((draft) => nameOf(draft.subject.id)).sort()).toEqual([...one.finds].sort());
      expect(result.undecided.length).toBe(one.undecided ?? 0);
      if (one.reason !== undefined) expect(result.undecided[0]?.reason).toBe(one.reason);
      if (one.examined !== undefined) expect(result.examined).toBe(one.examined);
      if (one.says !== undefined) expect(result.drafts[0]?.summary).toContain(one.says);
      if (one.suggests !== undefined) expect(result.drafts[0]?.suggestion).toBe(one.suggests);
    });
  });
}
