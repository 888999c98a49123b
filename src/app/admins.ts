import { Escalation } from "../graph/escalation/escalation.ts";
import { tenantAssumptions, type AssumedLayer } from "./assumed.ts";
import { tenantCalled, type Questioned } from "./questions.ts";

/** The answer of `admins`. */
export interface AdminsDocument {
  readonly schema: "leastwise/admins@1";
  readonly admins: readonly {
    readonly principal: string;
    readonly principalId: string;
    /** `direct`: by what it holds; `path`: by becoming more than it is. */
    readonly how: "direct" | "path";
    readonly state: "yes" | "conditional" | "unknown";
    /** Model id of the tenant that is administered. */
    readonly tenant: string;
  }[];
  readonly examined: number;
  readonly assumes: readonly AssumedLayer[];
}

/** Who administers, or can come to administer, each tenant or one of them. */
export function adminsDocument(questioned: Questioned, { tenant: name }: { readonly tenant?: string }): AdminsDocument {
  const only = name === undefined ? undefined : tenantCalled(name, questioned).id;
  const escalation = new Escalation(questioned.graph, questioned.table);
  const { admins, examined } = escalation.admins();
  const shown = admins.filter(({ tenantId }) => only === undefined || tenantId === only);
  return {
    schema: "leastwise/admins@1",
    admins: shown.map(({ principal, tenantId, how, state }) => ({
      principal: principal.locator,
      principalId: principal.id,
      how,
      state,
      tenant: tenantId,
    })),
    examined,
    assumes: tenantAssumptions(escalation.engine),
  };
}
