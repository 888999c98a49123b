import type { AccessGraph } from "../graph/access-graph.ts";
import type { Credential } from "../model/credential.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Grant } from "../model/grant.ts";
import { hasLeft } from "../model/identity.ts";
import { dayOf } from "../model/instant.ts";
import type { Principal } from "../model/principal.ts";
import type { ShownFacts } from "../model/review-item.ts";
import { SEVERITIES } from "../model/severity.ts";
import { trustStatements, type TrustStatement } from "../policy/aws/trust.ts";

/**
 * Rules that are about a holder and not about one thing it holds, with what they say something about: everything of the holder,
 * or its credentials of some kinds. Their findings name the holder; without this a sheet would say that nothing was found about
 * a root key, or about the key of somebody who left.
 */
const ABOUT_THE_HOLDER: Readonly<Record<string, "everything" | readonly Credential["kind"][]>> = {
  "leaver-has-access": "everything",
  "root-access-key": ["access-key"],
  "root-used": "everything",
  "root-without-second-factor": "everything",
  "member-without-second-factor": "everything",
  "dormant-member": "everything",
  "unowned-principal": "everything",
  "machine-without-technical-owner": "everything",
  "second-active-access-key": ["access-key"],
};

/** Findings by what they are about. */
export interface FindingIndex {
  /** What was found about the grant itself, and about its holder as a whole. */
  ofGrant(grant: Grant, holder: Principal | undefined): readonly Finding[];
  /** What was found about the credential itself, and about its holder as a whole. */
  ofCredential(credential: Credential): readonly Finding[];
}

/** Files every finding under the grants, the credential and the holder that it is about. */
export function indexFindings(findings: readonly Finding[]): FindingIndex {
  const bySubject = new Map<string, Finding[]>();
  const byHolder = new Map<string, Finding[]>();
  const file = (index: Map<string, Finding[]>, id: string, finding: Finding): void => {
    const filed = index.get(id);
    if (filed === undefined) index.set(id, [finding]);
    else filed.push(finding);
  };
  for (const finding of findings) {
    const ids = new Set([finding.subject.id, ...finding.grants]);
    if (finding.credential !== undefined) ids.add(finding.credential.id);
    for (const id of ids) file(bySubject, id, finding);
    if (ABOUT_THE_HOLDER[finding.rule] !== undefined) file(byHolder, finding.subject.id, finding);
  }
  const both = (id: string, holderId: string | null, kind: Credential["kind"] | null): readonly Finding[] => [
    ...new Set([
      ...(bySubject.get(id) ?? []),
      ...(byHolder.get(holderId ?? "") ?? []).filter(({ rule }) => {
        const what = ABOUT_THE_HOLDER[rule];
        return what === "everything" || (kind !== null && what?.includes(kind) === true);
      }),
    ]),
  ];
  return {
    ofGrant: (grant, holder) => both(grant.id, standsForTenant(grant, holder) ? null : grant.principalId, null),
    ofCredential: (credential) => both(credential.id, credential.holderId, credential.kind),
  };
}

/** Whether the holder is a tenant as a whole, for which its root stands in trust policies: nothing about the root user itself. */
export function standsForTenant(grant: Grant, holder: Principal | undefined): boolean {
  return grant.kind === "trust" && holder?.kind === "root";
}

/** What an item is about, as far as a recommendation needs it. */
export interface Recommended {
  readonly graph: AccessGraph;
  /** Grant id or credential id. */
  readonly subjectId: string;
  readonly holder: Principal | undefined;
  /** The grant where it is a role's trust. */
  readonly trust: Grant | undefined;
  readonly findings: readonly Finding[];
}

/** One thing that speaks about an item. */
interface Voice {
  readonly revoke: boolean;
  readonly score: number;
  readonly sentence: string;
  /** Settles ties, so that the sheet is the same every time. */
  readonly id: string;
}

/**
 * What we would do, why, and how bad it could be. One reason to revoke outweighs every other; among equals the highest score
 * speaks. `keep` only where nothing speaks at all.
 */
