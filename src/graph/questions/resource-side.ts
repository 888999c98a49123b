import { unreadTypes } from "../../model/coverage.ts";
import type { Principal } from "../../model/principal.ts";
import type { Resource } from "../../model/resource.ts";
import { isTrustAction } from "../../policy/aws/access-request.ts";
import type { ActionTable } from "../../policy/aws/action-table.ts";
import type { Layer } from "../../policy/aws/decision.ts";
import { arnPattern } from "../../policy/aws/arn-pattern.ts";
import type { LayerPolicies, PublicAccessBlock } from "../../policy/aws/policy-set.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { PolicyReader, TenantLimits } from "../principal-policies.ts";
import { carrierOf, carrierType } from "./carriers.ts";
import { policyNames, type PolicyNames } from "./policy-names.ts";

/** What bears on a request from the side of what it is about. */
export interface ResourceSide {
  /** 12 digits; null where nobody said. */
  readonly tenant: string | null;
  /** Its own policy: a role's trust, a bucket's policy. */
  readonly policy: LayerPolicies | undefined;
  readonly block: PublicAccessBlock | undefined;
  readonly rcps: readonly LayerPolicies[] | undefined;
  /** The RCPs tell one caller from another: those of another tenant are not among what equal policies have in common. */
  readonly personalRcps: boolean;
  /** Layers that were not given and left out. */
  readonly assumes: readonly Layer[];
  /** What was not given and could allow by itself, in words; null where nothing could. */
  readonly mayGrant: string | null;
  /** The user, role or group that is acted on. */
  readonly target: Principal | undefined;
  /** Whom its policy is about. */
  readonly names: PolicyNames;
}

const NAMES_NOBODY = policyNames({ policies: [] }, "");

/** A resource with a policy of its own that a question about some resource may mean. */
export interface Candidate {
  /** What is asked about: the resource itself, or what lies in it. */
  readonly resource: string;
  readonly side: ResourceSide;
}

/** Candidates by whom their policies are about. */
interface Pool {
  readonly anyone: readonly Candidate[];
  readonly byName: ReadonlyMap<string, readonly Candidate[]>;
  readonly byTenant: ReadonlyMap<string, readonly Candidate[]>;
  /** Everybody the policies name, in words people know. */
  readonly texts: ReadonlySet<string>;
}

/** Answers what the graph knows of the side of resources; policies are found by where they hang. */
export class ResourceSides {
  readonly #graph: AccessGraph;
  readonly #reader: PolicyReader;
  readonly #table: ActionTable;
  readonly #pools = new Map<string, Pool>();
  #policies: ReadonlyMap<string, string> | undefined;
  #principals: ReadonlyMap<string, Principal> | undefined;

  constructor(graph: AccessGraph, reader: PolicyReader, table: ActionTable) {
    this.#graph = graph;
    this.#reader = reader;
    this.#table = table;
  }

  /** Resources whose policies may let somebody do the action to something that fits the pattern. */
  pool(action: string, pattern: string): Pool {
    const key = `${action} ${pattern}`;
    let pool = this.#pools.get(key);
    if (pool === undefined) this.#pools.set(key, (pool = this.#workOutPool(action, pattern)));
    return pool;
  }

