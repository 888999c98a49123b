import type { Command } from "commander";
import { closeReview } from "../../app/review-close.ts";
import { findCampaign } from "../../app/review-campaign.ts";
import { exportSheets } from "../../app/review-export.ts";
import { importSheet, type ImportResult } from "../../app/review-import.ts";
import { reviewerNames, type ReviewerNames } from "../../app/review-names.ts";
import { openReview } from "../../app/review-open.ts";
import { reviewStatus } from "../../app/review-status.ts";
import type { DataDirectory } from "../../contracts/store.ts";
import type { Campaign } from "../../model/campaign.ts";
import type { DecisionOutcome } from "../../model/review-item.ts";
import { tellHead, withData } from "../open.ts";
import type { CommandContext, CommandModule, CommonOptions } from "../program.ts";
import { columns, EXIT, plain } from "../tell.ts";
import { counted } from "../../text/counted.ts";

/** `leastwise review open|export|import|status|remind|close`: the campaign. */
export const review: CommandModule = {
  register(program, context) {
    const command = program
      .command("review")
      .description(
        "the access review: one sheet per reviewer out, their answers back in, closed when the numbers tie out",
      );
    const common = (): CommonOptions => program.opts<CommonOptions>();
    open(command, context, common);
    exportCommand(command, context, common);
    importCommand(command, context, common);
    status(command, context, common);
    remind(command, context, common);
    close(command, context, common);
  },
};

function open(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("open")
    .description("freeze the newest snapshot and choose a reviewer for everything in it")
    .option("--name <text>", "what to call it (default: access review and the month)")
    .option("--snapshot <id>", "another snapshot than the newest")
    .option("--json", "print one JSON document (leastwise/review-open@1)")
    .action(async (options: { name?: string; snapshot?: string; json?: boolean }) => {
      await withData(context, common(), async (data, settings) => {
        const { campaign, items, gaps } = await openReview(context.world, data, settings, {
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(options.snapshot === undefined ? {} : { snapshotId: options.snapshot }),
        });
        const reviewers = counts(items.map((item) => item.reviewer));
        if (options.json === true) {
          context.tell.json({
            schema: "leastwise/review-open@1",
            campaign: withoutList(campaign),
            items: items.length,
            reviewers: reviewers.map(([reviewer, count]) => ({ reviewer, items: count })),
            excluded: counts(campaign.excluded.map(({ reason }) => reason)).map(([reason, count]) => ({
              reason,
              items: count,
            })),
            gaps,
          });
        } else {
          context.tell.answer(
            `opened ${campaign.name} (${campaign.id}): ${items.length} items for ${reviewers.length} reviewers, ${campaign.excluded.length} left out with a reason, due ${campaign.dueAt.slice(0, 10)}`,
          );
        }
        if (gaps.length > 0)
          context.tell.warn(
            `the snapshot is not complete, so the population may not be: ${gaps.slice(0, 3).map(plain).join("; ")}${gaps.length > 3 ? ` and ${gaps.length - 3} more` : ""}`,
          );
        await tellHead(context, data);
      });
    });
}

