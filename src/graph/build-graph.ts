/**
 * The access graph of one snapshot behind the interface in access-graph.ts. One file because every answer shares the same
 * interned numbers and indexes; the heavier questions (identity, owners, admin) are worked out beside it.
 */
import type { Coverage } from "../model/coverage.ts";
import type { Credential } from "../model/credential.ts";
import type { Hop } from "../model/finding.ts";
import type { Grant } from "../model/grant.ts";
import type { Observed } from "../model/observed.ts";
import { unknown } from "../model/observed.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { parsePolicy, type ParsedPolicy } from "../policy/aws/parse-policy.ts";
import { grantId } from "../text/stable-id.ts";
import type { AccessGraph, Holding, IdentityResolution } from "./access-graph.ts";
import { adminGrantsOf, guardrailIndex } from "./admin-grants.ts";
import { approvalMatcher } from "./approvals.ts";
import { reach } from "./closure.ts";
import { buildCsr } from "./csr.ts";
import { identityResolver } from "./identity.ts";
import { ownerResolver } from "./owners.ts";

const COVERAGE_RANK: Readonly<Record<Coverage["state"], number>> = { complete: 0, partial: 1, denied: 2, skipped: 3 };

/** A label that is no grant: membership by nesting (`parent-of`). */
const NESTING = -1;

