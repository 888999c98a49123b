import type { Revocation } from "../src/model/revocation.ts";
import type { Verification } from "../src/model/verification.ts";
import { writeCsv } from "../src/text/csv.ts";

const COLUMNS = [
  "state",
  "simulated",
  "operation",
  "undo_class",
  "summary",
  "reason",
  "planned_at",
  "due_at",
  "verified",
  "observed",
  "verified_at",
  "note",
  "revocation_id",
  "decision_id",
  "finding_id",
  "subject_id",
] as const;

/** Something decided to be taken away that is no revocation: no operation does it (`by-hand`), or a guard stops it (`stopped`). */
export interface WithoutRevocation {
  readonly state: "by-hand" | "stopped";
  readonly summary: string;
  readonly reason: string;
  /** Why nothing does it by itself. */
  readonly why: string;
  readonly decisionId: string | null;
  readonly findingId: string | null;
  readonly subjectId: string;
}

/**
 * Everything that is to be taken away with its proof as CSV: first what only people can do, then the revocations in order of
 * due date and summary. A simulated proof says so and counts as none.
 */
export function revocationsCsv(
  revocations: readonly Revocation[],
  verifications: readonly Verification[],
  withoutRevocation: readonly WithoutRevocation[] = [],
): string {
  const newest = new Map<string, Verification>();
  for (const verification of verifications) {
    const key = `${verification.kind} ${verification.revocationId}`;
    const before = newest.get(key);
    if (before === undefined || before.at <= verification.at) newest.set(key, verification);
  }
  const key = ({ dueAt, summary, id }: Revocation): string => `${dueAt} ${summary} ${id}`;
  const sorted = [...revocations].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const nameOf = ({ summary, subjectId }: WithoutRevocation): string => `${summary} ${subjectId}`;
  const byPeople = [...withoutRevocation].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return writeCsv(COLUMNS, [
    ...byPeople.map((one) =>
      COLUMNS.map((column) => {
        const cells: Partial<Record<(typeof COLUMNS)[number], string>> = {
          state: one.state,
          simulated: "no",
          summary: one.summary,
          reason: one.reason,
          verified: "no",
          note: one.why,
          decision_id: one.decisionId ?? "",
          finding_id: one.findingId ?? "",
          subject_id: one.subjectId,
        };
        return cells[column] ?? "";
      }),
    ),
    ...sorted.map((revocation) => {
      // That something is back proves an undo, never that it was taken away.
      const proof = newest.get(`${revocation.state === "undone" ? "after-undo" : "after-revoke"} ${revocation.id}`);
      return [
        revocation.state,
        revocation.simulated || proof?.simulated === true ? "simulated" : "no",
        revocation.operation,
        revocation.undoClass,
        revocation.summary,
        revocation.reason,
        revocation.plannedAt,
        revocation.dueAt,
        proof === undefined ? "no" : proof.simulated ? "simulated" : proof.passed ? "yes" : "failed",
        proof?.observed ?? "",
        proof?.at ?? "",
        revocation.stateReason ?? "",
        revocation.id,
        revocation.decisionId ?? "",
        revocation.findingId ?? "",
        revocation.target.subjectId,
      ];
    }),
  ]);
}
