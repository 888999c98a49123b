import type { CoverageState } from "./coverage.ts";
import type { Instant } from "./instant.ts";

/** What one collect step asked and got: the extraction log an auditor can re-pull from. */
export interface ConnectorRun {
  readonly id: string;
  readonly tenantId: string;
  readonly step: string;
  readonly mode: "recorded" | "live";
  readonly state: CoverageState;
  readonly reason: string | null;
  /** Calls made, retries included; 0 for recorded input. */
  readonly calls: number;
  readonly items: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}
