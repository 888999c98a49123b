import type { AccessGraph } from "../graph/access-graph.ts";
import type { Credential } from "../model/credential.ts";
import type { Entitlement } from "../model/entitlement.ts";
import type { Grant } from "../model/grant.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";
import type { RevocationTarget, TargetPart } from "../model/revocation.ts";

/** What a revocation acts on, with the records behind it. */
export interface DescribedTarget {
  readonly target: RevocationTarget;
  readonly grant: Grant | null;
  readonly credential: Credential | null;
  readonly principal: Principal | null;
  readonly entitlement: Entitlement | null;
}

/**
 * Names and locates a grant or credential of the graph so that an operation can act on it, or answers `undefined` when the
 * graph does not hold it. The part `entitlement` points at what the entitlement stands for: the policy, group, team or repository.
 */
export function describeTarget(
  graph: AccessGraph,
  subjectKind: "grant" | "credential",
  subjectId: string,
): DescribedTarget | undefined {
  if (subjectKind === "credential") {
    const credential = graph.credential(subjectId);
    if (credential === undefined) return undefined;
    const holder =
      credential.holderId === null
        ? undefined
        : (graph.principal(credential.holderId) ?? graph.resource(credential.holderId));
    const principal = holder !== undefined && "secondFactor" in holder ? holder : null;
    const resource = holder !== undefined && !("secondFactor" in holder) ? holder : null;
    return {
      target: {
        ...place(graph, credential),
        subjectKind,
        subjectId,
        principal: principal && partOf(principal),
        entitlement: null,
        resource: resource && partOf(resource),
        credential: credentialPart(credential),
      },
      grant: null,
      credential,
      principal,
      entitlement: null,
    };
  }
  const grant = graph.grant(subjectId);
  if (grant === undefined) return undefined;
  const entitlement = graph.entitlement(grant.entitlementId);
  if (entitlement === undefined) return undefined;
  const principal = graph.principal(grant.principalId) ?? null;
  const credential = principal === null ? (graph.credential(grant.principalId) ?? null) : null;
  const resource = entitlement.resourceId === null ? undefined : graph.resource(entitlement.resourceId);
  // A repository that a secret or a runner group is open to holds that itself.
  const holder = principal ?? (credential === null ? graph.resource(grant.principalId) : undefined) ?? null;
  return {
    target: {
      ...place(graph, grant),
      subjectKind,
      subjectId,
      principal: holder && partOf(holder),
      entitlement: entitlementPart(graph, entitlement),
      resource: resource === undefined ? null : partOf(resource),
      credential: credential && credentialPart(credential),
    },
    grant,
    credential,
    principal,
    entitlement,
  };
}

function place(graph: AccessGraph, record: { readonly system: string; readonly tenantId: string }) {
  return {
    system: record.system,
    tenantId: record.tenantId,
    tenantNativeId: graph.tenant(record.tenantId)?.nativeId ?? record.tenantId.slice(record.tenantId.indexOf(":") + 1),
  };
}

function partOf(record: Principal | Resource): TargetPart {
  const { id, kind, nativeId, locator, displayName } = record;
  return { id, kind, nativeId, locator, displayName };
}

function credentialPart(credential: Credential): TargetPart {
  const { id, kind, nativeId, displayHint } = credential;
  return { id, kind, nativeId, locator: nativeId, displayName: displayHint };
}

function entitlementPart(graph: AccessGraph, entitlement: Entitlement): TargetPart {
  const base = { id: entitlement.id, kind: entitlement.kind };
  const policy = graph.policy(entitlement.targetId);
  if (policy !== undefined) return { ...base, nativeId: policy.id, locator: policy.locator, displayName: policy.name };
  const target = graph.principal(entitlement.targetId) ?? graph.resource(entitlement.targetId);
  if (target !== undefined)
    return { ...base, nativeId: target.nativeId, locator: target.locator, displayName: target.displayName };
  return {
    ...base,
    nativeId: entitlement.targetId,
    locator: entitlement.targetId,
    displayName: entitlement.displayName,
  };
}
