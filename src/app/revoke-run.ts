import type { Connector, ConnectorEnvironment, ConnectorSession } from "../contracts/connector.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import type { AccessGraph } from "../graph/access-graph.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { AuditError, type AuditErrorKind } from "../model/audit-error.ts";
import type { EvidenceType } from "../model/evidence-event.ts";
import type { Revocation, RevocationTarget } from "../model/revocation.ts";
import type { Settings } from "../model/settings.ts";
import { guard, runLimit, type Guarded } from "../revoke/guards.ts";
import { answers } from "../revoke/plan.ts";
import { otherRoutes } from "../revoke/proof.ts";
import { advance, NEXT_STATES } from "../revoke/state-table.ts";
import { claimRevocation, isClaimed, releaseClaim, unclaimed } from "./claim-revocation.ts";
import { doneSince } from "./done-since.ts";
import { executeRevocation, newestCapsule, prove, undoRevocation, type Executed } from "./execute-revocation.ts";
import { readSnapshot } from "./latest-snapshot.ts";
import { openLiveConnector } from "./open-live-connector.ts";
import { allOperations, approvePlan, fromDecisions, planRevocationsFor } from "./revoke-plan.ts";
import { needsSecond, secondWords } from "./second-person.ts";

/** What one run did. */
export interface RunResult {
  readonly executed: readonly Executed[];
  readonly stopped: readonly Guarded[];
  /** On the schedule, but their notice still runs. */
  readonly waiting: readonly Revocation[];
  /** Newly announced by an automatic policy in this run. */
  readonly announced: readonly Revocation[];
  /** Not decided either way because the provider broke down: still on the schedule, tried again by the next run. */
  readonly broken: readonly Guarded[];
  /** Due, but another run has them in hand. */
  readonly elsewhere: readonly Revocation[];
  /** Why the run was refused, or stopped on its way: nothing more was changed. */
  readonly refused: string | null;
}

/** What `hold` says of a revocation that somebody else moved on meanwhile. */
const TAKEN: ReadonlySet<string> = new Set(["in-hand", "not-scheduled"]);

const KILLED = "the kill switch is on: the run was stopped and the rest is not changed";

/** Errors that speak about the provider, not about us or the person. */
const PROVIDER_KINDS: ReadonlySet<AuditErrorKind> = new Set(["sign-in", "permission", "provider-answer"]);

/** Opens a live session per configured connector. */
export async function openLive(
  world: World,
  settings: Settings,
  environment: ConnectorEnvironment,
): Promise<readonly { readonly connector: Connector; readonly session: ConnectorSession }[]> {
  const open: { connector: Connector; session: ConnectorSession }[] = [];
  for (const connector of world.connectors) {
    if (settings.connectors[connector.manifest.id] === undefined) continue;
    open.push({ connector, session: await openLiveConnector(connector, settings, null, environment) });
  }
  return open;
}

/**
 * Executes what is due, and announces what an automatic policy asks for. Safe to call from cron: what is not due waits, what
 * is done is done once, and a run that would change more than the limit changes nothing.
 */
