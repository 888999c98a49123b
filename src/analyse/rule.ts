import type { AccessGraph } from "../graph/access-graph.ts";
import type { RecordKind } from "../model/coverage.ts";
import type { Concern, FindingEvidence, FindingSubject, Hop, Suggestion } from "../model/finding.ts";
import type { Instant } from "../model/instant.ts";
import type { System } from "../model/tenant.ts";
import type { Thresholds } from "../model/thresholds.ts";
import type { Escalations } from "./escalations.ts";
import type { RiskSignal } from "./risk-score.ts";

/** What a rule is given: the graph, the limits and the moment. Nothing else exists for it. */
export interface RuleContext {
  readonly graph: AccessGraph;
  readonly thresholds: Thresholds;
  readonly now: Instant;
  /** Who can become whom, worked out when a rule first asks. */
  readonly escalations: Escalations;
  /** Whether the tenant's facts that the rule needs were read; subjects of other tenants are left alone, not called clean. */
  readable(tenantId: string): boolean;
}

/** A match before it is scored. */
export interface FindingDraft {
  readonly subject: FindingSubject;
  /** The grant the finding is about, when there is exactly one; part of the finding's id. */
  readonly grantId: string | null;
  readonly credential?: { readonly id: string; readonly hint: string };
  readonly grants: readonly string[];
  readonly path?: readonly Hop[];
  readonly summary: string;
  readonly evidence: readonly FindingEvidence[];
  readonly suggestion: Suggestion;
  /** The principal or credential whose reach and state set the score. */
  readonly scoreSubjectId: string;
  /** What this rule itself proves about likelihood, beyond what the graph shows. */
  readonly signals?: readonly RiskSignal[];
  /** Lowest score this can have, with the reason; printed as a term of its own, so that no score is raised silently. */
  readonly floor?: { readonly score: number; readonly name: string };
}

/** A thing the rule looked at but could not judge. */
export interface Undecided {
  readonly subjectId: string;
  readonly reason: string;
}

/** One security question. One file, one line in `rules/index.ts`, one test. */
export interface Rule {
  /** A short English claim: `idle-access-key`. */
  readonly id: string;
  readonly title: string;
  readonly concern: Concern;
  readonly rationale: string;
  readonly remediation: string;
  /** `CIS AWS 1.11 (v5)`, `SOC 2 CC6.3` … */
  readonly controls: readonly string[];
  /** Kinds it cannot do without; a tenant whose kind is denied or skipped is undecided, never clean. */
  readonly needs: readonly RecordKind[];
  /** Systems whose tenants the rule is about. */
  readonly systems: readonly System[];
  evaluate(context: RuleContext): {
    readonly drafts: readonly FindingDraft[];
    readonly examined: number;
    readonly undecided: readonly Undecided[];
  };
}
