/**
 * The access graph of one snapshot behind the interface in access-graph.ts. One file because every answer shares the same
 * interned numbers and indexes; the heavier questions (identity, owners, admin) are worked out beside it.
 */
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
import { adminResolver } from "./admin-grants.ts";
import { approvalMatcher } from "./approvals.ts";
import { bestCoverage } from "./best-coverage.ts";
import { reach, waysByFirstStep, waysFrom, type Way } from "./closure.ts";
import { buildCsr, EdgeList, reversed } from "./csr.ts";
import { identityResolver } from "./identity.ts";
import { inOrder } from "./in-order.ts";
import { ownerResolver } from "./owners.ts";

/** Parsed documents a graph keeps: about 8 KB each. */
const MOST_JUDGED = 10_000;

/** A label that is no grant: membership by nesting (`parent-of`). */
const NESTING = -1;

/** Builds the graph once; answers are worked out when asked and remembered where asked often. */
export function buildGraph(given: Snapshot): AccessGraph {
  const snapshot = inOrder(given);
  const principals = index(snapshot.principals);
  const entitlements = index(snapshot.entitlements);
  const resources = index(snapshot.resources);
  const tenants = index(snapshot.tenants);
  const identities = index(snapshot.identities);
  const credentials = lazy(() => index(snapshot.credentials));
  const grants = lazy(() => index(snapshot.grants));
  const policies = lazy(() => index(snapshot.policies));

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
  const directEdges = new EdgeList(snapshot.grants.length);
  const memberEdges = new EdgeList(snapshot.grants.length + snapshot.relations.length);
  snapshot.grants.forEach((grant, position) => {
    const holder = number(grant.principalId);
    directEdges.add(holder, position, position);
    if (grant.kind !== "membership" && grant.kind !== "assignment") return;
    const entitlement = entitlements.get(grant.entitlementId);
    if (entitlement !== undefined) memberEdges.add(holder, number(entitlement.targetId), position);
  });
  // A child team has what its parents have: it is, in effect, a member of its parent.
  for (const relation of snapshot.relations) {
    if (relation.kind === "parent-of" && principals.has(relation.fromId) && principals.has(relation.toId)) {
      memberEdges.add(number(relation.toId), number(relation.fromId), NESTING);
    }
  }
  const direct = buildCsr(ids.length, directEdges.edges());
  const memberOf = buildCsr(ids.length, memberEdges.edges());
  const membersOf = buildCsr(ids.length, reversed(memberEdges.edges()));

  const byHolder = lazy(() => groupBy(snapshot.credentials, (credential) => credential.holderId ?? ""));
  const byEntitlement = lazy(() => groupBy(snapshot.grants, (grant) => grant.entitlementId));

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
  const idsOf = (nodes: readonly number[]): string[] => nodes.map((node) => ids[node] ?? "");
  const grantIds = (labels: readonly number[]): string[] =>
    labels.flatMap((label) => (label === NESTING ? [] : [snapshot.grants[label]?.id ?? ""]));
  const groupsOf: AccessGraph["groupsOf"] = (principalId) => {
    const n = numbers.get(principalId);
    return n === undefined
      ? []
      : waysFrom(memberOf, n).map(({ node, via, labels }) => ({
          groupId: ids[node] ?? "",
          via: idsOf(via),
          grants: grantIds(labels),
        }));
  };
  /** What the group at the end of the way holds, as holdings of the one who goes it. */
  const throughWay = (principalId: string, { via, labels }: Way, held: readonly Grant[]): Holding[] => {
    const [steps, memberships] = [idsOf(via), grantIds(labels)];
    return held.map((grant) => indirectHolding(principalId, steps, memberships, grant));
  };
  const holdingsOf = (principalId: string): readonly Holding[] => {
    const n = numbers.get(principalId);
    if (n === undefined) return [];
    return [
      ...grantsAt(n).map((grant) => directHolding(grant)),
      ...waysByFirstStep(memberOf, n).flatMap((way) => throughWay(principalId, way, grantsAt(way.node))),
    ];
  };
  const holdersOf = (entitlementId: string): readonly Holding[] => {
    const holders: Holding[] = [];
    for (const grant of byEntitlement().get(entitlementId) ?? []) {
      holders.push(directHolding(grant));
      const group = numbers.get(grant.principalId);
      if (group === undefined) continue;
      for (const member of reach(membersOf, group)) {
        for (const way of waysByFirstStep(memberOf, member))
          if (way.node === group) holders.push(...throughWay(ids[member] ?? "", way, [grant]));
      }
    }
    return [...index(holders).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  };

  // Several rules ask for the same document, and inline policies repeat each other's text: remembered by text, which is shared.
  // Beyond this many the memory is worth more than the time.
  const judged = new Map<string, Observed<ParsedPolicy>>();
  /** Of the documents beyond those: the ones that can be judged. */
  const sound = new Set<string>();
  const parsedText = (text: string): Observed<ParsedPolicy> => {
    const before = judged.get(text);
    if (before !== undefined) return before;
    const result = parsePolicy(text);
    if (judged.size < MOST_JUDGED || !result.known) judged.set(text, result);
    else sound.add(text);
    return result;
  };
  const parsed = (policyId: string): Observed<ParsedPolicy> => {
    const document = documentOf(policyId);
    return document.known ? parsedText(document.value) : document;
  };
  const fault = (policyId: string): string | undefined => {
    const document = documentOf(policyId);
    if (document.known && sound.has(document.value)) return undefined;
    const judgement = document.known ? parsedText(document.value) : document;
    return judgement.known ? undefined : judgement.why;
  };
  const documentOf = (policyId: string): Observed<string> => {
    // A permission set names a tenant's own policy by ARN only: the policy's record is found by where it says it lies.
    const policy = policies().get(policyId) ?? byLocator().get(policyId.slice(policyId.indexOf(":arn:") + 1));
    if (policy === undefined) return unknown(`the policy \`${policyId}\` was not read`);
    return policy.document;
  };
  const byLocator = lazy(() => new Map(snapshot.policies.map((policy) => [policy.locator, policy])));
  const find = lazy(() => {
    const names = new Map<string, (Principal | Credential | Resource)[]>();
    const add = (name: string, record: Principal | Credential | Resource): void => {
      const list = names.get(name);
      if (list === undefined) names.set(name, [record]);
      else if (!list.includes(record)) list.push(record);
    };
    for (const record of [...snapshot.principals, ...snapshot.resources])
      for (const name of [record.id, record.locator, record.nativeId, record.displayName]) add(name, record);
    for (const record of snapshot.credentials) for (const name of [record.id, record.nativeId]) add(name, record);
    return names;
  });
  const whoIs = lazy(() => identityResolver(snapshot));
  const owners = lazy(() => ownerResolver(snapshot, { principals, resources, tenants, whoIs: (id) => whoIs()(id) }));
  const approvals = lazy(() => approvalMatcher(snapshot, { principals, entitlements, tenants, grants: grants() }));
  const admins = lazy(() => adminResolver(graph));
  const linked = lazy(() => {
    const byIdentity = new Map<string, string[]>();
    for (const principal of snapshot.principals) {
      const { state, identityId } = whoIs()(principal.id);
      if (state !== "linked" || identityId === null) continue;
      const list = byIdentity.get(identityId);
      if (list === undefined) byIdentity.set(identityId, [principal.id]);
      else list.push(principal.id);
    }
    return byIdentity;
  });
  const coverage = new Map(bestCoverage(snapshot.coverage).map((row) => [`${row.tenantId}|${row.kind}`, row]));
  const unmatched: IdentityResolution = { state: "unmatched", identityId: null, confidence: 0, evidence: [] };

  const graph: AccessGraph = {
    snapshot,
    principal: (id) => principals.get(id),
    credential: (id) => credentials().get(id),
    entitlement: (id) => entitlements.get(id),
    grant: (id) => grants().get(id),
    policy: (id) => policies().get(id),
    resource: (id) => resources.get(id),
    tenant: (id) => tenants.get(id),
    identity: (id) => identities.get(id),
    find: (text) => find().get(text) ?? [],
    grantsOf,
    credentialsOf: (holderId) => byHolder().get(holderId) ?? [],
    groupsOf,
    membersOf(groupId) {
      const n = numbers.get(groupId);
      return n === undefined ? [] : idsOf(reach(membersOf, n)).sort();
    },
    holdingsOf,
    holdersOf,
    hops: (holding) => hopsOf(holding, graph),
    adminGrants: (principalId) => admins()(principalId),
    unjudged(principalId) {
      const holders = [principalId, ...groupsOf(principalId).map(({ groupId }) => groupId)];
      const held = holders.flatMap(grantsOf).flatMap(({ entitlementId }) => entitlements.get(entitlementId) ?? []);
      const policyIds = new Set(held.flatMap(({ kind, targetId }) => (kind === "policy" ? [targetId] : [])));
      return [...policyIds].sort().flatMap((policyId) => {
        const why = fault(policyId);
        return why === undefined ? [] : [{ policyId, why }];
      });
    },
    parsed,
    fault,
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
    const own =
      grant !== undefined && graph.entitlement(grant.entitlementId)?.targetId === step && grant.principalId === from;
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

function directHolding({ id, principalId, entitlementId }: Grant): Holding {
  return { id, principalId, entitlementId, via: [], grants: [id] };
}

/** Held through groups. The id is worked out when it is asked for: most holdings are only counted or looked through. */
function indirectHolding(
  principalId: string,
  via: readonly string[],
  memberships: readonly string[],
  { id: last, kind, entitlementId }: Grant,
): Holding {
  let id: string | undefined;
  return {
    get id() {
      return (id ??= grantId(kind, principalId, entitlementId, via));
    },
    principalId,
    entitlementId,
    via,
    grants: [...memberships, last],
  };
}

function index<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = key(row);
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [row]);
    else list.push(row);
  }
  return groups;
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
