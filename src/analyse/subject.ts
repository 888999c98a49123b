import type { AccessGraph } from "../graph/access-graph.ts";
import type { Credential } from "../model/credential.ts";
import type { FindingEvidence, FindingSubject } from "../model/finding.ts";
import { dayOf, type Instant, type LastUse } from "../model/instant.ts";
import type { Observed } from "../model/observed.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";

/** A record as the subject of a finding. */
export function subjectOf(record: Principal | Resource | Credential, graph: AccessGraph): FindingSubject {
  if ("displayHint" in record) {
    const holder =
      record.holderId === null ? undefined : (graph.principal(record.holderId) ?? graph.resource(record.holderId));
    return {
      id: record.id,
      kind: record.kind,
      locator: `${holder?.locator ?? ""}#${record.nativeId}`,
      displayName: `${record.displayHint} of ${holder?.displayName ?? "nobody known"}`,
      tenant: record.tenantId,
    };
  }
  return {
    id: record.id,
    kind: record.kind,
    locator: record.locator,
    displayName: record.displayName,
    tenant: record.tenantId,
  };
}

/** A credential's id and hint, as findings carry them. */
export const credentialOf = (credential: Credential) => ({ id: credential.id, hint: credential.displayHint });

/** Whose credential it is, for a sentence. */
export function holderName(credential: Credential, graph: AccessGraph): string {
  return credential.holderId === null
    ? "nobody known"
    : (graph.principal(credential.holderId)?.displayName ??
        graph.resource(credential.holderId)?.displayName ??
        credential.holderId);
}

/** Where the facts came from: one line for one source, true as of the snapshot. */
export const evidence = (now: Instant, ...sources: readonly string[]): readonly FindingEvidence[] =>
  sources.map((source) => ({ source, observedAt: now }));

/** A day for a sentence. */
export const day = (instant: Instant): string => dayOf(instant);

/** Active credentials of a kind in tenants whose facts were read. */
export function activeCredentials(
  kind: Credential["kind"],
  graph: AccessGraph,
  readable: (tenantId: string) => boolean,
): readonly Credential[] {
  return graph.snapshot.credentials.filter(
    (credential) =>
      credential.kind === kind &&
      readable(credential.tenantId) &&
      !(credential.status.known && credential.status.value === "inactive"),
  );
}

/** Whether something was used at all, as far as that is known. */
export const everUsed = (last: Observed<LastUse>): last is { readonly known: true; readonly value: Instant } =>
  last.known && last.value !== "never";

/** A role that AWS itself governs: nobody here can change it. */
export const governedByAws = (principal: Principal): boolean =>
  principal.attributes["serviceLinked"] === true || principal.attributes["reserved"] === true;