export async function runRevocations(
  world: World,
  data: DataDirectory,
  settings: Settings,
  environment: ConnectorEnvironment,
  onStep: (text: string) => void = () => {},
): Promise<RunResult> {
  const stop = await world.files.exists(`${data.path}/STOP`);
  const sessions = await openLive(world, settings, environment);
  try {
    const self: string[] = [];
    for (const { session } of sessions) self.push(...(await session.self()));
    const announced = await announceAutomatic(world, data, settings, self);
    const now = world.clock.now();
    const scheduled = await data.state.list("revocation", { state: "scheduled" });
    const due = scheduled.filter((revocation) => revocation.dueAt <= now);
    const waiting = scheduled.filter((revocation) => revocation.dueAt > now);
    // What an earlier run changed and nobody could read again yet comes first: reading changes nothing, so no limit holds it.
    const executed: Executed[] = [];
    const broken: Guarded[] = [];
    const elsewhere: Revocation[] = [];
    const taken = new Set<string>();
    const execution = {
      data,
      clock: world.clock,
      pause: world.pause,
      actor: world.actor,
      simulated: false,
    };
    const operationOf = ({ target, operation }: Revocation) =>
      sessions.find(({ connector }) => connector.manifest.id === target.system)?.session.operation(operation);
    /** False where another run was faster: then it is that one's to tell. */
    const heldHere = async (revocation: Revocation, why: string): Promise<boolean> => {
      try {
        await hold(world, data, revocation, why);
        return true;
      } catch (error) {
        if (!(error instanceof AuditError) || !TAKEN.has(error.code)) throw error;
        elsewhere.push(revocation);
        return false;
      }
    };
    let built: AccessGraph | undefined;
    /** Built when a change first needs it: most runs have none. */
    const currentGraph = async (): Promise<AccessGraph> => (built ??= buildGraph((await readSnapshot(data)).snapshot));
    const routesBeside = async (): Promise<(target: RevocationTarget) => readonly string[]> => {
      const graph = await currentGraph();
      return (target) => otherRoutes(graph, target, taken);
    };
    /** One provider that breaks down must not keep back, night after night, what comes behind it. */
    const attempt = async (
      revocation: Revocation,
      change: (claimed: Revocation) => Promise<Executed>,
    ): Promise<void> => {
      const claimed = await claimRevocation(data, revocation, world.clock.now());
      if (claimed === undefined) {
        elsewhere.push(revocation);
        return;
      }
      try {
        const one = await change(claimed);
        executed.push(one);
        if (one.verification?.passed === true) taken.add(revocation.target.subjectId);
      } catch (error) {
        if (!(error instanceof AuditError) || !PROVIDER_KINDS.has(error.kind)) throw error;
        await releaseClaim(data, revocation.id);
        broken.push({ revocation, why: error.message });
      }
    };
    for (const revocation of await data.state.list("revocation", { state: "executed" })) {
      const operation = operationOf(revocation);
      const capsule = newestCapsule(await data.state.list("capsule", { parentId: revocation.id }), false);
      if (operation === undefined || capsule === undefined) continue;
      const routes = await routesBeside();
      await attempt(revocation, (claimed) =>
        prove({ ...execution, otherRoutes: routes }, claimed, operation, capsule.preImage),
      );
    }
    const refused = runLimit(due.length, settings.revoke.maximumPerRun, settings.revoke.killSwitch || stop) ?? null;
    if (refused !== null || due.length === 0)
      return { executed, stopped: [], broken, elsewhere, waiting, announced, refused };
    const graph = await currentGraph();
    const verdict = guard(due, {
      graph,
      self,
      protectedPatterns: settings.revoke.protected,
      done: await doneSince(data.state, graph.snapshot.asOf),
    });
    const stopped: Guarded[] = [];
    for (const one of verdict.stopped) {
      if (await heldHere(one.revocation, one.why)) stopped.push(one);
    }
    // A later review may have answered otherwise since the change was put on the schedule.
    const outcomes = new Map(
      (await fromDecisions(data, settings, graph, undefined)).map(({ subjectId, outcome }) => [subjectId, outcome]),
    );
    const manifests = allOperations(world);
    const isAsked = ({ operation, target }: Revocation): boolean => {
      const outcome = outcomes.get(target.subjectId);
      const own = manifests.find(({ id }) => id === operation);
      return outcome !== undefined && (own === undefined ? outcome === "revoke" : answers(own, outcome));
    };
    for (const revocation of verdict.allowed) {
      if (await world.files.exists(`${data.path}/STOP`))
        return { executed, stopped, broken, elsewhere, waiting, announced, refused: KILLED };
      if (revocation.decisionId !== null && !isAsked(revocation)) {
        const why = "a later decision does not ask for it any more";
        if (await heldHere(revocation, why))
          executed.push({ revocation: { ...revocation, state: "held", stateReason: why }, verification: null });
        continue;
      }
      const operation = operationOf(revocation);
      if (!sessions.some(({ connector }) => connector.manifest.id === revocation.target.system)) {
        // Run in the wrong folder: no reason to take anything off the schedule.
        broken.push({ revocation, why: `\`${revocation.target.system}\` is not configured here` });
        continue;
      }
      if (operation === undefined) {
        const why = "this change is only rehearsed for now: do it by hand";
        if (await heldHere(revocation, why))
          executed.push({ revocation: { ...revocation, state: "held", stateReason: why }, verification: null });
        continue;
      }
      // However it came onto the schedule: what cannot be undone is not done on one person's word.
      if (needsSecond(revocation)) {
        const why = secondWords(revocation);
        if (await heldHere(revocation, why))
          executed.push({ revocation: { ...revocation, state: "held", stateReason: why }, verification: null });
        continue;
      }
      onStep(revocation.summary);
      const routes = await routesBeside();
      await attempt(revocation, (claimed) =>
        executeRevocation(claimed, operation, { ...execution, otherRoutes: routes }),
      );
    }
    return { executed, stopped, broken, elsewhere, waiting, announced, refused: null };
  } finally {
    for (const { session } of sessions) await session.close();
  }
}