  #workOutPool(action: string, pattern: string): Pool {
    const trust = isTrustAction(action.toLowerCase());
    const service = action.slice(0, action.indexOf(":")).toLowerCase();
    const arns = trust
      ? this.#graph.snapshot.principals.flatMap(({ kind, locator }) =>
          kind === "role" && locator.includes(":role/") ? [locator] : [],
        )
      : [...this.#policyIds().keys()].filter((arn) => arn.split(":")[2] === service);
    const anyone: Candidate[] = [];
    const texts = new Set<string>();
    const [byName, byTenant] = [new Map<string, Candidate[]>(), new Map<string, Candidate[]>()];
    const put = (into: Map<string, Candidate[]>, name: string, candidate: Candidate): void => {
      const list = into.get(name);
      if (list === undefined) into.set(name, [candidate]);
      else list.push(candidate);
    };
    for (const arn of arns.sort()) {
      const resource = partOf(arn, pattern, action, this.#table);
      const side = resource === undefined ? undefined : this.side(action, arn, null);
      // One that only denies takes nothing from the other resources.
      if (resource === undefined || side === undefined || !side.names.allows) continue;
      const candidate = { resource, side };
      for (const text of side.names.texts) texts.add(text);
      if (side.names.anyone) {
        anyone.push(candidate);
        continue;
      }
      for (const name of side.names.single) put(byName, name, candidate);
      for (const tenant of side.names.tenants) put(byTenant, tenant, candidate);
    }
    return { anyone, byName, byTenant, texts };
  }

  /** The side of one resource, for an action. `callersTenant` stands in where the ARN names none. */
  side(action: string, arn: string, callersTenant: string | null): ResourceSide {
    const named = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;
    const carrier = carrierOf(arn);
    const record = this.#record(carrier);
    const tenant = named ?? record?.tenantId.slice("aws:".length) ?? callersTenant;
    const limits = tenant === null ? undefined : this.#reader.tenantLimits(`aws:${tenant}`);
    const assumes = this.#assumedRcp(action, limits);
    const target = this.#principal(arn);
    const common = { tenant, rcps: limits?.rcps, personalRcps: arePersonal(limits?.rcps, action), target };
    if (isTrustAction(action.toLowerCase())) {
      const trust = this.#trust(target);
      return { ...common, ...trust, block: undefined, assumes, names: namesOf(trust.policy, action) };
    }
    const policyId = this.#policyIds().get(carrier);
    const type = carrierType(arn);
    const bucket = type === "s3:bucket";
    const block = bucket ? this.#block(record, tenant) : undefined;
    if (bucket && block === undefined) assumes.push("public-access-block");
    const policy = policyId === undefined ? undefined : this.#reader.layer([policyId]);
    let mayGrant: string | null = null;
    if (policy === undefined && type !== undefined && !this.#wasRead(type, tenant)) {
      assumes.push("resource");
      mayGrant = `the policy of \`${carrier}\` was not given`;
    }
    return { ...common, policy, block, assumes, mayGrant, names: namesOf(policy, action) };
  }

  /** The same for a question about some resource of a service. */
  sideOfSome(action: string, pattern: string, callersTenant: string | null): ResourceSide {
    const whole = /^\*+$/.test(pattern);
    const id = this.#table.idOf(action);
    const forms = whole && id !== undefined ? this.#table.resourceTypesOf(id).flatMap(({ arns }) => arns) : [pattern];
    const type = forms.map(carrierType).find((one) => one !== undefined);
    const tenant = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(pattern)?.[1] ?? callersTenant;
    const limits = tenant === null ? undefined : this.#reader.tenantLimits(`aws:${tenant}`);
    const open = type !== undefined && !this.#wasRead(type, tenant);
    const assumes = this.#assumedRcp(action, limits);
    if (type === "s3:bucket" && this.#block(undefined, tenant) === undefined) assumes.push("public-access-block");
    if (open) assumes.push("resource");
    return {
      tenant,
      policy: undefined,
      block: undefined,
      rcps: limits?.rcps,
      personalRcps: arePersonal(limits?.rcps, action),
      assumes,
      mayGrant: open ? `the policies of \`${type}\` resources were not given` : null,
      target: undefined,
      names: NAMES_NOBODY,
    };
  }

  #assumedRcp(action: string, limits: TenantLimits | undefined): Layer[] {
    const reached = this.#table.supportsRcp(action.slice(0, action.indexOf(":")).toLowerCase());
    return reached && limits?.assumes.includes("rcp") === true ? ["rcp"] : [];
  }

  #trust(role: Principal | undefined): Pick<ResourceSide, "policy" | "mayGrant"> {
    if (role === undefined) return { policy: undefined, mayGrant: "the role's trust policy was not given" };
    return { policy: this.#reader.layer([`${role.id}/trust`]), mayGrant: null };
  }

  #wasRead(type: string, tenant: string | null): boolean {
    return (
      tenant !== null &&
      unreadTypes(this.#graph.snapshot.coverage, `aws:${tenant}`, "resource-policy", [type]).length === 0
    );
  }

  /** The bucket's own block and the tenant's: either is enough. Undefined where neither was given. */
  #block(bucket: Resource | undefined, tenant: string | null): PublicAccessBlock | undefined {
    const said = [
      bucket?.attributes["restrictPublicBuckets"],
      tenant === null ? undefined : this.#graph.tenant(`aws:${tenant}`)?.attributes["restrictPublicBuckets"],
    ].filter((value) => typeof value === "boolean");
    return said.length === 0 ? undefined : { restrictPublicBuckets: said.includes(true) };
  }

  #record(arn: string): Resource | undefined {
    return this.#graph
      .find(arn)
      .find(
        (record): record is Resource =>
          "locator" in record && !("secondFactor" in record) && !("displayHint" in record),
      );
  }

  #principal(arn: string): Principal | undefined {
    if (this.#principals === undefined) {
      const found = new Map<string, Principal>();
      for (const principal of this.#graph.snapshot.principals)
        if (["user", "role", "group"].includes(principal.kind) && principal.locator.startsWith("arn:"))
          found.set(principal.locator, principal);
      this.#principals = found;
    }
    return this.#principals.get(arn);
  }

  #policyIds(): ReadonlyMap<string, string> {
    if (this.#policies === undefined) {
      const found = new Map<string, string>();
      for (const { id, kind, locator } of this.#graph.snapshot.policies)
        if (kind === "resource") found.set(locator.replace(/\/policy$/, ""), id);
      this.#policies = found;
    }
    return this.#policies;
  }
}

function arePersonal(rcps: readonly LayerPolicies[] | undefined, action: string): boolean {
  return (rcps ?? []).some((level) => policyNames(level, action.toLowerCase()).personal);
}

function namesOf(policy: LayerPolicies | undefined, action: string): PolicyNames {
  return policy === undefined ? NAMES_NOBODY : policyNames(policy, action.toLowerCase());
}

/**
 * What of a resource with a policy fits a pattern, for an action: the resource, or what lies in it (of a bucket its objects,
 * where the action is about objects); undefined where nothing does.
 */
function partOf(arn: string, pattern: string, action: string, table: ActionTable): string | undefined {
  if (!arn.includes(":s3:::")) return arnPattern(pattern).test(arn) ? arn : undefined;
  const id = table.idOf(action);
  const types = id === undefined ? [] : table.resourceTypesOf(id).map(({ name }) => name);
  const whole = types.includes("object") && !types.includes("bucket") ? `${arn}/*` : arn;
  if (/^\*+$/.test(pattern)) return whole;
  const slash = pattern.indexOf("/");
  if (!arnPattern(slash < 0 ? pattern : pattern.slice(0, slash)).test(arn)) return undefined;
  return slash < 0 ? whole : `${arn}${pattern.slice(slash)}`;
}
