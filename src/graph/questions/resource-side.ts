import { unreadTypes } from "../../model/coverage.ts";
import type { Principal } from "../../model/principal.ts";
import type { Resource } from "../../model/resource.ts";
import { isTrustAction } from "../../policy/aws/access-request.ts";
import type { ActionTable } from "../../policy/aws/action-table.ts";
import type { Layer } from "../../policy/aws/decision.ts";
import type { LayerPolicies, PublicAccessBlock } from "../../policy/aws/policy-set.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { PolicyReader } from "../principal-policies.ts";

/** What bears on a request from the side of what it is about. */
export interface ResourceSide {
  /** 12 digits; null where nobody said. */
  readonly tenant: string | null;
  /** Its own policy: a role's trust, a bucket's policy. */
  readonly policy: LayerPolicies | undefined;
  readonly block: PublicAccessBlock | undefined;
  readonly rcps: readonly LayerPolicies[] | undefined;
  /** Layers that were not given and left out. */
  readonly assumes: readonly Layer[];
  /** What was not given and could allow by itself, in words; null where nothing could. */
  readonly mayGrant: string | null;
  /** The user, role or group that is acted on. */
  readonly target: Principal | undefined;
}

/**
 * Kinds of resources that can carry a policy of their own, by the form of their ARN ("AWS services that work with IAM", column
 * "Resource-based policies"; "Actions, resources, and condition keys" for the types' names).
 */
const CARRIERS: readonly (readonly [form: RegExp, type: string])[] = [
  [/^arn:[^:]+:s3:::/, "s3:bucket"],
  [/^arn:[^:]+:s3:[^:]*:\d{12}:accesspoint\//, "s3:accesspoint"],
  [/^arn:[^:]+:kms:[^:]*:\d*:key\//, "kms:key"],
  [/^arn:[^:]+:sqs:/, "sqs:queue"],
  [/^arn:[^:]+:sns:/, "sns:topic"],
  [/^arn:[^:]+:lambda:[^:]*:\d*:function:/, "lambda:function"],
  [/^arn:[^:]+:lambda:[^:]*:\d*:layer:/, "lambda:layer"],
  [/^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:/, "secretsmanager:secret"],
  [/^arn:[^:]+:ecr:[^:]*:\d*:repository\//, "ecr:repository"],
  [/^arn:[^:]+:events:[^:]*:\d*:event-bus\//, "events:event-bus"],
  [/^arn:[^:]+:logs:[^:]*:\d*:/, "logs:log-group"],
  [/^arn:[^:]+:dynamodb:[^:]*:\d*:table\//, "dynamodb:table"],
  [/^arn:[^:]+:kinesis:[^:]*:\d*:stream\//, "kinesis:stream"],
  [/^arn:[^:]+:es:[^:]*:\d*:domain\//, "es:domain"],
  [/^arn:[^:]+:elasticfilesystem:[^:]*:\d*:file-system\//, "elasticfilesystem:file-system"],
  [/^arn:[^:]+:backup:[^:]*:\d*:backup-vault:/, "backup:backupVault"],
  [/^arn:[^:]+:glue:[^:]*:\d*:/, "glue:catalog"],
  [/^arn:[^:]+:codeartifact:[^:]*:\d*:/, "codeartifact:repository"],
  [/^arn:[^:]+:execute-api:/, "execute-api:execute-api-general"],
  [/^arn:[^:]+:acm-pca:[^:]*:\d*:certificate-authority\//, "acm-pca:certificate-authority"],
  [/^arn:[^:]+:ses:[^:]*:\d*:identity\//, "ses:identity"],
];

/** The type of a resource that can carry a policy; undefined for one that cannot. */
export function carrierType(arn: string): string | undefined {
  return CARRIERS.find(([form]) => form.test(arn))?.[1];
}

/** The resource a policy hangs on: an object's bucket, a version's function. */
function carrierOf(arn: string): string {
  const bucket = /^(arn:[^:]+:s3:::[^/]+)\//.exec(arn)?.[1];
  const lambda = /^(arn:[^:]+:lambda:[^:]*:\d*:function:[^:]+):/.exec(arn)?.[1];
  return bucket ?? lambda ?? arn;
}

/** Answers what the graph knows of the side of resources; policies are found by where they hang. */
export class ResourceSides {
  readonly #graph: AccessGraph;
  readonly #reader: PolicyReader;
  readonly #table: ActionTable;
  #policies: ReadonlyMap<string, string> | undefined;
  #principals: ReadonlyMap<string, Principal> | undefined;

  constructor(graph: AccessGraph, reader: PolicyReader, table: ActionTable) {
    this.#graph = graph;
    this.#reader = reader;
    this.#table = table;
  }

  /** ARNs of resources with a policy of their own that a pattern may mean, for questions about some resource. */
  carriers(action: string, pattern: string): readonly string[] {
    const service = action.slice(0, action.indexOf(":")).toLowerCase();
    const whole = /^\*+$/.test(pattern);
    return [...this.#policyIds().keys()]
      .filter((arn) => arn.split(":")[2] === service && (whole || arn.startsWith(pattern.replace(/[*?].*$/s, ""))))
      .sort();
  }

  /** The side of one resource, for an action. `callersTenant` stands in where the ARN names none. */
  side(action: string, arn: string, callersTenant: string | null): ResourceSide {
    const named = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;
    const carrier = carrierOf(arn);
    const record = this.#record(carrier);
    const tenant = named ?? record?.tenantId.slice("aws:".length) ?? callersTenant;
    const limits = tenant === null ? undefined : this.#reader.tenantLimits(`aws:${tenant}`);
    const assumes: Layer[] = [];
    if (
      this.#table.supportsRcp(action.slice(0, action.indexOf(":")).toLowerCase()) &&
      limits?.assumes.includes("rcp") === true
    )
      assumes.push("rcp");
    const target = this.#principal(arn);
    const common = { tenant, rcps: limits?.rcps, target };
    if (isTrustAction(action.toLowerCase())) return { ...common, ...this.#trust(target), block: undefined, assumes };
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
    return { ...common, policy, block, assumes, mayGrant };
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
    return {
      tenant,
      policy: undefined,
      block: undefined,
      rcps: limits?.rcps,
      assumes: open ? ["resource"] : [],
      mayGrant: open ? `the policies of \`${type}\` resources were not given` : null,
      target: undefined,
    };
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
