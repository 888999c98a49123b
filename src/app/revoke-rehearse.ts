import type { ConnectorEnvironment, ConnectorSession } from "../contracts/connector.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { AuditError } from "../model/audit-error.ts";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { Revocation } from "../model/revocation.ts";
import type { Settings } from "../model/settings.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { guard, type Guarded } from "../revoke/guards.ts";
import { remainingGrants } from "../revoke/proof.ts";
import { evaluate } from "./evaluate.ts";
import { executeRevocation, newestCapsule, undoRevocation, type Executed } from "./execute-revocation.ts";
import { chooseAsOf, openRecorded, runSessions } from "./gather.ts";

/** One rehearsed change: how it ended, and through what the same access would still be held. */
export interface Rehearsed extends Executed {
  readonly remainingGrants: readonly string[];
}

/** What a rehearsal showed. Simulated throughout: it proves nothing about the provider. */
export interface Rehearsal {
  readonly before: FindingsDocument;
  readonly after: FindingsDocument;
  readonly rehearsed: readonly Rehearsed[];
  readonly stopped: readonly Guarded[];
  /** Findings that would be gone, and findings the changes would bring. */
  readonly gone: readonly string[];
  readonly appeared: readonly string[];
}

/** Where a rehearsal happens: a copy of recorded answers that may be changed. */
export interface RehearsalGround {
  readonly path: string;
  sessions(): Promise<readonly ConnectorSession[]>;
  read(): Promise<Snapshot>;
}

/** Makes the ground from a recording: the recording itself is never touched. Judged as of the recording unless told otherwise. */
export async function rehearsalGround(
  world: World,
  environment: ConnectorEnvironment,
  from: string,
  moment?: Pick<Snapshot, "asOf" | "asOfSource">,
): Promise<RehearsalGround> {
  const path = await world.files.workingCopy(from);
  return {
    path,
    sessions: () => openRecorded(world, environment, path, true),
    // Always from the files: what a session remembers is not what a re-read sees.
    async read() {
      const sessions = await openRecorded(world, environment, path);
      try {
        return { ...(await runSessions(sessions)), ...(moment ?? momentOf(sessions, world)) };
      } finally {
        for (const session of sessions) await session.close();
      }
    },
  };
}

/** As the recording was judged when it was collected: another day would change the findings by itself. */
function momentOf(sessions: readonly ConnectorSession[], world: World): Pick<Snapshot, "asOf" | "asOfSource"> {
  const recorded = sessions.flatMap(({ recordedAt }) => recordedAt ?? []).sort();
  return chooseAsOf(undefined, recorded.at(-1) ?? null, world.clock.now());
}

/** Executes the changes on the working copy, reads it again, evaluates it again and shows what would be left. */
export async function rehearse(
  world: World,
  data: DataDirectory,
  settings: Settings,
  ground: RehearsalGround,
  revocations: readonly Revocation[],
): Promise<Rehearsal> {
  const before = await evaluate(await ground.read(), settings.thresholds);
  const verdict = guard(revocations, { graph: before.graph, self: [], protectedPatterns: settings.revoke.protected });
  const sessions = await ground.sessions();
  const executed: Executed[] = [];
  try {
    for (const revocation of verdict.allowed) {
      const operation = sessions
        .map((session) => session.operation(revocation.operation))
        .find((found) => found !== undefined);
      if (operation === undefined) {
        executed.push({
          revocation: {
            ...revocation,
            state: "held",
            stateReason: "the recording holds nothing this change can act on",
          },
          verification: null,
        });
        continue;
      }
      executed.push(
        await executeRevocation(revocation, operation, {
          data,
          clock: world.clock,
          pause: world.pause,
          actor: world.actor,
          simulated: true,
        }),
      );
    }
  } finally {
    for (const session of sessions) await session.close();
  }
  const after = await evaluate(await ground.read(), settings.thresholds);
  const graphAfter = after.graph;
  return {
    before: before.document,
    after: after.document,
    rehearsed: executed.map((result) => ({
      ...result,
      remainingGrants: remainingGrants(graphAfter, result.revocation.target),
    })),
    stopped: verdict.stopped,
    gone: difference(before.document, after.document),
    appeared: difference(after.document, before.document),
  };
}

/** Undoes one rehearsed change on the working copy and reads it again. */
export async function undoRehearsed(
  world: World,
  data: DataDirectory,
  ground: RehearsalGround,
  revocation: Revocation,
): Promise<{ readonly undone: Executed; readonly back: boolean }> {
  const capsule = newestCapsule(await data.state.list("capsule", { parentId: revocation.id }), true);
  if (capsule === undefined)
    throw new AuditError("settings", "nothing-to-undo", "this change was not rehearsed, so there is nothing to undo", {
      hint: "rehearse it first",
    });
  const sessions = await ground.sessions();
  try {
    const operation = sessions
      .map((session) => session.operation(revocation.operation))
      .find((found) => found !== undefined);
    if (operation === undefined)
      throw new AuditError("invariant", "no-operation", `the rehearsal lost the operation \`${revocation.operation}\``);
    const undone = await undoRevocation(revocation, capsule, operation, {
      data,
      clock: world.clock,
      pause: world.pause,
      actor: world.actor,
      simulated: true,
    });
    const graph = buildGraph(await ground.read());
    const { subjectKind, subjectId } = revocation.target;
    const subject = subjectKind === "grant" ? graph.grant(subjectId) : graph.credential(subjectId);
    return { undone, back: subject !== undefined && (undone.verification?.passed ?? false) };
  } finally {
    for (const session of sessions) await session.close();
  }
}

function difference(from: FindingsDocument, to: FindingsDocument): readonly string[] {
  const there = new Set(to.findings.map((finding) => finding.id));
  return from.findings.filter((finding) => !there.has(finding.id)).map((finding) => finding.id);
}
