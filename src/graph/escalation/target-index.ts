import type { Credential } from "../../model/credential.ts";
import type { Principal } from "../../model/principal.ts";
import { unreadTypes, type RecordKind } from "../../model/coverage.ts";
import { all, UNREAD, type OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO, YES, type RequestContext } from "../../policy/aws/request-context.ts";
import type { Region } from "../../policy/aws/regions.ts";
import type { CompiledCondition } from "../../policy/aws/conditions/compile-condition.ts";
import type { AccessGraph } from "../access-graph.ts";
import { dependsOnTarget, isTargetTag, tagOf } from "../principal-context.ts";
import { ByArn } from "./by-arn.ts";
import type { TargetNeed } from "./method.ts";

/** The principals of a tenant by kind, in order of ARN, so that a pattern finds its own without asking all. */
export class TargetIndex {
  readonly #graph: AccessGraph;
  readonly #sorted = new Map<string, ByArn<Principal>>();
  readonly #tagged = new Map<string, Tagged>();
  readonly #unreadTypes = new Map<string, readonly string[]>();
  readonly #running: ReadonlyMap<string, readonly { readonly arn: string; readonly type: string }[]>;

  #resources: ByArn<{ readonly arn: string; readonly type: string; readonly role: Principal }> | undefined;

  constructor(graph: AccessGraph) {
    this.#graph = graph;
    const lists = new Map<string, Principal[]>();
    for (const principal of graph.snapshot.principals) {
      if (principal.system !== "aws" || !["user", "role", "group"].includes(principal.kind)) continue;
      if (!principal.locator.startsWith("arn:") || principal.nativeType === "permission-set") continue;
      const key = `${principal.tenantId} ${principal.kind}`;
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [principal]);
      else list.push(principal);
    }
    for (const [key, list] of lists) this.#sorted.set(key, new ByArn(list, ({ locator }) => locator));
    this.#running = runningAs(graph);
  }

  /** Those of a kind that lie in one of the regions, or may: the caller still asks each. `asker`: what is known of who asks. */
  candidates(
    tenantId: string,
    kind: TargetNeed["kind"],
    regions: readonly Region[],
    asker: RequestContext,
  ): readonly Principal[] {
    const key = `${tenantId} ${kind}`;
    const list = this.#sorted.get(key);
    if (list === undefined) return [];
    const found = new Set<Principal>();
    for (const region of regions) {
      const [from, to] = list.range(region);
      const tag = to - from > FEW ? tagCondition(region) : undefined;
      if (tag === undefined) for (const principal of list.all.slice(from, to)) found.add(principal);
      else for (const principal of this.#withTag(key, list, tag, asker)) found.add(principal);
      if (found.size === list.all.length) break;
    }
    return [...found];
  }

  everyone(tenantId: string, kind: TargetNeed["kind"]): readonly Principal[] {
    return this.#sorted.get(`${tenantId} ${kind}`)?.all ?? [];
  }

  /** Those whose value of a tag may meet the condition: asked value by value, not principal by principal. */
  #withTag(
    key: string,
    { all: everyone }: ByArn<Principal>,
    condition: CompiledCondition,
    asker: RequestContext,
  ): readonly Principal[] {
    const name = condition.key.slice(condition.key.indexOf("/") + 1);
    const place = `${key} ${name}`;
    let tagged = this.#tagged.get(place);
    if (tagged === undefined) this.#tagged.set(place, (tagged = byTag(everyone, name)));
    const found = [...tagged.unknown];
    for (const [value, principals] of tagged.byValue) {
      const values = value === null ? null : [value];
      if (condition.holds({ get: (asked) => (asked === condition.key ? values : asker.get(asked)) }) !== NO)
        found.push(...principals);
    }
    return found;
  }

  /** What runs as the role, of these types. */
  runningAs(role: Principal, types: readonly string[]): readonly { readonly arn: string; readonly type: string }[] {
    return (this.#running.get(role.locator) ?? []).filter(({ type }) =>
      types.some((one) => one.toLowerCase() === type.toLowerCase()),
    );
  }

  /** Roles of the tenant that something of these types in one of the regions runs as. */
  running(tenantId: string, regions: readonly Region[], types: readonly string[]): readonly Principal[] {
    if (this.#resources === undefined) {
      const byLocator = new Map<string, Principal>();
      for (const [key, { all: roles }] of this.#sorted)
        if (key.endsWith(" role")) for (const role of roles) byLocator.set(role.locator, role);
      const placed = [...this.#running].flatMap(([locator, resources]) => {
        const role = byLocator.get(locator);
        return role === undefined ? [] : resources.map(({ arn, type }) => ({ arn, type: type.toLowerCase(), role }));
      });
      this.#resources = new ByArn(placed, ({ arn }) => arn);
    }
    const folded = new Set(types.map((type) => type.toLowerCase()));
    return this.#resources
      .within(regions)
      .flatMap(({ type, role }) => (folded.has(type) && role.tenantId === tenantId ? [role] : []));
  }

  /** Which of the types were not read in the tenant. */
  unreadTypes(tenantId: string, types: readonly string[]): readonly string[] {
    const key = `${tenantId} ${types.join(" ")}`;
    let unread = this.#unreadTypes.get(key);
    if (unread === undefined)
      this.#unreadTypes.set(key, (unread = unreadTypes(this.#graph.snapshot.coverage, tenantId, "running-as", types)));
    return unread;
  }

  /** Whether the facts about the target (beside its trust) are as the method needs them. */
  facts(target: Principal, need: TargetNeed): OpenTruth {
    let truth: OpenTruth = YES;
    if (need.password !== undefined) {
      const has = this.#credentials(target, "console-password").length > 0;
      if (has) truth = need.password === "present" ? truth : NO;
      else if (this.#unread(target, "console-password")) truth = UNREAD;
      else if (need.password === "present") truth = NO;
    }
    if (need.keys !== undefined && truth !== NO) {
      const keys = this.#credentials(target, "access-key");
      if (this.#unread(target, "access-key")) truth = all(truth, UNREAD);
      else if (need.keys === "below-limit") truth = keys.length < 2 ? truth : NO;
      else if (need.keys === "at-limit") truth = keys.length >= 2 ? truth : NO;
      else truth = keys.some(({ status }) => status.known && status.value === "inactive") ? truth : NO;
    }
    if (need.secondFactor !== undefined && truth !== NO) {
      if (!target.secondFactor.known) truth = all(truth, UNREAD);
      else if ((target.secondFactor.value === true) !== (need.secondFactor === "present")) truth = NO;
    }
    return truth;
  }

  #credentials({ id }: Principal, kind: Credential["kind"]): readonly Credential[] {
    return this.#graph.credentialsOf(id).filter((credential) => credential.kind === kind);
  }

  #unread({ tenantId }: Principal, kind: RecordKind): boolean {
    const row = this.#graph.coverage(tenantId, kind);
    return row === undefined || row.state !== "complete";
  }
}

