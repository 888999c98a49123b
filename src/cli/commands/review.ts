import type { Command } from "commander";
import { closeReview } from "../../app/review-close.ts";
import { exportSheets } from "../../app/review-export.ts";
import { importSheet, type ImportResult } from "../../app/review-import.ts";
import { openReview } from "../../app/review-open.ts";
import { reviewStatus } from "../../app/review-status.ts";
import { tellHead, withData } from "../open.ts";
import type { CommandContext, CommandModule, CommonOptions } from "../program.ts";
import { columns, EXIT, plain } from "../tell.ts";

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
    .action(async (options: { name?: string; snapshot?: string }) => {
      await withData(context, common(), async (data, settings) => {
        const { campaign, items, gaps } = await openReview(context.world, data, settings, {
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(options.snapshot === undefined ? {} : { snapshotId: options.snapshot }),
        });
        const reviewers = new Set(items.map((item) => item.reviewer));
        context.tell.answer(
          `opened ${campaign.name} (${campaign.id}): ${items.length} items for ${reviewers.size} reviewers, ${campaign.excluded.length} left out with a reason, due ${campaign.dueAt.slice(0, 10)}`,
        );
        if (gaps.length > 0)
          context.tell.warn(
            `the snapshot is not complete, so the population may not be: ${gaps.slice(0, 3).map(plain).join("; ")}${gaps.length > 3 ? ` and ${gaps.length - 3} more` : ""}`,
          );
        await tellHead(context, data);
      });
    });
}

function exportCommand(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("export")
    .description("write one CSV per reviewer with what is still open for them")
    .option("--out <folder>", "where to (default: reports folder, `sheets`)")
    .option("--campaign <id>", "another campaign than the newest")
    .option("--reviewer <id>", "only this reviewer")
    .action(async (options: { out?: string; campaign?: string; reviewer?: string }) => {
      await withData(context, common(), async (data, settings) => {
        const written = await exportSheets(context.world, data, options.out ?? `${settings.reports}/sheets`, options);
        if (written.length === 0) context.tell.answer("nothing is open");
        else context.tell.answer(columns(written.map((sheet) => [sheet.path, `${sheet.items} items`, sheet.reviewer])));
        await tellHead(context, data);
      });
    });
}

function importCommand(command: Command, context: CommandContext, common: () => CommonOptions): void {
  command
    .command("import")
    .description("read a filled-in sheet: shows what every row would do; --apply makes it count, all of it or nothing")
    .argument("<file...>")
    .option("--apply", "record the decisions")
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
        else for (const result of results) context.tell.answer(importText(result));
        if (options.apply === true) await tellHead(context, data);
        else context.tell.say("nothing is recorded yet: --apply records it");
        if (results.some((result) => result.rejected > 0)) context.exit(EXIT.mistake);
      });
    });
}

function importText(result: ImportResult): string {
  const lines = [
    `${result.file} for ${result.reviewer}: ${result.accepted} accepted (${Math.round(result.keepShare * 100)} % keep), ${result.noDecision} without decision, ${result.rejected} rejected${result.missing.length > 0 ? `, ${result.missing.length} open items are not in the file` : ""}`,
  ];
  for (const row of result.rows)
    if (row.result === "rejected") lines.push(`  line ${row.line} ${plain(row.code)}: ${plain(row.why ?? "")}`);
  return lines.join("\n");
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
          const { excluded, ...campaign } = answer.campaign;
          context.tell.json({
            schema: "leastwise/review-status@1",
            campaign: { ...campaign, excluded: excluded.length },
            reviewers: answer.reviewers,
            tieOut: answer.tieOut,
            open: answer.open,
          });
          return;
        }
        context.tell.answer(
          [
            `${answer.campaign.name} (${answer.campaign.id}), ${answer.campaign.state}, due ${answer.campaign.dueAt.slice(0, 10)}`,
            ...answer.tieOut.lines,
            "",
            columns([
              ["reviewer", "items", "decided", "revoked"],
              ...answer.reviewers.map((r) => [r.reviewer, String(r.items), String(r.decided), String(r.revoked)]),
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
        const byReviewer = new Map<string, number>();
        for (const item of waiting) byReviewer.set(item.reviewer, (byReviewer.get(item.reviewer) ?? 0) + 1);
        if (byReviewer.size === 0) context.tell.answer("everybody has answered");
        for (const [reviewer, count] of [...byReviewer].sort(([a], [b]) => (a < b ? -1 : 1))) {
          context.tell.answer(
            `to ${reviewer}: ${count} decision${count === 1 ? " is" : "s are"} still open in "${campaign.name}", due ${campaign.dueAt.slice(0, 10)}. Please fill in the column "decision" of your sheet and send it back.`,
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
