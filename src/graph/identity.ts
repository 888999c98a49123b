import type { Identity } from "../model/identity.ts";
import type { Principal } from "../model/principal.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { matchesPattern } from "../text/pattern.ts";
import type { IdentityResolution } from "./access-graph.ts";
import { meansTenant } from "./approvals.ts";

/** How far each kind of evidence goes; combined by 1 − Π(1 − c), capped below certainty. Only the map is certain. */
const CONFIDENCE = {
  identityCenterEmail: 0.95,
  verifiedDomainEmail: 0.92,
  tagEmail: 0.85,
  profileEmail: 0.5,
  similarName: 0.4,
} as const;
const CAP = 0.99;
const LINKED = 0.9;
const PROBABLE = 0.6;

const UNMATCHED: IdentityResolution = { state: "unmatched", identityId: null, confidence: 0, evidence: [] };
const PERSONAL = new Set<Principal["kind"]>(["user"]);

/** One reason to believe that a principal belongs to an identity. */
interface Clue {
  readonly identityId: string;
  readonly confidence: number;
  readonly text: string;
}

/** Answers who is behind a principal, with the evidence. Answers are remembered: rules ask for each principal many times. */
export function identityResolver(snapshot: Snapshot): (principalId: string) => IdentityResolution {
  const principals = new Map(snapshot.principals.map((principal) => [principal.id, principal]));
  const domains = companyDomains(snapshot.identities);
  const byEmail = new Map<string, string>();
  const byName = new Map<string, string[]>();
  for (const identity of snapshot.identities) {
    if (identity.email !== null) byEmail.set(normalEmail(identity.email, domains), identity.id);
    for (const name of similarNames(identity)) byName.set(name, [...(byName.get(name) ?? []), identity.id]);
  }
  const maps = mappedPrincipals(snapshot);
  const remembered = new Map<string, IdentityResolution>();
  return (principalId) => {
    const known = remembered.get(principalId);
    if (known !== undefined) return known;
    const principal = principals.get(principalId);
    const answer = principal === undefined ? UNMATCHED : resolve(principal, maps(principal), (email) => byEmail.get(normalEmail(email, domains)), byName);
    remembered.set(principalId, answer);
    return answer;
  };
}

/** A row of identity-map.csv that is about the principal. */
interface MapRow {
  readonly identityId: string;
  readonly relation: string;
  readonly line: number;
}

function resolve(
  principal: Principal,
  rows: readonly MapRow[],
  byEmail: (email: string) => string | undefined,
  byName: ReadonlyMap<string, readonly string[]>,
): IdentityResolution {
  const machine = rows.find((row) => row.relation === "service" || row.relation === "shared");
  if (machine !== undefined) {
    return {
      state: machine.relation === "service" ? "service" : "shared",
      identityId: machine.identityId === "identity:" ? null : machine.identityId,
      confidence: 1,
      evidence: [`identity map, line ${machine.line}: ${machine.relation}`],
    };
  }
  const owned = rows.filter((row) => row.relation === "owns");
  const owner = owned[0];
  if (owner !== undefined && new Set(owned.map((row) => row.identityId)).size === 1) {
    return { state: "linked", identityId: owner.identityId, confidence: 1, evidence: [`identity map, line ${owner.line}`] };
  }
  if (!PERSONAL.has(principal.kind)) return UNMATCHED;
  const denied = new Set(rows.filter((row) => row.relation === "not_same").map((row) => row.identityId));
  const clues = [...owned.map((row) => ({ identityId: row.identityId, confidence: 1, text: `identity map, line ${row.line}` })), ...cluesOf(principal, byEmail, byName)].filter(
    (clue) => !denied.has(clue.identityId),
  );
  return decide(clues);
}

