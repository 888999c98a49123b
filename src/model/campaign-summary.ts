import type { Instant } from "./instant.ts";

/** What a manager reads after a monthly review; plain numbers and sentences, already worked out. */
export interface CampaignSummary {
  readonly name: string;
  readonly state: "open" | "closed";
  readonly asOf: Instant;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly population: number;
  readonly excluded: number;
  readonly decided: number;
  readonly excepted: number;
  readonly open: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly reviewers: readonly {
    readonly name: string;
    readonly items: number;
    readonly decided: number;
    readonly revoked: number;
  }[];
  readonly findings: {
    readonly before: number;
    readonly after: number | null;
    readonly bySeverity: Readonly<Record<string, number>>;
  };
  readonly revocations: readonly {
    readonly summary: string;
    readonly reason: string;
    readonly state: string;
    readonly undoClass: string;
    readonly proof: string;
  }[];
  readonly tieOut: readonly string[];
  readonly coverageGaps: readonly string[];
  /** Where the evidence archive lies and what its check said. */
  readonly evidence: { readonly path: string; readonly verdict: string; readonly head: string } | null;
}