/** Puts back what one revocation took away, from its newest capsule. */
export async function undoOne(
  world: World,
  data: DataDirectory,
  settings: Settings,
  environment: ConnectorEnvironment,
  id: string,
): Promise<Executed> {
  const revocation = await findRevocation(data, id);
  if (isClaimed(revocation, world.clock.now())) throw inHand(revocation.id);
  const capsule = newestCapsule(await data.state.list("capsule", { parentId: revocation.id }), false);
  if (capsule === undefined) {
    throw new AuditError("settings", "nothing-to-undo", `\`${id}\` was never executed, so there is nothing to undo`, {
      hint: "`leastwise revoke status` shows what was done; `leastwise revoke hold` stops what is still to come",
    });
  }
  const connector = world.connectors.find(({ manifest }) => manifest.id === revocation.target.system);
  if (connector === undefined || settings.connectors[revocation.target.system] === undefined) {
    throw new AuditError("settings", "not-configured", `\`${revocation.target.system}\` is not configured here`, {
      hint: "add it under `connectors:` in leastwise.yaml",
    });
  }
  const session = await openLiveConnector(connector, settings, null, environment);
  try {
    const operation = session.operation(revocation.operation);
    if (operation === undefined)
      throw new AuditError("settings", "rehearsal-only", "this change is only rehearsed for now", {
        hint: "undo it by hand",
      });
    return await undoRevocation(revocation, capsule, operation, {
      data,
      clock: world.clock,
      pause: world.pause,
      actor: world.actor,
      simulated: false,
    });
  } finally {
    await session.close();
  }
}

/** The revocation of that id; a unique beginning will do. */
export async function findRevocation(data: DataDirectory, id: string): Promise<Revocation> {
  const all = await data.state.list("revocation");
  const matches = all.filter(
    (revocation) =>
      revocation.id === id || revocation.id.startsWith(id) || revocation.id.startsWith(`revocation:${id}`),
  );
  const only = matches[0];
  if (only !== undefined && matches.length === 1) return only;
  throw new AuditError(
    "settings",
    "revocation-id",
    matches.length === 0 ? `there is no revocation \`${id}\`` : `\`${id}\` fits ${matches.length} revocations`,
    {
      hint: "`leastwise revoke status` lists them",
    },
  );
}

const inHand = (id: string): AuditError =>
  new AuditError("settings", "in-hand", `a run is carrying out \`${id}\` right now`, {
    hint: "wait until it is done; `leastwise revoke undo` puts it back",
  });

/** Stops a scheduled change: somebody still needs it, or a guard said no. Throws `settings` for one that is not scheduled any more. */
export async function hold(
  world: World,
  data: DataDirectory,
  revocation: Revocation,
  reason: string,
): Promise<Revocation> {
  return move(world, data, revocation, "held", reason, {
    type: "revocation.held",
    refusal: "only what is scheduled can be held",
    hint: "`leastwise revoke undo` puts back what was done",
  });
}

/**
 * Puts back on the schedule what was held, what failed or what was undone; it is due when it was due before. Throws `settings`
 * for one in another state.
 */
export async function release(world: World, data: DataDirectory, revocation: Revocation): Promise<Revocation> {
  if (needsSecond(revocation))
    throw new AuditError("settings", "needs-second", `\`${revocation.id}\`: ${secondWords(revocation)}`, {
      hint: "whoever approved it is not the second person",
    });
  return move(world, data, revocation, "scheduled", null, {
    type: "revocation.planned",
    refusal: "only what was held, failed or was undone can go back on the schedule",
    hint: "`leastwise revoke status` shows how far each is",
  });
}

async function move(
  world: World,
  data: DataDirectory,
  { id }: Revocation,
  state: "held" | "scheduled",
  reason: string | null,
  words: { readonly type: EvidenceType; readonly refusal: string; readonly hint: string },
): Promise<Revocation> {
  return data.state.transaction(async (writer) => {
    // As it is now, not as it was when it was looked up: a run may have it in hand.
    const revocation = await writer.get("revocation", id);
    if (revocation === undefined)
      throw new AuditError("invariant", "revocation-id", `there is no revocation \`${id}\``);
    if (isClaimed(revocation, world.clock.now())) throw inHand(id);
    if (!NEXT_STATES[revocation.state].includes(state))
      throw new AuditError("settings", "not-scheduled", `\`${id}\` is \`${revocation.state}\`: ${words.refusal}`, {
        hint: words.hint,
      });
    const moved = advance(unclaimed(revocation), state, reason);
    await writer.update("revocation", moved);
    await writer.append({
      at: world.clock.now(),
      actor: world.actor,
      assurance: "attested",
      type: words.type,
      subject: id,
      payload: { operation: moved.operation, target: moved.target.subjectId, state },
    });
    return moved;
  });
}

/** Notice first: what the automatic policies ask for goes on the schedule with its notice, on record, before anything happens. */
async function announceAutomatic(
  world: World,
  data: DataDirectory,
  settings: Settings,
  self: readonly string[],
): Promise<readonly Revocation[]> {
  if (settings.revoke.automatic.length === 0) return [];
  const plan = await planRevocationsFor(world, data, settings, { self });
  const automatic = { ...plan, planned: plan.planned.filter((revocation) => revocation.findingId !== null) };
  const fresh = await approvePlan(world, data, automatic, undefined);
  if (fresh.length > 0) {
    await data.state.transaction((writer) =>
      writer.append({
        at: world.clock.now(),
        actor: world.actor,
        assurance: "attested",
        type: "notice.written",
        subject: "automatic",
        payload: { revocations: fresh.map((revocation) => revocation.id) },
      }),
    );
  }
  return fresh;
}
