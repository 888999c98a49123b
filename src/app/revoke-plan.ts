import { buildGraph } from "../graph/build-graph.ts";
import type { AccessGraph } from "../graph/access-graph.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Decision } from "../model/decision.ts";
import { addDays, dayOf } from "../model/instant.ts";
import { hasLeft } from "../model/identity.ts";
import type { OperationManifest } from "../model/operation.ts";
import type { Revocation } from "../model/revocation.ts";
import type { Settings } from "../model/settings.ts";
import { guard, type Guarded } from "../revoke/guards.ts";
import { planRevocations, type ByHand, type Wanted } from "../revoke/plan.ts";
import { firstStateOf } from "./second-person.ts";
import { doneSince } from "./done-since.ts";
import { evaluate } from "./evaluate.ts";
import { readSnapshot } from "./latest-snapshot.ts";

/** What would be done, what a guard stops, what people must do by hand, and what stands on the plan already. */
export interface PlannedRevocations {
  readonly planned: readonly Revocation[];
  readonly stopped: readonly Guarded[];
  readonly byHand: readonly ByHand[];
  /** Hash of what would be done; `revoke approve --plan` holds the approver to it. */
  readonly hash: string;
  /** Of the planned ones: those that an earlier approval put on the schedule. */
  readonly scheduled: readonly Revocation[];
  /** Planned before and not on the schedule any more: done, held, undone or failed. `revoke release` puts back what may go back. */
  readonly standing: readonly Revocation[];
  readonly graph: AccessGraph;
}

/** Every operation of every connector. */
export function allOperations(world: World): readonly OperationManifest[] {
  return world.connectors.flatMap((connector) => connector.manifest.operations);
}

/** What reviewers decided to revoke and the automatic policies ask for, as a plan. Changes nothing. */
export async function planRevocationsFor(
  world: World,
  data: DataDirectory,
  settings: Settings,
  options: { readonly campaignId?: string; readonly self?: readonly string[] } = {},
): Promise<PlannedRevocations> {
  const { snapshot } = await readSnapshot(data);
  const graph = buildGraph(snapshot);
  const now = world.clock.now();
  const wanted = [
    ...(await fromDecisions(data, settings, graph, options.campaignId)),
    ...(await fromAutomaticPolicies(settings, snapshot)),
  ];
  const plan = planRevocations(graph, wanted, allOperations(world), now);
  const stored = (await data.state.list("revocation")).filter((revocation) => revocation.state !== "cancelled");
  const known = new Map(stored.map((revocation) => [revocation.id, revocation]));
  const verdict = guard(plan.revocations, {
    graph,
    self: options.self ?? [],
    protectedPatterns: settings.revoke.protected,
    done: await doneSince(data.state, snapshot.asOf),
  });
  const planned = verdict.allowed.map((revocation) => known.get(revocation.id) ?? revocation);
  const settled = (revocation: Revocation): boolean => revocation.state !== "scheduled";
  return {
    planned: planned.filter((revocation) => !settled(revocation)),
    // What was done is past every guard: it is no change that a guard could still stop.
    stopped: verdict.stopped.filter(
      ({ revocation }) => !known.has(revocation.id) || !settled(known.get(revocation.id) ?? revocation),
    ),
    byHand: plan.byHand,
    hash: plan.hash,
    scheduled: planned.filter((revocation) => !settled(revocation) && known.has(revocation.id)),
    standing: plan.revocations.flatMap(({ id }) => known.get(id) ?? []).filter(settled),
    graph,
  };
}

/** Puts the plan on the schedule: from now on `revoke run` executes each change when its notice has run out. */
export async function approvePlan(
  world: World,
  data: DataDirectory,
  plan: PlannedRevocations,
  expectedHash: string | undefined,
): Promise<readonly Revocation[]> {
  // A beginning too short to mean one plan would approve whatever there is.
  if (expectedHash !== undefined && (expectedHash.length < 8 || !plan.hash.startsWith(expectedHash))) {
    throw new AuditError(
      "settings",
      "plan-changed",
      `the plan is not \`${expectedHash}\` any more, it is \`${plan.hash.slice(0, 12)}\``,
      {
        hint: "look at `leastwise revoke plan` again and approve what you saw",
      },
    );
  }
  const fresh = plan.planned.filter((revocation) => !plan.scheduled.includes(revocation));
  const approved: Revocation[] = [];
  await data.state.transaction(async (writer) => {
    for (const planned of fresh) {
      const revocation = { ...planned, ...firstStateOf(planned) };
      const stored = await writer.get("revocation", revocation.id);
      // Somebody else approved the same plan meanwhile; what they put on the schedule may be under way.
      if (stored !== undefined && stored.state !== "cancelled") continue;
      approved.push(revocation);
      if (stored === undefined) await writer.insert("revocation", revocation);
      else await writer.update("revocation", revocation);
      await writer.append({
        at: world.clock.now(),
        actor: world.actor,
        assurance: "attested",
        type: "revocation.planned",
        subject: revocation.id,
        payload: {
          operation: revocation.operation,
          target: revocation.target.subjectId,
          campaign: revocation.campaignId,
          planHash: plan.hash,
          dueAt: revocation.dueAt,
        },
      });
      if (revocation.state === "held") {
        await writer.append({
          at: world.clock.now(),
          actor: world.actor,
          assurance: "attested",
          type: "revocation.held",
          subject: revocation.id,
          payload: { operation: revocation.operation, target: revocation.target.subjectId, state: "held" },
        });
      }
    }
  });
  return approved;
}

