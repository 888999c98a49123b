import type { Identity } from "../model/identity.ts";
import type { Principal } from "../model/principal.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { matchesPattern } from "../text/pattern.ts";
import type { IdentityResolution } from "./access-graph.ts";
import { meansTenant } from "./approvals.ts";

/** How far each kind of evidence goes; combined by 1 − Π(1 − c), capped below certainty. Only the map is certain. */
const CONFIDENCE = {
  provider: 0.95,
  identityCenterEmail: 0.95,
  identityCenterUserName: 0.95,
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
  /** Who says so. Two clues of one source are no independent evidence: the better one counts. */
  readonly source: "provider" | "tag" | "profile" | "name";
  readonly confidence: number;
  readonly text: string;
}

/** Answers who is behind a principal, with the evidence. Answers are remembered: rules ask for each principal many times. */
export function identityResolver(snapshot: Snapshot): (principalId: string) => IdentityResolution {
  const principals = new Map(snapshot.principals.map((principal) => [principal.id, principal]));
  const maps = mappedPrincipals(snapshot);
  const clues = clueFinder(snapshot);
  const remembered = new Map<string, IdentityResolution>();
  return (principalId) => {
    const known = remembered.get(principalId);
    if (known !== undefined) return known;
    const principal = principals.get(principalId);
    const answer = principal === undefined ? UNMATCHED : resolve(principal, maps(principal), clues);
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
  cluesOf: (principal: Principal) => readonly Clue[],
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
  const [owner] = owned;
  // What the map says is certain; where it names two people it contradicts itself, and other evidence settles nothing.
  if (owner !== undefined) {
    const evidence = owned.map((row) => `identity map, line ${row.line}`);
    const one = owned.every((row) => row.identityId === owner.identityId);
    return one
      ? { state: "linked", identityId: owner.identityId, confidence: 1, evidence }
      : {
          state: "conflict",
          identityId: null,
          candidates: [...new Set(owned.map((row) => row.identityId))].sort(),
          confidence: 1,
          evidence,
        };
  }
  if (!PERSONAL.has(principal.kind)) return UNMATCHED;
  const denied = new Set(rows.filter((row) => row.relation === "not_same").map((row) => row.identityId));
  return decide(cluesOf(principal).filter((clue) => !denied.has(clue.identityId)));
}

/** Answers the reasons to believe who somebody is, from what the provider, tags, profiles and names say. */
function clueFinder({ identities, relations }: Snapshot): (principal: Principal) => readonly Clue[] {
  const domains = companyDomains(identities);
  // An address that stands with two people in the roster is a clue for both, and so a conflict.
  const byEmail = new Map<string, readonly string[]>();
  const byName = new Map<string, readonly string[]>();
  const file = (index: Map<string, readonly string[]>, key: string, id: string): void =>
    void index.set(key, [...(index.get(key) ?? []), id]);
  for (const identity of identities) {
    if (identity.email !== null) file(byEmail, normalEmail(identity.email, domains), identity.id);
    for (const name of similarNames(identity)) file(byName, name, identity.id);
  }
  const asserted = new Map<string, readonly string[]>();
  for (const { kind, fromId, toId } of relations)
    if (kind === "linked-to") asserted.set(fromId, [...(asserted.get(fromId) ?? []), toId]);

  return (principal) => {
    const clues: Clue[] = (asserted.get(principal.id) ?? []).map((identityId) => ({
      identityId,
      source: "provider",
      confidence: CONFIDENCE.provider,
      text: "the provider links them",
    }));
    const email = (address: string, source: Clue["source"], confidence: number, what: string): void => {
      for (const identityId of byEmail.get(normalEmail(address, domains)) ?? [])
        clues.push({ identityId, source, confidence, text: `${what} is in the roster` });
    };
    const centre = principal.nativeType === "identity-center-user";
    if (principal.email.known && principal.email.value !== null) {
      const address = principal.email.value;
      if (centre) email(address, "provider", CONFIDENCE.identityCenterEmail, "Identity Center e-mail");
      else if (principal.attributes["emailVerified"] === true)
        email(address, "provider", CONFIDENCE.verifiedDomainEmail, "verified-domain e-mail");
      else email(address, "profile", CONFIDENCE.profileEmail, "profile e-mail");
    }
    // The user name an identity provider hands out is an address where people sign in with one.
    if (centre && principal.locator.includes("@"))
      email(principal.locator, "provider", CONFIDENCE.identityCenterUserName, "Identity Center user name");
    if (principal.tags.known) {
      for (const [key, value] of Object.entries(principal.tags.value).sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (/^(owner|email|e-mail|mail)$/i.test(key))
          email(value, "tag", CONFIDENCE.tagEmail, `tag ${key.toLowerCase()}`);
      }
    }
    const [similar, ...others] = byName.get(simpleName(principal.displayName)) ?? [];
    if (similar !== undefined && others.length === 0)
      clues.push({
        identityId: similar,
        source: "name",
        confidence: CONFIDENCE.similarName,
        text: "the names are alike",
      });
    return clues;
  };
}

function decide(clues: readonly Clue[]): IdentityResolution {
  const byIdentity = new Map<string, Map<Clue["source"], Clue>>();
  for (const clue of clues) {
    const bySource = byIdentity.get(clue.identityId) ?? new Map<Clue["source"], Clue>();
    byIdentity.set(clue.identityId, bySource);
    if ((bySource.get(clue.source)?.confidence ?? 0) < clue.confidence) bySource.set(clue.source, clue);
  }
  const ranked = [...byIdentity]
    .map(([identityId, bySource]) => {
      // Whoever wrote a tag chose the login's name as well: a likeness suggests, it does not make other evidence stronger.
      const told = [...bySource.values()].filter(({ source }) => source !== "name");
      const counted = told.length > 0 ? told : [...bySource.values()];
      const doubt = counted.reduce((product, { confidence }) => product * (1 - confidence), 1);
      return {
        identityId,
        confidence: Math.round(Math.min(CAP, 1 - doubt) * 100) / 100,
        evidence: counted.map(({ text }) => text),
      };
    })
    .sort((a, b) => b.confidence - a.confidence || (a.identityId < b.identityId ? -1 : 1));
  const [best, second] = ranked;
  if (best === undefined) return UNMATCHED;
  if (second !== undefined && second.confidence >= PROBABLE) {
    return {
      state: "conflict",
      identityId: null,
      candidates: ranked.filter(({ confidence }) => confidence >= PROBABLE).map(({ identityId }) => identityId),
      confidence: best.confidence,
      evidence: [...best.evidence, ...second.evidence],
    };
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
    const row = {
      identityId: relation.fromId,
      relation: String(relation.attributes["relation"]),
      line: Number(relation.attributes["line"] ?? 0),
      system,
      tenant,
      native,
    };
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
  const own = identities.filter(
    (identity) => identity.kind === "human" && identity.employment !== "external" && identity.email !== null,
  );
  return new Set(own.map((identity) => (identity.email ?? "").toLowerCase().split("@")[1] ?? ""));
}

/** E-mail folded for comparison; plus-tags come off only inside the company's own domains. */
function normalEmail(email: string, domains: ReadonlySet<string>): string {
  const [local = "", domain = ""] = email.trim().toLowerCase().split("@");
  return `${domains.has(domain) ? local.replace(/\+.*$/, "") : local}@${domain}`;
}

const simpleName = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

function similarNames(identity: Identity): string[] {
  const names = [simpleName(identity.displayName)];
  if (identity.email !== null) names.push(simpleName(identity.email.split("@")[0] ?? ""));
  return [...new Set(names)].filter((name) => name.length >= 4);
}
