import type { AccessGraph } from "../graph/access-graph.ts";
import type { Credential } from "../model/credential.ts";
import type { Finding } from "../model/finding.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";

/** A principal, or the repository a deploy key opens, as people know it. */
export interface ExplainedSubject {
  readonly id: string;
  readonly kind: string;
  readonly locator: string;
  readonly displayName: string;
  readonly tenant: string;
}

/** Who answers for something: ids (or an e-mail the roster does not know) with the names people know; null where nobody is known. */
export interface ExplainedOwners {
  readonly business: string | null;
  readonly businessName: string | null;
  readonly technical: string | null;
  readonly technicalName: string | null;
}

/** A finding in one line. */
export type ExplainedFinding = Pick<Finding, "id" | "rule" | "severity" | "score" | "summary">;

/** A subject as it is shown. */
export function explainedSubject(subject: Principal | Resource, graph: AccessGraph): ExplainedSubject {
  const { id, kind, locator, displayName, tenantId } = subject;
  return { id, kind, locator, displayName, tenant: graph.tenant(tenantId)?.name ?? tenantId };
}

/** The owners of something as they are shown. */
export function explainedOwners(subject: Principal | Credential | Resource, graph: AccessGraph): ExplainedOwners {
  const { business, technical } = graph.ownersOf(subject);
  const nameOf = (id: string | null): string | null => (id === null ? null : (graph.identity(id)?.displayName ?? id));
  return { business, businessName: nameOf(business), technical, technicalName: nameOf(technical) };
}

/** A finding as it is listed. */
export function explainedFinding({ id, rule, severity, score, summary }: Finding): ExplainedFinding {
  return { id, rule, severity, score, summary };
}
