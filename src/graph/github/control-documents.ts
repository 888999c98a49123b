import { unknown, type Observed } from "../../model/observed.ts";
import type { GitHubPolicyKind, Policy } from "../../model/policy.ts";
import type { AccessGraph } from "../access-graph.ts";

/** GitHub's controls of one kind that a repository or an organization holds, in order of id. */
export interface ControlDocuments {
  of(holderId: string, kind: GitHubPolicyKind): readonly Policy[];
}

/** Finds controls by who holds them; one pass over the snapshot's policies. */
export function controlDocuments(graph: AccessGraph): ControlDocuments {
  const byHolder = new Map<string, Policy[]>();
  for (const policy of graph.snapshot.policies) {
    if (policy.system !== "github" || policy.holderId === null) continue;
    const key = `${policy.kind} ${policy.holderId}`;
    const list = byHolder.get(key);
    if (list === undefined) byHolder.set(key, [policy]);
    else list.push(policy);
  }
  return { of: (holderId, kind) => byHolder.get(`${kind} ${holderId}`) ?? [] };
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
