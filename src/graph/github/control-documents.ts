import type { GitHubControlKind } from "../../model/coverage.ts";
import { unknown, type Observed } from "../../model/observed.ts";
import type { GitHubPolicyKind, Policy } from "../../model/policy.ts";
import type { AccessGraph } from "../access-graph.ts";
import { gapOf } from "./unread-kinds.ts";

/** GitHub's controls of one kind that a repository or an organization holds, in order of id. */
export interface ControlDocuments {
  of(holderId: string, kind: GitHubPolicyKind): readonly Policy[];
  /**
   * Why a repository without rows of the kind may have some that nobody read; undefined where it has none. Where not all were read
   * and rows say of which places that is so, the others were read.
   */
  gap(tenantId: string, kind: CoveredKind): string | undefined;
}

/** Kinds of controls that coverage tells of under the same name. */
export type CoveredKind = Extract<GitHubPolicyKind, GitHubControlKind>;

/** Finds controls by who holds them; one pass over the snapshot's policies. */
export function controlDocuments(graph: AccessGraph): ControlDocuments {
  const byHolder = new Map<string, Policy[]>();
  const toldByRows = new Set<string>();
  for (const policy of graph.snapshot.policies) {
    if (policy.system !== "github" || policy.holderId === null) continue;
    if (!policy.document.known) toldByRows.add(`${policy.kind} ${policy.tenantId}`);
    const key = `${policy.kind} ${policy.holderId}`;
    const list = byHolder.get(key);
    if (list === undefined) byHolder.set(key, [policy]);
    else list.push(policy);
  }
  return {
    of: (holderId, kind) => byHolder.get(`${kind} ${holderId}`) ?? [],
    gap(tenantId, kind) {
      const partly = graph.coverage(tenantId, kind)?.state === "partial";
      return partly && toldByRows.has(`${kind} ${tenantId}`) ? undefined : gapOf(graph, tenantId, kind);
    },
  };
}

/** The document in the form of the model that is named as the policy's kind is; unknown where it was not read. */
export function documentOf<T>({ document, locator }: Policy): Observed<T> {
  if (!document.known) return document;
  try {
    return { known: true, value: JSON.parse(document.value) as T };
  } catch {
    return unknown(`the document of \`${locator}\` does not parse`);
  }
}
