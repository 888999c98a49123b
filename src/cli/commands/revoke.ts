import type { Command } from "commander";
import { rehearsalGround, rehearse, type Rehearsal } from "../../app/revoke-rehearse.ts";
import { approvePlan, dueWords, planRevocationsFor } from "../../app/revoke-plan.ts";
import { findRevocation, hold, release, runRevocations, undoOne } from "../../app/revoke-run.ts";
import { confirm } from "../../app/second-person.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { Revocation } from "../../model/revocation.ts";
import { connectorEnvironment, tellHead, withData } from "../open.ts";
import type { CommandContext, CommandModule, CommonOptions } from "../program.ts";
import { columns, EXIT, plain } from "../tell.ts";
import { counted } from "../../text/counted.ts";

/** `leastwise revoke plan|approve|confirm|run|status|hold|release|undo`: take access away, staged, guarded, undoable, proven. */
export const revoke: CommandModule = {
  register(program, context) {
    const command = program
      .command("revoke")
      .description("take access away: planned, guarded, captured before, read again after, undoable");
    const common = (): CommonOptions => program.opts<CommonOptions>();
    plan(command, context, common);
    approve(command, context, common);
    confirmCommand(command, context, common);
    run(command, context, common);
    status(command, context, common);
    holdCommand(command, context, common);
    releaseCommand(command, context, common);
    undo(command, context, common);
  },
};

function plan(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("plan", { isDefault: true })
    .description("what would be done, and why; changes nothing")
    .option("--campaign <id>", "only what this campaign decided")
    .option("--json", "print one JSON document (leastwise/revoke-plan@1)")
    .action(async (options: { campaign?: string; json?: boolean }) => {
      await withData(context, common(), async (data, settings) => {
        const planned = await planRevocationsFor(
          context.world,
          data,
          settings,
          options.campaign === undefined ? {} : { campaignId: options.campaign },
        );
        if (options.json === true) {
          context.tell.json({
            schema: "leastwise/revoke-plan@1",
            hash: planned.hash,
            planned: planned.planned,
            standing: planned.standing.map(({ id, state, stateReason, summary }) => ({
              id,
              state,
              reason: stateReason,
              summary,
            })),
            stopped: planned.stopped.map(({ revocation, why }) => ({
              id: revocation.id,
              operation: revocation.operation,
              summary: revocation.summary,
              why,
            })),
            byHand: planned.byHand.map(({ wanted, summary, why }) => ({
              subjectKind: wanted.subjectKind,
              subjectId: wanted.subjectId,
              summary,
              why,
            })),
          });
          return;
        }
        const fresh = planned.planned.length - planned.scheduled.length;
        const lines = [
          `${counted(fresh, "change")} planned, ${planned.scheduled.length} on the schedule, ${planned.stopped.length} stopped by a guard, ${planned.byHand.length} to be done by hand`,
        ];
        if (planned.planned.length > 0)
          lines.push(
            "",
            columns(
              planned.planned.map((revocation) => [
                planned.scheduled.includes(revocation) ? "scheduled" : "planned",
                ...row(revocation, dueWords(revocation)),
                revocation.simulated ? "(rehearsed only: do it by hand)" : plain(revocation.reason),
              ]),
            ),
            "",
            "A is undone exactly, B needs the person, C is not undone and needs a second person to confirm it",
            ...undoNeeds(planned.planned),
          );
        for (const { id, state, stateReason, summary } of planned.standing)
          lines.push(
            `${state.padEnd(8)} ${shortId(id)}  ${plain(summary)}${stateReason === null ? "" : `\n         ${plain(stateReason)}`}`,
          );
        for (const { revocation, why } of planned.stopped)
          lines.push(`stopped  ${plain(revocation.summary)}\n         ${why}`);
        for (const { summary, why } of planned.byHand) lines.push(`by hand  ${plain(summary)}\n         ${why}`);
        context.tell.answer(lines.join("\n"));
        if (fresh > 0) {
          context.tell.say(
            `nothing is changed yet; \`leastwise revoke approve --plan ${planned.hash.slice(0, 12)}\` puts this on the schedule`,
          );
        }
      });
    });
}

function approve(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("approve")
    .description("put the plan on the schedule; `revoke run` executes each change when its notice has run out")
    .requiredOption("--plan <hash>", "the hash that `revoke plan` printed: what you saw is what you approve")
    .option("--campaign <id>", "only what this campaign decided")
    .action(async (options: { plan: string; campaign?: string }) => {
      await withData(context, common(), async (data, settings) => {
        const planned = await planRevocationsFor(
          context.world,
          data,
          settings,
          options.campaign === undefined ? {} : { campaignId: options.campaign },
        );
        const fresh = await approvePlan(context.world, data, planned, options.plan);
        const held = fresh.filter(({ state }) => state === "held");
        const rest = held.length === 0 ? "" : `, ${counted(held.length, "change")} held for a second person`;
        context.tell.answer(`${counted(fresh.length - held.length, "change")} scheduled${rest}`);
        for (const revocation of fresh)
          context.tell.say(
            revocation.state === "held"
              ? `${plain(revocation.summary)}\n  ${plain(revocation.stateReason ?? "")}`
              : `${dueWords(revocation)}  ${plain(revocation.summary)}`,
          );
        await tellHead(context, data);
      });
    });
}

