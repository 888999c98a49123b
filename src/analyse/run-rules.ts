import type { AccessGraph } from "../graph/access-graph.ts";
import type { Coverage, RecordKind } from "../model/coverage.ts";
import type { Finding, RuleOutcome } from "../model/finding.ts";
import type { Instant } from "../model/instant.ts";
import { severityOf } from "../model/severity.ts";
import type { Thresholds } from "../model/thresholds.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import { findingId } from "../text/stable-id.ts";
import { escalationsOf, type Escalations } from "./escalations.ts";
import { riskScore } from "./risk-score.ts";
import type { Rule, Undecided } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { riskOfSubjects } from "./subject-risk.ts";

/** What all rules together say. */
export interface Analysis {
  readonly rules: readonly RuleOutcome[];
  /** Highest score first, then by id. */
  readonly findings: readonly Finding[];
  /** Rules that threw: our bug; the others went on. */
  readonly failed: readonly string[];
}

/** Asks every rule, keeps those that cannot decide apart from those that found nothing, and scores what was found. */
export function analyse(
  graph: AccessGraph,
  options: {
    readonly thresholds: Thresholds;
    readonly now: Instant;
    readonly table: ActionTable;
    readonly escalations?: Escalations;
  },
  rules: readonly Rule[] = RULES,
): Analysis {
  const escalations = options.escalations ?? escalationsOf(graph, options.table);
  const riskOf = riskOfSubjects(graph, options.now, escalations);
  const outcomes: RuleOutcome[] = [];
  const findings: Finding[] = [];
  const failed: string[] = [];
  for (const rule of rules) {
    const readable = readableTenants(rule, graph);
    if (readable.tenants.size === 0) {
      outcomes.push({
        id: rule.id,
        state: "not-evaluated",
        examined: 0,
        found: 0,
        undecided: 0,
        reason: readable.reason,
      });
      continue;
    }
    try {
      const { drafts, examined, undecided } = rule.evaluate({
        graph,
        thresholds: options.thresholds,
        now: options.now,
        escalations,
        readable: (tenantId) => readable.tenants.has(tenantId),
      });
      for (const draft of drafts) {
        const risk = riskOf(draft.scoreSubjectId);
        const computed = riskScore(risk.reaches, [...risk.signals, ...(draft.signals ?? [])]);
        const raised = draft.floor !== undefined && draft.floor.score > computed.score;
        const score = raised ? draft.floor.score : computed.score;
        const terms = raised
          ? [
              ...computed.terms,
              { name: `raised from ${computed.score}: ${draft.floor.name}`, value: draft.floor.score },
            ]
          : computed.terms;
        findings.push({
          id: findingId(rule.id, draft.subject.id, draft.grantId),
          rule: rule.id,
          concern: rule.concern,
          severity: severityOf(score),
          score,
          terms,
          subject: draft.subject,
          ...(draft.credential === undefined ? {} : { credential: draft.credential }),
          grants: [...draft.grants].sort(),
          ...(draft.path === undefined || draft.path.length === 0 ? {} : { path: draft.path }),
          summary: draft.summary,
          evidence: draft.evidence,
          suggestion: draft.suggestion,
          controls: rule.controls,
        });
      }
      const reason = [readable.reason, undecidedReason(undecided)].filter((text) => text !== "").join("; ");
      outcomes.push({
        id: rule.id,
        state: "evaluated",
        examined,
        found: drafts.length,
        undecided: undecided.length,
        ...(reason === "" ? {} : { reason }),
      });
    } catch (error) {
      failed.push(rule.id);
      outcomes.push({
        id: rule.id,
        state: "not-evaluated",
        examined: 0,
        found: 0,
        undecided: 0,
        reason: `the rule failed: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }
  // Of two equal scores the one that something can be done about at once comes first.
  const later = ({ suggestion }: Finding): number => (suggestion === "revoke" ? 0 : 1);
  findings.sort((a, b) => b.score - a.score || later(a) - later(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { rules: outcomes, findings, failed };
}

/** The lists that say who is in a tenant. */
const POPULATION: Readonly<Partial<Record<string, readonly RecordKind[]>>> = { aws: ["principal"], github: ["member"] };

/** The kinds each system's connectors answer for, to tell which tenants a rule is about at all. */
const ROSTER: ReadonlySet<RecordKind> = new Set(["roster", "identity-map", "owner", "approval"]);

function readableTenants(
  rule: Rule,
  graph: AccessGraph,
): { readonly tenants: ReadonlySet<string>; readonly reason: string } {
  const about = graph.snapshot.tenants.filter(
    (tenant) => rule.systems.includes(tenant.system) && collected(tenant.id, graph),
  );
  const tenants = new Set<string>();
  const reasons = new Map<string, string[]>();
  const note = (text: string, name: string): void => void reasons.set(text, [...(reasons.get(text) ?? []), name]);
  for (const tenant of about) {
    // Whatever a rule about both systems needs of its own, it needs to know who is there.
    const population: readonly RecordKind[] = rule.systems.length < 2 ? [] : (POPULATION[tenant.system] ?? []);
    const asked = [...new Set([...population, ...rule.needs])].map((kind) => ({
      kind,
      row: graph.coverage(ROSTER.has(kind) ? "roster:local" : tenant.id, kind),
    }));
    const missing = asked.find(({ row }) => row === undefined || row.state === "denied" || row.state === "skipped");
    if (missing === undefined) {
      tenants.add(tenant.id);
      // Judged on what there is; what was left out may hold more.
      for (const { kind, row } of asked)
        if (row?.state === "partial")
          note(`${kind} was read in part (${row.reason ?? "no reason given"})`, tenant.name);
    } else {
      note(
        `${missing.kind} was not read (${missing.row === undefined ? "nobody was asked for it" : why(missing.row)})`,
        tenant.name,
      );
    }
  }
  if (about.length === 0) return { tenants, reason: `no tenant of ${rule.systems.join(" or ")} was collected` };
  const reason = [...reasons]
    .map(([text, names]) => (names.length === about.length ? text : `${text} in ${names.join(", ")}`))
    .join("; ");
  return { tenants, reason };
}

/** A tenant that is only named (in an organization's tree) was not collected. */
const collected = (tenantId: string, graph: AccessGraph): boolean =>
  ["principal", "member", "team", "repository"].some(
    (kind) => graph.coverage(tenantId, kind as RecordKind) !== undefined,
  );

const why = (row: Coverage): string => `${row.state}${row.reason === null ? "" : `: ${row.reason}`}`;

function undecidedReason(undecided: readonly Undecided[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of undecided) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${count} undecided: ${reason}`)
    .join("; ");
}