function cluesOf(principal: Principal, byEmail: (email: string) => string | undefined, byName: ReadonlyMap<string, readonly string[]>): Clue[] {
  const clues: Clue[] = [];
  const email = (address: string, confidence: number, what: string): void => {
    const identityId = byEmail(address);
    if (identityId !== undefined) clues.push({ identityId, confidence, text: `${what} is in the roster` });
  };
  if (principal.email.known && principal.email.value !== null) {
    const [confidence, what] =
      principal.nativeType === "identity-center-user"
        ? ([CONFIDENCE.identityCenterEmail, "Identity Center e-mail"] as const)
        : principal.attributes["emailVerified"] === true
          ? ([CONFIDENCE.verifiedDomainEmail, "verified-domain e-mail"] as const)
          : ([CONFIDENCE.profileEmail, "profile e-mail"] as const);
    email(principal.email.value, confidence, what);
  }
  if (principal.tags.known) {
    for (const [key, value] of Object.entries(principal.tags.value)) {
      if (/^(owner|email|e-mail|mail)$/i.test(key)) email(value, CONFIDENCE.tagEmail, `tag ${key.toLowerCase()}`);
    }
  }
  const similar = byName.get(simpleName(principal.displayName));
  if (similar?.length === 1 && similar[0] !== undefined) clues.push({ identityId: similar[0], confidence: CONFIDENCE.similarName, text: "the names are alike" });
  return clues;
}

function decide(clues: readonly Clue[]): IdentityResolution {
  const byIdentity = new Map<string, { missing: number; evidence: string[] }>();
  for (const clue of clues) {
    const sum = byIdentity.get(clue.identityId) ?? { missing: 1, evidence: [] };
    sum.missing *= 1 - clue.confidence;
    sum.evidence.push(clue.text);
    byIdentity.set(clue.identityId, sum);
  }
  const ranked = [...byIdentity]
    .map(([identityId, { missing, evidence }]) => ({ identityId, confidence: Math.round(Math.min(CAP, 1 - missing) * 100) / 100, evidence }))
    .sort((a, b) => b.confidence - a.confidence || (a.identityId < b.identityId ? -1 : 1));
  const [best, second] = ranked;
  if (best === undefined) return UNMATCHED;
  if (second !== undefined && second.confidence >= PROBABLE) {
    return { state: "conflict", identityId: null, confidence: best.confidence, evidence: [...best.evidence, ...second.evidence] };
  }
  const state = best.confidence >= LINKED ? "linked" : best.confidence >= PROBABLE ? "probable" : "suggested";
  return { state, ...best };
}

/** Rows of the identity map per principal; exact names are looked up, patterns are walked. */
function mappedPrincipals(snapshot: Snapshot): (principal: Principal) => readonly MapRow[] {
  const tenants = new Map(snapshot.tenants.map((tenant) => [tenant.id, tenant]));
  const exact = new Map<string, (MapRow & { system: string; tenant: string })[]>();
  const patterns: (MapRow & { system: string; tenant: string; native: string })[] = [];
  for (const relation of snapshot.relations) {
    if (relation.kind !== "identity-map") continue;
    const [system = "", tenant = "", ...rest] = relation.toId.split("|");
    const native = rest.join("|");
    const row = { identityId: relation.fromId, relation: String(relation.attributes["relation"]), line: Number(relation.attributes["line"] ?? 0), system, tenant, native };
    if (native.includes("*")) patterns.push(row);
    else exact.set(native.toLowerCase(), [...(exact.get(native.toLowerCase()) ?? []), row]);
  }
  return (principal) => {
    const names = [...new Set([principal.locator, principal.nativeId, principal.id, principal.displayName])];
    const rows = [
      ...names.flatMap((name) => exact.get(name.toLowerCase()) ?? []),
      ...patterns.filter((row) => names.some((name) => matchesPattern(row.native, name))),
    ].filter((row) => row.system === principal.system && meansTenant(row.tenant, tenants.get(principal.tenantId)));
    return [...new Set(rows)].sort((a, b) => a.line - b.line);
  };
}

/** Domains the company itself uses: those of people it employs. */
function companyDomains(identities: readonly Identity[]): ReadonlySet<string> {
  const own = identities.filter((identity) => identity.kind === "human" && identity.employment !== "external" && identity.email !== null);
  return new Set(own.map((identity) => (identity.email ?? "").toLowerCase().split("@")[1] ?? ""));
}

/** E-mail folded for comparison; plus-tags come off only inside the company's own domains. */
function normalEmail(email: string, domains: ReadonlySet<string>): string {
  const [local = "", domain = ""] = email.trim().toLowerCase().split("@");
  return `${domains.has(domain) ? local.replace(/\+.*$/, "") : local}@${domain}`;
}

const simpleName = (text: string): string => text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]/g, "");

function similarNames(identity: Identity): string[] {
  const names = [simpleName(identity.displayName)];
  if (identity.email !== null) names.push(simpleName(identity.email.split("@")[0] ?? ""));
  return [...new Set(names)].filter((name) => name.length >= 4);
}