/** What undoing would ask of people, once for each sentence, with the changes it is about. */
function undoNeeds(revocations: readonly Revocation[]): readonly string[] {
  const bySentence = new Map<string, string[]>();
  for (const { id, undoNeeds: words } of revocations)
    if (words !== undefined) bySentence.set(words, [...(bySentence.get(words) ?? []), shortId(id)]);
  return [...bySentence].map(([words, ids]) => `to undo ${ids.join(", ")}: ${words}`);
}

function confirmCommand(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("confirm")
    .description("agree, as a second person, to a change that cannot be undone; it goes on the schedule then")
    .argument("<id>")
    .action(async (id: string) => {
      await withData(context, common(), async (data) => {
        const confirmed = await confirm(context.world, data, await findRevocation(data, id));
        context.tell.answer(`confirmed, scheduled for ${dueWords(confirmed)}: ${plain(confirmed.summary)}`);
        await tellHead(context, data);
      });
    });
}

function run(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("run")
    .description(
      "execute what is due; safe to call from cron. With --rehearse on a copy of a recording, never on the provider",
    )
    .option("--rehearse", "rehearse what is planned or scheduled on a working copy of recorded answers")
    .option("--from <folder>", "the recording to rehearse on")
    .option("--json", "print one JSON document (leastwise/revoke-run@1)")
    .action(async (options: { rehearse?: boolean; from?: string; json?: boolean }) => {
      await withData(context, common(), async (data, settings) => {
        const { world, tell } = context;
        if (options.rehearse === true) {
          if (options.from === undefined)
            throw new AuditError("settings", "rehearse-from", "a rehearsal needs recorded answers", {
              hint: "add --from <folder>; `leastwise collect --record <folder>` makes one",
            });
          // What is planned is rehearsed too: one wants to see it before one approves it.
          const { planned } = await planRevocationsFor(world, data, settings);
          if (planned.length === 0) tell.say("nothing is planned, so there is nothing to rehearse");
          const ground = await rehearsalGround(world, connectorEnvironment(context), options.from);
          try {
            const rehearsal = await rehearse(world, data, settings, ground, planned);
            if (options.json === true)
              tell.json({
                schema: "leastwise/revoke-rehearsal@1",
                simulated: true,
                rehearsed: rehearsal.rehearsed.map(({ revocation, verification, remainingGrants }) => ({
                  id: revocation.id,
                  state: revocation.state,
                  reason: revocation.stateReason,
                  passed: verification?.passed ?? null,
                  remainingGrants,
                })),
                stopped: rehearsal.stopped.map(({ revocation, why }) => ({ id: revocation.id, why })),
                gone: rehearsal.gone,
                appeared: rehearsal.appeared,
              });
            else tell.answer(rehearsalText(rehearsal));
          } finally {
            await world.files.remove(ground.path);
          }
          return;
        }
        const result = await runRevocations(world, data, settings, connectorEnvironment(context), (text) =>
          tell.progress(plain(text)),
        );
        if (options.json === true) {
          tell.json({
            schema: "leastwise/revoke-run@1",
            refused: result.refused,
            executed: result.executed.map(({ revocation, verification }) => ({
              id: revocation.id,
              operation: revocation.operation,
              summary: revocation.summary,
              state: revocation.state,
              reason: revocation.stateReason,
              passed: verification?.passed ?? null,
              remainingGrants: verification?.remainingGrants ?? [],
            })),
            stopped: result.stopped.map(({ revocation, why }) => ({ id: revocation.id, why })),
            broken: result.broken.map(({ revocation, why }) => ({ id: revocation.id, why })),
            elsewhere: result.elsewhere.map(({ id }) => ({ id })),
            waiting: result.waiting.map(({ id, dueAt }) => ({ id, dueAt })),
            announced: result.announced.map(({ id, dueAt, summary }) => ({ id, dueAt, summary })),
          });
        } else {
          for (const { revocation, verification } of result.executed) {
            const notes = [
              revocation.stateReason,
              verification?.passed === true ? stillHeld(verification.remainingGrants) : null,
            ].filter((note) => note !== null && note !== "");
            tell.answer(
              [
                `${revocation.state.padEnd(14)} ${plain(revocation.summary)}`,
                ...notes.map((note) => `               ${note}`),
              ].join("\n"),
            );
          }
          for (const { revocation, why } of result.stopped)
            tell.answer(`stopped        ${plain(revocation.summary)}\n               ${why}`);
          for (const { revocation, why } of result.broken)
            tell.answer(
              `broke down     ${plain(revocation.summary)}\n               ${plain(why)}; the next run tries again`,
            );
          for (const revocation of result.elsewhere)
            tell.answer(`in hand        ${plain(revocation.summary)}\n               another run is on it`);
          for (const revocation of result.announced)
            tell.answer(
              revocation.state === "held"
                ? `held           ${plain(revocation.summary)}\n               ${plain(revocation.stateReason ?? "")}`
                : `announced      ${plain(revocation.summary)} on ${dueWords(revocation)}`,
            );
          const done = result.executed.filter(
            ({ revocation }) => revocation.state === "verified" || revocation.state === "already-absent",
          ).length;
          tell.answer(
            `${done} proven gone, ${result.executed.length + result.broken.length - done} not, ${result.stopped.length} stopped, ${result.announced.length} announced, ${result.waiting.length} waiting for their day`,
          );
        }
        await tellHead(context, data);
        if (result.refused !== null) {
          throw new AuditError("settings", "run-refused", result.refused, {
            hint: result.refused.startsWith("the kill switch")
              ? "take `STOP` out of the data directory, or `revoke.killSwitch` out of the configuration"
              : "look at `leastwise revoke status`; raise `revoke.maximumPerRun` only when every change is wanted",
          });
        }
        const open = result.executed.some(({ revocation: { state } }) => state === "failed" || state === "executed");
        if (result.broken.length > 0 || open) context.exit(EXIT.refused);
      });
    });
}