function runningAs(graph: AccessGraph): ReadonlyMap<string, readonly { arn: string; type: string }[]> {
  const running = new Map<string, { arn: string; type: string }[]>();
  for (const { kind, locator, attributes } of graph.snapshot.resources) {
    const { runsAs, type } = attributes;
    if (kind !== "aws-resource" || typeof runsAs !== "string" || typeof type !== "string") continue;
    for (const role of runsAs.split(" ")) {
      const list = running.get(role);
      if (list === undefined) running.set(role, [{ arn: locator, type }]);
      else list.push({ arn: locator, type });
    }
  }
  return running;
}

/** A part of a list that is asked one by one rather than looked up. */
const FEW = 8;

/** Principals by the value of one tag; null where they do not have it. */
interface Tagged {
  readonly byValue: ReadonlyMap<string | null, readonly Principal[]>;
  readonly unknown: readonly Principal[];
}

function byTag(principals: readonly Principal[], folded: string): Tagged {
  const byValue = new Map<string | null, Principal[]>();
  const unknown: Principal[] = [];
  for (const principal of principals) {
    const values = tagOf(principal, folded);
    if (values === undefined) {
      unknown.push(principal);
      continue;
    }
    const value = values?.[0] ?? null;
    const list = byValue.get(value);
    if (list === undefined) byValue.set(value, [principal]);
    else list.push(principal);
  }
  return { byValue, unknown };
}

/** A condition on one tag of the target without which the region is not allowed. */
function tagCondition({ allows }: Region): CompiledCondition | undefined {
  for (const { statement } of allows)
    for (const condition of statement.conditions)
      if (isTargetTag(condition.key) && condition.keys.every((key) => key === condition.key || !dependsOnTarget(key)))
        return condition;
  return undefined;
}