/** The newest answer about each thing, whichever campaign asked, where it says revoke or reduce. */
export async function fromDecisions(
  data: DataDirectory,
  settings: Settings,
  graph: AccessGraph,
  campaignId: string | undefined,
): Promise<Wanted[]> {
  // A later review overrules an earlier one: what was kept in November is not revoked because of October.
  const newest = new Map<string, { readonly decidedAt: string; readonly wanted: Wanted | null }>();
  for (const campaign of await data.state.list("campaign")) {
    const items = await data.state.list("review_item", { parentId: campaign.id });
    const decisions = newestDecisions(await data.state.list("decision", { parentId: campaign.id }));
    for (const item of items) {
      const decision = decisions.get(item.id);
      if (decision === undefined || item.outcome !== decision.outcome) continue;
      const before = newest.get(item.subjectId);
      if (before !== undefined && before.decidedAt > decision.decidedAt) continue;
      const { outcome } = decision;
      if (outcome !== "revoke" && outcome !== "reduce") {
        // An open question changes nothing about an earlier answer.
        if (outcome === "keep") newest.set(item.subjectId, { decidedAt: decision.decidedAt, wanted: null });
        continue;
      }
      const left = belongsToLeaver(graph, item.principalId);
      const wanted: Wanted = {
        subjectKind: item.subjectKind,
        subjectId: item.subjectId,
        campaignId: campaign.id,
        decisionId: decision.id,
        findingId: null,
        outcome,
        reason: decision.reason === "" ? `decided in ${item.code}` : decision.reason,
        noticeDays: left ? 0 : settings.revoke.noticeDays,
      };
      newest.set(item.subjectId, { decidedAt: decision.decidedAt, wanted });
    }
  }
  const wanted = [...newest.values()].flatMap((answer) => answer.wanted ?? []);
  return campaignId === undefined ? wanted : wanted.filter((want) => want.campaignId === campaignId);
}

function newestDecisions(decisions: readonly Decision[]): ReadonlyMap<string, Decision> {
  const newest = new Map<string, Decision>();
  for (const decision of decisions) {
    const before = newest.get(decision.itemId);
    if (before === undefined || before.decidedAt < decision.decidedAt || decision.supersedes === before.id)
      newest.set(decision.itemId, decision);
  }
  return newest;
}

function belongsToLeaver(graph: AccessGraph, principalId: string | null): boolean {
  if (principalId === null) return false;
  const { state, identityId } = graph.whoIs(principalId);
  const identity = state === "linked" && identityId !== null ? graph.identity(identityId) : undefined;
  return identity !== undefined && hasLeft(identity, graph.snapshot.asOf);
}

/** Findings under an automatic policy: idle for long enough, announced for long enough. */
async function fromAutomaticPolicies(settings: Settings, snapshot: Parameters<typeof evaluate>[0]): Promise<Wanted[]> {
  if (settings.revoke.automatic.length === 0) return [];
  const { deactivateCredentialDays } = settings.thresholds;
  // Found at the later limit, not at the reporting limit: a key is reported long before it is switched off by itself.
  const { document } = await evaluate(snapshot, {
    ...settings.thresholds,
    idleCredentialDays: deactivateCredentialDays,
  });
  return settings.revoke.automatic.flatMap((policy) =>
    document.findings
      .filter((finding) => finding.rule === policy.rule && finding.credential !== undefined)
      .map((finding) => ({
        subjectKind: "credential" as const,
        subjectId: finding.credential?.id ?? finding.subject.id,
        campaignId: null,
        decisionId: null,
        findingId: finding.id,
        outcome: "revoke" as const,
        reason: `${finding.summary}; automatic policy \`${policy.rule}\``,
        noticeDays: policy.noticeDays,
      })),
  );
}

/** When a change will happen, for people: `on 2026-12-03 (7 days' notice)`. */
export function dueWords(revocation: Revocation): string {
  const day = dayOf(revocation.dueAt);
  return revocation.dueAt <= addDays(revocation.plannedAt, 0) ? `${day}, no notice` : day;
}