/** How often each text stands there, in order of the text. */
function counts(texts: readonly string[]): readonly (readonly [text: string, count: number])[] {
  const found = new Map<string, number>();
  for (const text of texts) found.set(text, (found.get(text) ?? 0) + 1);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A campaign as JSON shows it: what was left out is counted. */
function withoutList({ excluded, ...campaign }: Campaign): object {
  return { ...campaign, excluded: excluded.length };
}

/** Names for people's eyes; where they could not be read, the ids with a word about it. */
async function namesFor(context: CommandContext, data: DataDirectory, campaign: Campaign): Promise<ReviewerNames> {
  const names = await reviewerNames(data, campaign);
  if (names.problem !== null) context.tell.warn(`reviewers are shown by their ids: ${plain(names.problem)}`);
  return { ...names, of: (reviewer) => plain(names.of(reviewer)) };
}

function exportCommand(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("export")
    .description("write one CSV per reviewer with what is still open for them")
    .option("--out <folder>", "where to (default: reports folder, `sheets`)")
    .option("--campaign <id>", "another campaign than the newest")
    .option("--reviewer <id>", "only this reviewer")
    .option("--decided", "also what was decided already, so that a wrong answer can be corrected")
    .action(async (options: { out?: string; campaign?: string; reviewer?: string; decided?: boolean }) => {
      await withData(context, common(), async (data, settings) => {
        const written = await exportSheets(context.world, data, options.out ?? `${settings.reports}/sheets`, options);
        if (written.length === 0) context.tell.answer("nothing is open");
        else {
          const names = await namesFor(context, data, await findCampaign(data, options.campaign));
          context.tell.answer(
            columns(written.map((sheet) => [sheet.path, counted(sheet.items, "item"), names.of(sheet.reviewer)])),
          );
        }
        await tellHead(context, data);
      });
    });
}

function importCommand(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("import")
    .description(
      "read a filled-in sheet: shows what every row would do; --apply records every accepted row, all of them in one transaction; rejected rows are named and stay open",
    )
    .argument("<file...>")
    .option("--apply", "record the accepted rows")
    .option("--campaign <id>", "another campaign than the newest")
    .option("--json", "print one JSON document (leastwise/review-import@1)")
    .action(async (files: string[], options: { apply?: boolean; campaign?: string; json?: boolean }) => {
      await withData(context, common(), async (data) => {
        const results: ImportResult[] = [];
        for (const file of files)
          results.push(
            await importSheet(context.world, data, file, {
              apply: options.apply === true,
              ...(options.campaign === undefined ? {} : { campaign: options.campaign }),
            }),
          );
        if (options.json === true) context.tell.json({ schema: "leastwise/review-import@1", files: results });
        else {
          const names = await namesFor(context, data, await findCampaign(data, options.campaign));
          for (const result of results) context.tell.answer(importText(result, names));
        }
        context.tell.say(whatCounts(results));
        if (options.apply === true) await tellHead(context, data);
        if (results.some((result) => result.rejected > 0)) context.exit(EXIT.mistake);
      });
    });
}

/** What an import did or would do: the totals, then every row that is more than a plain keep. */
function importText(result: ImportResult, names: ReviewerNames): string {
  const outcomes = counts(result.rows.flatMap((row) => (row.result === "accepted" ? (row.answer?.outcome ?? []) : [])))
    .map(([outcome, count]) => `${count} ${OUTCOME_WORDS[outcome as DecisionOutcome]}`)
    .join(", ");
  const totals = [
    `${result.accepted} accepted${result.accepted === 0 ? "" : ` (${Math.round(result.keepShare * 100)} % keep: ${outcomes})`}`,
    ...(result.alreadyRecorded > 0 ? [`${result.alreadyRecorded} already recorded`] : []),
    ...(result.repeated > 0 ? [`${result.repeated} repeated`] : []),
    `${result.noDecision} without decision`,
    `${result.rejected} rejected`,
    ...(result.missing.length > 0 ? [`${counted(result.missing.length, "open item")} not in the file`] : []),
  ];
  const lines = [`${result.file} for ${names.of(result.reviewer)}: ${totals.join(", ")}`];
  for (const { line, code, what, result: judged, why, answer } of result.rows) {
    const place = `  line ${line} ${plain(code)}`;
    if (judged === "rejected") lines.push(`${place}: rejected: ${plain(why ?? "")}`);
    else if (judged === "repeated") lines.push(`${place}: ${plain(why ?? "")}`);
    else if (judged === "accepted" && answer !== null && answer.outcome !== "keep") {
      const to = answer.reassignTo === null ? "" : `, reassigned to ${plain(answer.reassignTo)}`;
      const because = answer.reason === "" ? "" : ` (${plain(answer.reason)})`;
      lines.push(`${place}: ${OUTCOME_WORDS[answer.outcome]}: ${plain(what ?? "")}${to}${because}`);
    }
  }
  return lines.join("\n");
}

const OUTCOME_WORDS: Readonly<Record<DecisionOutcome, string>> = {
  keep: "keep",
  revoke: "revoke",
  reduce: "reduce",
  not_mine: "not mine",
  unsure: "unsure",
};

/** The last word of an import: accepted rows count together, rejected ones not at all. */
function whatCounts(results: readonly ImportResult[]): string {
  const sum = (of: (result: ImportResult) => number): number => results.reduce((all, result) => all + of(result), 0);
  const applied = results.some((result) => result.applied);
  const [accepted, rejected] = [sum((result) => result.accepted), sum((result) => result.rejected)];
  const known = sum((result) => result.alreadyRecorded);
  const rows = counted(accepted, "accepted row");
  const first =
    accepted > 0
      ? applied
        ? `recorded ${rows}`
        : `nothing is recorded yet: --apply records the ${rows}`
      : known > 0
        ? `there is nothing new to record`
        : applied
          ? "nothing was recorded: no row was accepted"
          : "nothing is recorded, and --apply would record nothing: no row was accepted";
  if (rejected === 0) return first;
  return `${first}; the ${rejected === 1 ? "rejected row changes nothing and stays" : `${rejected} rejected rows change nothing and stay`} open`;
}

function status(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("status")
    .description("how far the campaign is, who has not answered, and whether the numbers tie out")
    .option("--campaign <id>", "another campaign than the newest")
    .option("--json", "print one JSON document (leastwise/review-status@1)")
    .action(async (options: { campaign?: string; json?: boolean }) => {
      await withData(context, common(), async (data) => {
        const answer = await reviewStatus(data, options.campaign);
        if (options.json === true) {
          context.tell.json({
            schema: "leastwise/review-status@1",
            campaign: withoutList(answer.campaign),
            reviewers: answer.reviewers,
            tieOut: answer.tieOut,
            open: answer.open,
          });
          return;
        }
        const names = await namesFor(context, data, answer.campaign);
        context.tell.answer(
          [
            `${answer.campaign.name} (${answer.campaign.id}), ${answer.campaign.state}, due ${answer.campaign.dueAt.slice(0, 10)}`,
            ...answer.tieOut.lines,
            "",
            columns([
              ["reviewer", "items", "decided", "to revoke"],
              ...answer.reviewers.map((r) => [
                names.of(r.reviewer),
                String(r.items),
                String(r.decided),
                String(r.revoked),
              ]),
            ]),
          ].join("\n"),
        );
      });
    });
}

function remind(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("remind")
    .description("a text for each reviewer who has not answered; it is printed, not sent")
    .option("--campaign <id>", "another campaign than the newest")
    .action(async (options: { campaign?: string }) => {
      await withData(context, common(), async (data) => {
        const { campaign, open: waiting } = await reviewStatus(data, options.campaign);
        const waitingFor = counts(waiting.map((item) => item.reviewer));
        if (waitingFor.length === 0) {
          context.tell.answer("everybody has answered");
          return;
        }
        const names = await namesFor(context, data, campaign);
        for (const [reviewer, count] of waitingFor) {
          context.tell.answer(
            `to ${names.of(reviewer)}: ${count} decision${count === 1 ? " is" : "s are"} still open in "${campaign.name}", due ${campaign.dueAt.slice(0, 10)}. Please fill in the column "decision" of your sheet and send it back.`,
          );
        }
      });
    });
}

function close(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("close")
    .description("seal the campaign; refused while anything is undecided or the numbers do not tie out")
    .option("--campaign <id>", "another campaign than the newest")
    .action(async (options: { campaign?: string }) => {
      await withData(context, common(), async (data) => {
        const campaign = await closeReview(context.world, data, options.campaign);
        context.tell.answer(`closed ${campaign.name}`);
        await tellHead(context, data);
      });
    });
}
