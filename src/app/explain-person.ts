import type { AccessGraph } from "../graph/access-graph.ts";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { Identity } from "../model/identity.ts";
import type { Tenant } from "../model/tenant.ts";
import { explainedFinding, explainedSubject, type ExplainedFinding, type ExplainedSubject } from "./explained.ts";

/** A person of the roster and everything it signs in as. */
export interface PersonExplanation {
  readonly schema: "leastwise/explain@1";
  readonly kind: "person";
  readonly person: Pick<Identity, "id" | "kind" | "displayName" | "email" | "department" | "employment"> & {
    /** Name of the manager; null where none is known. */
    readonly manager: string | null;
  };
  /** Linked principals with how surely each is the person. */
  readonly principals: readonly (ExplainedSubject & { readonly confidence: number })[];
  readonly findings: readonly ExplainedFinding[];
}

/** An AWS tenant or an organization of GitHub: what was collected of it. */
export interface TenantExplanation {
  readonly schema: "leastwise/explain@1";
  readonly kind: "tenant";
  readonly tenant: { readonly id: string; readonly system: string; readonly name: string };
  /** Owners of an organization of GitHub, by login; empty for anything else. */
  readonly owners: readonly string[];
  /** How many principals and resources there are of each kind: `user`, `repository`. */
  readonly counts: readonly { readonly kind: string; readonly count: number }[];
  /** Findings about the tenant itself, not about what is in it. */
  readonly findings: readonly ExplainedFinding[];
}

/** People of that e-mail or name, without regard to case. */
export function peopleCalled(text: string, { snapshot }: AccessGraph): readonly Identity[] {
  const lower = text.toLowerCase();
  const byAddress = snapshot.identities.filter(({ id, email }) => id === text || email?.toLowerCase() === lower);
  return byAddress.length > 0
    ? byAddress
    : snapshot.identities.filter(({ displayName }) => displayName.toLowerCase() === lower);
}

/** Who somebody is. */
export function explainPerson(person: Identity, graph: AccessGraph, document: FindingsDocument): PersonExplanation {
  const { id, kind, displayName, email, department, employment, managerId } = person;
  const principals = graph.principalsOf(id).flatMap((principalId) => graph.principal(principalId) ?? []);
  const subjects = new Set([
    id,
    ...principals.flatMap((one) => [one.id, ...graph.credentialsOf(one.id).map((credential) => credential.id)]),
  ]);
  return {
    schema: "leastwise/explain@1",
    kind: "person",
    person: {
      id,
      kind,
      displayName,
      email,
      department,
      employment,
      manager: managerId === null ? null : (graph.identity(managerId)?.displayName ?? managerId),
    },
    principals: principals.map((one) => ({
      ...explainedSubject(one, graph),
      confidence: graph.whoIs(one.id).confidence,
    })),
    findings: document.findings.filter(({ subject }) => subjects.has(subject.id)).map(explainedFinding),
  };
}

/** A tenant by what people call it, its digits or its id; organizations without regard to case. */
export function tenantNamed(text: string, { snapshot }: AccessGraph): Tenant | undefined {
  return snapshot.tenants.find(
    ({ id, system, name, nativeId }) =>
      system !== "roster" &&
      ([id, nativeId, name].includes(text) || (system === "github" && name.toLowerCase() === text.toLowerCase())),
  );
}

/** What was collected of a tenant. */
export function explainTenant(
  { id, system, name }: Tenant,
  graph: AccessGraph,
  document: FindingsDocument,
): TenantExplanation {
  const counts = new Map<string, number>();
  for (const { tenantId, kind } of [...graph.snapshot.principals, ...graph.snapshot.resources])
    if (tenantId === id) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const owners = system === "github" ? graph.holdersOf(`${id}#organization-role/owner`) : [];
  return {
    schema: "leastwise/explain@1",
    kind: "tenant",
    tenant: { id, system, name },
    owners: [
      ...new Set(
        owners.flatMap(({ principalId }) => {
          const principal = graph.principal(principalId);
          return principal?.kind === "user" ? [principal.locator] : [];
        }),
      ),
    ].sort(),
    counts: [...counts]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    findings: document.findings.filter(({ subject }) => subject.id === id).map(explainedFinding),
  };
}
