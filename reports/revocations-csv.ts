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

/** Every revocation with its proof as CSV, in order of due date and summary. A simulated proof says so and counts as none. */
export function revocationsCsv(revocations: readonly Revocation[], verifications: readonly Verification[]): string {
  const newest = new Map<string, Verification>();
  for (const verification of verifications) {
    const key = `${verification.kind} ${verification.revocationId}`;
    const before = newest.get(key);
    if (before === undefined || before.at <= verification.at) newest.set(key, verification);
  }
  const key = ({ dueAt, summary, id }: Revocation): string => `${dueAt} ${summary} ${id}`;
  const sorted = [...revocations].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return writeCsv(
    COLUMNS,
    sorted.map((revocation) => {
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
  );
}
