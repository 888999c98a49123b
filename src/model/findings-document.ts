import type { CoverageState } from "./coverage.ts";
import type { Finding, RuleOutcome } from "./finding.ts";
import type { Instant } from "./instant.ts";
import type { AsOfSource } from "./snapshot.ts";

/** Coverage as it is printed. */
export interface CoverageLine {
  /** Model id of the tenant. */
  readonly tenant: string;
  readonly kind: string;
  readonly state: CoverageState;
  readonly reason: string | null;
}

/** The `leastwise/findings@1` document: what `scan` and `findings` answer, and what the findings reports are made from. */
export interface FindingsDocument {
  readonly schema: "leastwise/findings@1";
  readonly asOf: Instant;
  readonly asOfSource: AsOfSource;
  readonly coverage: readonly CoverageLine[];
  readonly rules: readonly RuleOutcome[];
  readonly findings: readonly Finding[];
}

/** What a rule says about itself, for pages that explain it. */
export interface RuleDescription {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly remediation: string;
  readonly controls: readonly string[];
}
