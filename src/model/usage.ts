import type { LastUse } from "./instant.ts";
import type { Observed } from "./observed.ts";

/** What a principal used, rolled up per service (and action where the provider tells). */
export interface Usage {
  readonly id: string;
  readonly tenantId: string;
  readonly principalId: string;
  /** Service namespace (`s3`). */
  readonly service: string;
  /** `s3:GetObject` where known, else null. */
  readonly action: string | null;
  readonly lastUsedAt: Observed<LastUse>;
  /** `service-last-accessed`, `access-key-last-used` … */
  readonly source: string;
}