/** Builds the graph once; answers are worked out when asked and remembered where asked often. */
export function buildGraph(snapshot: Snapshot): AccessGraph {
  const principals = index(snapshot.principals);
  const credentials = index(snapshot.credentials);
  const entitlements = index(snapshot.entitlements);
  const grants = index(snapshot.grants);
  const policies = index(snapshot.policies);
  const resources = index(snapshot.resources);
  const tenants = index(snapshot.tenants);
  const identities = index(snapshot.identities);

  // Every holder (principal or credential) gets a number; membership is walked over typed arrays.
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  const number = (id: string): number => {
    let n = numbers.get(id);
    if (n === undefined) {
      n = ids.length;
      numbers.set(id, n);
      ids.push(id);
    }
    return n;
  };
  for (const principal of snapshot.principals) number(principal.id);
  const directEdges: [number, number, number][] = [];
  const memberEdges: [number, number, number][] = [];
  snapshot.grants.forEach((grant, position) => {
    const entitlement = entitlements.get(grant.entitlementId);
    directEdges.push([number(grant.principalId), position, position]);
    if (entitlement !== undefined && (grant.kind === "membership" || grant.kind === "assignment")) {
      memberEdges.push([number(grant.principalId), number(entitlement.targetId), position]);
    }
  });
  // A child team has what its parents have: it is, in effect, a member of its parent.
  for (const relation of snapshot.relations) {
    if (relation.kind === "parent-of" && principals.has(relation.fromId) && principals.has(relation.toId)) {
      memberEdges.push([number(relation.toId), number(relation.fromId), NESTING]);
    }
  }
  const direct = buildCsr(ids.length, directEdges);
  const memberOf = buildCsr(ids.length, memberEdges);
  const membersOfCsr = buildCsr(ids.length, memberEdges.map(([from, to, label]) => [to, from, label] as const));

  const byHolder = groupBy(snapshot.credentials, (credential) => credential.holderId ?? "");
  const holderIndex = lazy(() => {
    const holders = new Map<string, { grant: Grant }[]>();
    for (const grant of snapshot.grants) {
      const list = holders.get(grant.entitlementId);
      if (list === undefined) holders.set(grant.entitlementId, [{ grant }]);
      else list.push({ grant });
    }
    return holders;
  });

  const grantsAt = (n: number): Grant[] => {
    const found: Grant[] = [];
    for (let at = direct.offsets[n] ?? 0; at < (direct.offsets[n + 1] ?? 0); at += 1) {
      const grant = snapshot.grants[direct.targets[at] ?? -1];
      if (grant !== undefined) found.push(grant);
    }
    return found;
  };
  const grantsOf = (holderId: string): readonly Grant[] => {
    const n = numbers.get(holderId);
    return n === undefined ? [] : grantsAt(n);
  };
  const groupsOf: AccessGraph["groupsOf"] = (principalId) => {
    const n = numbers.get(principalId);
    if (n === undefined) return [];
    return reach(memberOf, n).map(({ node, via, labels }) => ({
      groupId: ids[node] ?? "",
      via: via.map((step) => ids[step] ?? ""),
      grants: labels.flatMap((label) => (label === NESTING ? [] : [snapshot.grants[label]?.id ?? ""])),
    }));
  };
  const holdingsOf = (principalId: string): readonly Holding[] => {
    const held: Holding[] = grantsOf(principalId).map((grant) => ({
      id: grant.id,
      principalId,
      entitlementId: grant.entitlementId,
      via: [],
      grants: [grant.id],
    }));
    for (const group of groupsOf(principalId)) {
      for (const grant of grantsOf(group.groupId)) {
        held.push({
          id: grantId(grant.kind, principalId, grant.entitlementId, group.via),
          principalId,
          entitlementId: grant.entitlementId,
          via: group.via,
          grants: [...group.grants, grant.id],
        });
      }
    }
    return held;
  };

  const parsed = (policyId: string): Observed<ParsedPolicy> => {
    // A permission set names a tenant's own policy by ARN only: the policy's record is found by where it says it lies.
    const policy = policies.get(policyId) ?? byLocator().get(policyId.slice(policyId.indexOf(":arn:") + 1));
    if (policy === undefined) return unknown(`the policy \`${policyId}\` was not read`);
    return policy.document.known ? parsePolicy(policy.document.value) : policy.document;
  };
  const byLocator = lazy(() => new Map(snapshot.policies.map((policy) => [policy.locator, policy])));
  const find = lazy(() => {
    const names = new Map<string, (Principal | Credential | Resource)[]>();
    const add = (name: string, record: Principal | Credential | Resource): void => {
      const list = names.get(name);
      if (list === undefined) names.set(name, [record]);
      else if (!list.includes(record)) list.push(record);
    };
    for (const record of [...snapshot.principals, ...snapshot.resources]) for (const name of [record.id, record.locator, record.nativeId, record.displayName]) add(name, record);
    for (const record of snapshot.credentials) for (const name of [record.id, record.nativeId]) add(name, record);
    return names;
  });
  const whoIs = lazy(() => identityResolver(snapshot));
  const owners = lazy(() => ownerResolver(snapshot, { principals, credentials, resources, tenants, whoIs: (id) => whoIs()(id) }));
  const approvals = lazy(() => approvalMatcher(snapshot, { principals, entitlements, tenants }));
  const guardrails = lazy(() => guardrailIndex(snapshot));
  const linked = lazy(() => {
    const byIdentity = new Map<string, string[]>();
    for (const principal of snapshot.principals) {
      const { state, identityId } = whoIs()(principal.id);
      if (state === "linked" && identityId !== null) byIdentity.set(identityId, [...(byIdentity.get(identityId) ?? []), principal.id]);
    }
    return byIdentity;
  });
  // Several steps may answer for one kind (passwords: login profiles and the credential report): the best answer counts.
  const coverage = new Map<string, Coverage>();
  for (const row of snapshot.coverage) {
    const key = `${row.tenantId}|${row.kind}`;
    const before = coverage.get(key);
    if (before === undefined || COVERAGE_RANK[row.state] < COVERAGE_RANK[before.state]) coverage.set(key, row);
  }
  const unmatched: IdentityResolution = { state: "unmatched", identityId: null, confidence: 0, evidence: [] };

  const graph: AccessGraph = {
    snapshot,
    principal: (id) => principals.get(id),
    credential: (id) => credentials.get(id),
    entitlement: (id) => entitlements.get(id),
    grant: (id) => grants.get(id),
    policy: (id) => policies.get(id),
    resource: (id) => resources.get(id),
    tenant: (id) => tenants.get(id),
    identity: (id) => identities.get(id),
    find: (text) => find().get(text) ?? [],
    grantsOf,
    credentialsOf: (holderId) => byHolder.get(holderId) ?? [],
    groupsOf,
    membersOf(groupId) {
      const n = numbers.get(groupId);
      return n === undefined ? [] : reach(membersOfCsr, n).map(({ node }) => ids[node] ?? "").sort();
    },
    holdingsOf,
    holdersOf(entitlementId) {
      const holders: Holding[] = [];
      for (const { grant } of holderIndex().get(entitlementId) ?? []) {
        holders.push({ id: grant.id, principalId: grant.principalId, entitlementId, via: [], grants: [grant.id] });
        const n = numbers.get(grant.principalId);
        if (n === undefined) continue;
        for (const { node } of reach(membersOfCsr, n)) holders.push(...holdingsOf(ids[node] ?? "").filter((holding) => holding.grants.at(-1) === grant.id));
      }
      return [...new Map(holders.map((holding) => [holding.id, holding])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    hops: (holding) => hopsOf(holding, graph),
    adminGrants: (principalId) => adminGrantsOf(principalId, graph, guardrails()),
    parsed,
    whoIs: (principalId) => (principals.has(principalId) ? whoIs()(principalId) : unmatched),
    principalsOf: (identityId) => linked().get(identityId) ?? [],
    ownersOf: (subject) => owners()(subject),
    approvalsOf: (holding) => approvals()(holding),
    coverage: (tenantId, kind) => coverage.get(`${tenantId}|${kind}`),
  };
  return graph;
}

/** The holding as steps: memberships one by one, then what the last group (or the principal itself) is granted. */
function hopsOf(holding: Holding, graph: AccessGraph): readonly Hop[] {
  const name = (id: string): string => graph.principal(id)?.locator ?? graph.credential(id)?.displayHint ?? id;
  const hops: Hop[] = [];
  let from = holding.principalId;
  let used = 0;
  for (const step of holding.via) {
    const grant = graph.grant(holding.grants[used] ?? "");
    // A nested team has no grant of its own: the next grant is about another step then.
    const own = grant !== undefined && graph.entitlement(grant.entitlementId)?.targetId === step && grant.principalId === from;
    const technique = !own
      ? { id: "nested-in", name: "is nested in" }
      : grant.kind === "assignment"
        ? { id: "assigned", name: "is assigned" }
        : { id: "member-of", name: "is a member of" };
    hops.push({ from: name(from), fromId: from, to: name(step), toId: step, technique, grants: own ? [grant.id] : [] });
    if (own) used += 1;
    from = step;
  }
  const last = graph.grant(holding.grants.at(-1) ?? "");
  const entitlement = graph.entitlement(holding.entitlementId);
  if (last === undefined || entitlement === undefined) return hops;
  hops.push({
    from: name(from),
    fromId: from,
    to: entitlement.displayName,
    toId: entitlement.id,
    technique: { id: "granted", name: "is granted" },
    grants: [last.id],
  });
  return hops;
}

function index<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const list = groups.get(key(row));
    if (list === undefined) groups.set(key(row), [row]);
    else list.push(row);
  }
  return groups;
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