/** That something is gone is half the truth where the same access is held in another way too. */
const stillHeld = ({ length }: readonly string[]): string =>
  length === 0 ? "" : `but the same access is still held through ${length} other grant${length === 1 ? "" : "s"}`;

function rehearsalText({ rehearsed, stopped, gone, appeared, before, after }: Rehearsal): string {
  const lines = [
    `rehearsed ${counted(rehearsed.length, "change")} on a working copy (simulated: this proves nothing about the provider)`,
  ];
  for (const { revocation, verification, remainingGrants } of rehearsed) {
    const left = remainingGrants.length === 0 ? "" : `, ${stillHeld(remainingGrants)}`;
    const seen = verification === null ? (revocation.stateReason ?? revocation.state) : verification.observed;
    lines.push(
      `  ${(verification?.passed === true ? "would be gone" : revocation.state).padEnd(14)} ${plain(revocation.summary)} (${seen}${left})`,
    );
  }
  for (const { revocation, why } of stopped) lines.push(`  stopped        ${plain(revocation.summary)}: ${why}`);
  lines.push(
    `findings ${before.findings.length} → ${after.findings.length}: ${gone.length} gone, ${appeared.length} new`,
  );
  const fresh = new Set(appeared);
  for (const { id, severity, score, summary } of after.findings)
    if (fresh.has(id)) lines.push(`  new: ${severity} ${score}  ${plain(summary)}`);
  return lines.join("\n");
}

function status(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("status")
    .description("every revocation and how far it is")
    .option("--json", "print one JSON document (leastwise/revoke-status@1)")
    .action(async (options: { json?: boolean }) => {
      await withData(context, common(), async (data) => {
        const all = await data.state.list("revocation");
        if (options.json === true) context.tell.json({ schema: "leastwise/revoke-status@1", revocations: all });
        else if (all.length === 0) context.tell.answer("nothing is planned and nothing was done");
        else
          context.tell.answer(
            columns(
              all.map((revocation) =>
                row(
                  revocation,
                  `${revocation.state} ${revocation.state === "scheduled" ? dueWords(revocation) : ""}`.trim(),
                ),
              ),
            ),
          );
      });
    });
}

function holdCommand(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("hold")
    .description("stop a scheduled change: it is still needed")
    .argument("<id>")
    .requiredOption("--reason <text>", "why; it goes on record")
    .action(async (id: string, options: { reason: string }) => {
      await withData(context, common(), async (data) => {
        const held = await hold(context.world, data, await findRevocation(data, id), options.reason);
        context.tell.answer(`held: ${plain(held.summary)}`);
        await tellHead(context, data);
      });
    });
}

function undo(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("undo")
    .description("put back what a revocation took away, and read it again")
    .argument("<id>")
    .action(async (id: string) => {
      await withData(context, common(), async (data, settings) => {
        const { revocation, verification } = await undoOne(
          context.world,
          data,
          settings,
          connectorEnvironment(context),
          id,
        );
        context.tell.answer(
          `${verification?.passed === true ? "undone and read again" : "not proven undone"}: ${plain(revocation.summary)}`,
        );
        if (verification?.passed !== true) {
          context.tell.say(verification?.observed ?? revocation.stateReason ?? "the provider refused");
          context.exit(EXIT.refused);
        }
        await tellHead(context, data);
      });
    });
}

function releaseCommand(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("release")
    .description("put back on the schedule what was held, what failed or what was undone")
    .argument("<id>")
    .action(async (id: string) => {
      await withData(context, common(), async (data) => {
        const released = await release(context.world, data, await findRevocation(data, id));
        context.tell.answer(`scheduled for ${dueWords(released)}: ${plain(released.summary)}`);
        await tellHead(context, data);
      });
    });
}

const shortId = (id: string): string => id.slice("revocation:".length, "revocation:".length + 8);

const row = (revocation: Revocation, when: string): readonly string[] => [
  shortId(revocation.id),
  when,
  revocation.undoClass,
  plain(revocation.summary),
];
