import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawSeat } from "../raw-people.ts";
import type { Convert } from "./converted.ts";
import { fact, instantOf, mentioned } from "./parts.ts";

interface Answer {
  readonly total_seats?: number;
  readonly total_count?: number;
  readonly seats: readonly RawSeat[];
}

/** Copilot seats with when each was last used. */
export const copilotSeats: Convert = (requests, context) => {
  const records = emptyRecords();
  const answers = requests.map(({ answer }) => answer as Answer);
  const seats = answers.flatMap((answer) => answer.seats);
  const id = `${context.tenantId}#copilot-seat`;
  if (seats.length > 0)
    records.entitlements.push({
      id,
      system: "github",
      tenantId: context.tenantId,
      kind: "seat",
      displayName: "Copilot seat",
      targetId: context.tenantId,
      resourceId: null,
      level: "none",
    });
  let nobody = 0;
  for (const seat of seats) {
    const { assignee } = seat;
    if (assignee === null || assignee === undefined) {
      nobody += 1;
      continue;
    }
    const team = seat.assigning_team;
    records.principals.push(
      ...mentioned(context, { id: assignee.node_id, login: assignee.login }, "organization-member"),
    );
    records.grants.push(
      fact(context, "seat", context.id(assignee.node_id), id, {
        grantedAt: instantOf(seat.created_at, "when the seat was given"),
        grantedBy:
          team === null || team === undefined
            ? unknown("GitHub does not keep who gave the seat")
            : known(`team ${team.slug ?? team.name ?? ""}`),
        expiresAt:
          seat.pending_cancellation_date === null || seat.pending_cancellation_date === undefined
            ? known("never")
            : instantOf(seat.pending_cancellation_date, "when the seat ends"),
        lastUsedAt:
          seat.last_activity_at === null
            ? known("never")
            : instantOf(seat.last_activity_at, "when the seat was last used"),
      }),
    );
  }
  const total = Math.max(0, ...answers.map((answer) => answer.total_seats ?? answer.total_count ?? 0));
  const gaps = [
    ...(total > seats.length ? [`GitHub counts ${total} and gave ${seats.length}`] : []),
    ...(nobody > 0 ? [`GitHub hides who holds ${nobody} of them`] : []),
  ];
  const gap = gaps.length === 0 ? undefined : gaps.join("; ");
  return { records, kinds: { "copilot-seat": { items: records.grants.length, gap } } };
};
