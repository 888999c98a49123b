import { dayOf, type Instant } from "./instant.ts";

/** Employment as the roster states it; `external` people have access but no employment. */
export type Employment = "active" | "leaving" | "left" | "external";

/** The human or workload behind one or more principals. People come from the roster. */
export interface Identity {
  /** `identity:<person_id>`. */
  readonly id: string;
  readonly kind: "human" | "service" | "shared" | "external";
  readonly displayName: string;
  readonly email: string | null;
  readonly managerId: string | null;
  readonly department: string | null;
  readonly employment: Employment | null;
  readonly startDate: Instant | null;
  readonly endDate: Instant | null;
}

/** Whether somebody has left by that moment. The last day of work is a day of work: it has to be over. */
export function hasLeft({ employment, endDate }: Pick<Identity, "employment" | "endDate">, now: Instant): boolean {
  return employment === "left" || (endDate !== null && dayOf(endDate) < dayOf(now));
}
