import type { Credential } from "../model/credential.ts";
import type { Owner } from "../model/owner.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Tenant } from "../model/tenant.ts";
import type { IdentityResolution, ResolvedOwners } from "./access-graph.ts";
import { meansTenant } from "./approvals.ts";
import { byCell } from "./by-cell.ts";

/** What owners are resolved over. */
interface Records {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly tenants: ReadonlyMap<string, Tenant>;
  whoIs(principalId: string): IdentityResolution;
}

/**
 * Answers who answers for something: the most specific row of owners.csv (fewest wildcards, longest text, a named kind
 * before `*`), per role. A credential without a row of its own inherits from its holder; a row about everything is nobody's own.
 */
export function ownerResolver(
  snapshot: Snapshot,
  records: Records,
): (subject: Principal | Credential | Resource) => ResolvedOwners {
  const rows = [...snapshot.owners].sort((a, b) => specificity(b) - specificity(a) || a.line - b.line);
  const meaning = byCell(rows, (row) => row.native);
  const identities = new Map<string, string>();
  for (const identity of snapshot.identities) {
    identities.set(identity.id, identity.id);
    identities.set(identity.id.slice("identity:".length), identity.id);
    if (identity.email !== null) identities.set(identity.email.toLowerCase(), identity.id);
  }
  const idOf = (text: string): string => identities.get(text) ?? identities.get(text.toLowerCase()) ?? text;
  const resolve = (subject: Principal | Credential | Resource): ResolvedOwners => {
    const tenant = records.tenants.get(subject.tenantId);
    const names =
      "locator" in subject
        ? [subject.locator, subject.nativeId, subject.displayName, subject.id]
        : [subject.nativeId, subject.id, subject.displayHint];
    const matching = meaning(names).filter(
      (row) =>
        (row.system === subject.system || row.system === "*") &&
        (row.kind === "*" || row.kind === subject.kind) &&
        meansTenant(row.tenant, tenant),
    );
    const holder =
      "holderId" in subject && subject.holderId !== null
        ? (records.principals.get(subject.holderId) ?? records.resources.get(subject.holderId))
        : undefined;
    const own = holder === undefined ? matching : matching.filter((row) => row.kind !== "*" || /[^*]/.test(row.native));
    let business = own.find((row) => row.businessOwner !== null)?.businessOwner ?? null;
    let technical = own.find((row) => row.technicalOwner !== null)?.technicalOwner ?? null;
    if (holder !== undefined && (business === null || technical === null)) {
      const inherited = resolve(holder);
      business ??= inherited.business;
      technical ??= inherited.technical;
    }
    // identity-map.csv names who answers for a service or shared principal.
    if (technical === null && "secondFactor" in subject) {
      const who = records.whoIs(subject.id);
      if ((who.state === "service" || who.state === "shared") && who.identityId !== null) technical = who.identityId;
    }
    return {
      business: business === null ? null : idOf(business),
      technical: technical === null ? null : idOf(technical),
    };
  };
  return resolve;
}

/** How much a row says: fixed characters count, wildcards do not, a named kind and tenant count extra. */
function specificity(row: Owner): number {
  const fixed = row.native.replaceAll("*", "").length;
  return (
    fixed * 10 + (row.native.includes("*") ? 0 : 1_000) + (row.kind === "*" ? 0 : 5) + (row.tenant === "*" ? 0 : 2)
  );
}
