import type { Credential } from "../../model/credential.ts";
import type { Principal } from "../../model/principal.ts";
import { unreadTypes, type RecordKind } from "../../model/coverage.ts";
import { all, UNREAD, type OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO, YES } from "../../policy/aws/request-context.ts";
import type { Region } from "../../policy/aws/regions.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { TargetNeed } from "./method.ts";

/** The principals of a tenant by kind, in order of ARN, so that a pattern finds its own without asking all. */
export class TargetIndex {
  readonly #graph: AccessGraph;
  readonly #sorted = new Map<string, readonly Principal[]>();
  readonly #unreadTypes = new Map<string, readonly string[]>();
  readonly #running: ReadonlyMap<string, readonly { readonly arn: string; readonly type: string }[]>;

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
    for (const [key, list] of lists)
      this.#sorted.set(
        key,
        list.sort((a, b) => (a.locator < b.locator ? -1 : 1)),
      );
    this.#running = runningAs(graph);
  }

  /** Those of a kind whose ARN lies in one of the regions, or may: the caller still asks each. */
  candidates(tenantId: string, kind: TargetNeed["kind"], regions: readonly Region[]): readonly Principal[] {
    const list = this.#sorted.get(`${tenantId} ${kind}`) ?? [];
    const found = new Set<Principal>();
    for (const { within } of regions) {
      // The longest beginning without a wildcard narrows most.
      const prefix = within
        .map(({ source }) => source.slice(0, /[*?]/.exec(source)?.index ?? source.length))
        .reduce((a, b) => (b.length > a.length ? b : a), "");
      for (let at = firstFrom(list, prefix); at < list.length; at += 1) {
        const principal = list[at];
        if (principal === undefined || !principal.locator.startsWith(prefix)) break;
        found.add(principal);
      }
      if (found.size === list.length) break;
    }
    return [...found];
  }

  /** What runs as the role, of these types. */
  runningAs(role: Principal, types: readonly string[]): readonly { readonly arn: string; readonly type: string }[] {
    return (this.#running.get(role.locator) ?? []).filter(({ type }) =>
      types.some((one) => one.toLowerCase() === type.toLowerCase()),
    );
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
    for (const role of runsAs.split(" ")) running.set(role, [...(running.get(role) ?? []), { arn: locator, type }]);
  }
  return running;
}

function firstFrom(list: readonly Principal[], prefix: string): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.locator ?? "") < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