export function recommend(item: Recommended): Pick<ShownFacts, "risk" | "recommendation" | "recommendationReason"> {
  const { graph, findings } = item;
  const asOf = dayOf(graph.snapshot.asOf);
  const risk = findings.reduce<Severity>(
    (worst, finding) => (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(worst) ? finding.severity : worst),
    "low",
  );
  const conditions = item.trust === undefined ? undefined : conditionWords(item.trust, item.holder, graph);
  const voices: Voice[] = [
    ...findings.map((finding): Voice => ({
      // What hangs on a group speaks for its members too: that one of them should lose it is no reason to take it from all.
      revoke: finding.suggestion === "revoke" && isOwn(finding, item),
      score: finding.score,
      sentence: finding.summary,
      id: finding.id,
    })),
    ...leaverVoice(item),
    ...(item.holder?.kind === "anyone" ? [anyoneVoice(item, conditions)] : []),
  ].sort((a, b) => Number(b.revoke) - Number(a.revoke) || b.score - a.score || (a.id < b.id ? -1 : 1));
  const [first] = voices;
  if (first === undefined) {
    return {
      risk,
      recommendation: "keep",
      recommendationReason: `nothing was found about it as of ${asOf}${conditions === undefined ? "" : `; the trust ${conditions}`}`,
    };
  }
  return {
    risk,
    recommendation: first.revoke ? "revoke" : "look_closer",
    recommendationReason: `${first.sentence} (as of ${asOf})`,
  };
}

function isOwn({ subject, credential }: Finding, { subjectId, holder }: Recommended): boolean {
  return subject.id === subjectId || subject.id === holder?.id || credential?.id === subjectId;
}

/** Who left keeps nothing, also where no rule speaks: a login that cannot sign in any more still holds what it holds. */
function leaverVoice({ graph, holder, trust }: Recommended): readonly Voice[] {
  if (holder === undefined || (trust !== undefined && standsForTenant(trust, holder))) return [];
  const who = graph.whoIs(holder.id);
  const identity = who.identityId === null ? undefined : graph.identity(who.identityId);
  if (identity === undefined || !hasLeft(identity, graph.snapshot.asOf)) return [];
  const left = `${identity.displayName}, who left${identity.endDate === null ? "" : ` on ${dayOf(identity.endDate)}`}`;
  const sure = who.state === "linked";
  const belongs = sure
    ? `belongs to ${left}`
    : who.state === "service" || who.state === "shared"
      ? `is answered for by ${left}`
      : `${who.state === "probable" ? "probably" : "perhaps"} belongs to ${left}`;
  return [{ revoke: sure, score: -1, sentence: `\`${holder.displayName}\` ${belongs}`, id: "left" }];
}

/** A trust in everyone is never a plain keep: whether its conditions are enough is what somebody has to look at. */
function anyoneVoice({ graph, trust }: Recommended, conditions: string | undefined): Voice {
  const role = graph.principal(graph.entitlement(trust?.entitlementId ?? "")?.targetId ?? "");
  return {
    revoke: false,
    score: -1,
    sentence: `role \`${role?.displayName ?? "unknown"}\` trusts everyone; the trust ${conditions ?? "has no condition"}`,
    id: "anyone",
  };
}

/** What limits a trust in words that follow `the trust`; undefined where nothing does. The keys only: a value may be a secret. */
function conditionWords(grant: Grant, holder: Principal | undefined, graph: AccessGraph): string | undefined {
  const roleId = graph.entitlement(grant.entitlementId)?.targetId;
  if (roleId === undefined || holder === undefined) return undefined;
  const parsed = graph.parsed(`${roleId}/trust`);
  if (!parsed.known) return `may have conditions, which could not be read: ${parsed.why}`;
  const all = trustStatements(parsed.value);
  const named = all.filter((statement) => names(statement, holder));
  const statements = named.length > 0 ? named : all;
  if (statements.some(({ conditions }) => conditions.length === 0)) return undefined;
  const keys = [...new Set(statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)))].sort();
  return keys.length === 0
    ? undefined
    : `has conditions that are not shown here, on ${keys.map((key) => `\`${key}\``).join(", ")}`;
}

function names({ trusted, everyoneExcept }: TrustStatement, { kind, locator }: Principal): boolean {
  if (kind === "anyone") return everyoneExcept || trusted.some((party) => party.kind === "anyone");
  return trusted.some((party) => {
    switch (party.kind) {
      case "anyone":
        return false;
      case "tenant":
        return locator === `arn:aws:iam::${party.tenant}:root`;
      case "principal":
        return locator === party.arn;
      case "federated":
        return locator === party.provider;
      case "service":
        return locator === party.name;
      case "other":
        return locator === party.text;
    }
  });
}
