import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Decision } from "../model/decision.ts";
import type { Identity } from "../model/identity.ts";
import type { ReviewItem } from "../model/review-item.ts";
import { readSheet, type RowResult, type SheetResult } from "../review/sheet.ts";
import { sha256 } from "../text/digest.ts";
import { recordHash } from "../text/evidence-hash.ts";
import { derivedId } from "../text/stable-id.ts";
import { readSnapshot } from "./latest-snapshot.ts";
import { findCampaign } from "./review-campaign.ts";

/** What an uploaded sheet would do, or did. */
export interface ImportResult {
  readonly applied: boolean;
  readonly file: string;
  readonly reviewer: string;
  readonly accepted: number;
  readonly noDecision: number;
  readonly rejected: number;
  readonly rows: readonly RowResult[];
  /** Codes of items of this reviewer that the file does not mention. */
  readonly missing: readonly string[];
  /** The share of `keep` among the answers: shown to the reviewer before it counts. */
  readonly keepShare: number;
}

/**
 * Judges a whole sheet first; with `apply` everything that was accepted happens in one transaction, or nothing does. The
 * uploaded bytes are kept under their hash.
 */
export async function importSheet(
  world: World,
  data: DataDirectory,
  path: string,
  options: { readonly apply: boolean; readonly campaign?: string; readonly onBehalfOf?: string },
): Promise<ImportResult> {
  const campaign = await findCampaign(data, options.campaign);
  const bytes = await world.files.read(path);
  const items = await data.state.list("review_item", { parentId: campaign.id });
  const decisions = await data.state.list("decision", { parentId: campaign.id });
  const exports = await data.state.list("review_export", { parentId: campaign.id });
  const now = world.clock.now();
  let sheet: SheetResult;
  try {
    sheet = readSheet(
      bytes,
      {
        campaign,
        items,
        exports: new Map(exports.map((row) => [row.id, row])),
        decidedAt: new Map(
          [...decisions]
            .sort((a, b) => (a.decidedAt < b.decidedAt ? -1 : 1))
            .map((decision) => [decision.itemId, decision.decidedAt]),
        ),
        key: await data.signingKey(),
      },
      path,
    );
  } catch (error) {
    // A sheet that was refused as a whole is a fact of its own: somebody tried.
    if (options.apply && error instanceof AuditError) {
      await data.state.transaction((writer) =>
        writer.append({
          at: now,
          actor: world.actor,
          assurance: "attested",
          type: "review.import-rejected",
          subject: campaign.id,
          payload: { sha256: sha256(bytes), code: error.code },
        }),
      );
    }
    throw error;
  }
  const accepted = sheet.rows.filter((row) => row.result === "accepted");
  const result: ImportResult = {
    applied: options.apply,
    file: path,
    reviewer: sheet.reviewer,
    accepted: accepted.length,
    noDecision: sheet.rows.filter((row) => row.result === "no-decision").length,
    rejected: sheet.rows.filter((row) => row.result === "rejected").length,
    rows: sheet.rows,
    missing: sheet.missing,
    keepShare:
      accepted.length === 0 ? 0 : accepted.filter((row) => row.answer?.outcome === "keep").length / accepted.length,
  };
  if (!options.apply) return result;

  const importId = await data.blobs.put(bytes, "csv");
  const people = accepted.some((row) => row.answer?.outcome === "not_mine")
    ? (await readSnapshot(data, campaign.snapshotId)).snapshot.identities
    : [];
  const byId = new Map(items.map((item) => [item.id, item]));
  const before = new Map(decisions.map((decision) => [decision.itemId, decision]));
  await data.state.transaction(async (writer) => {
    const file = {
      id: importId,
      campaignId: campaign.id,
      uploader: world.actor,
      at: now,
      accepted: result.accepted,
      rejected: result.rejected,
    };
    // The same bytes again: the answers are judged anew, the file is on record once.
    if ((await writer.get("import_file", importId)) === undefined) await writer.insert("import_file", file);
    else await writer.update("import_file", file);
    await writer.append({
      at: now,
      actor: world.actor,
      assurance: "attested",
      type: "review.imported",
      subject: campaign.id,
      payload: {
        sha256: importId,
        export: sheet.exportId,
        accepted: result.accepted,
        rejected: result.rejected,
        noDecision: result.noDecision,
      },
    });
    for (const row of accepted) {
      const answer = row.answer;
      const item = answer === null ? undefined : byId.get(answer.itemId);
      if (answer === null || item === undefined) continue;
      // Judged outside the transaction: somebody may have decided meanwhile.
      const current = await writer.get("review_item", item.id);
      if (current === undefined || current.version !== item.version) continue;
      const decision: Decision = {
        id: derivedId("decision", [item.id, answer.outcome, now, importId, row.line]),
        campaignId: campaign.id,
        itemId: item.id,
        outcome: answer.outcome,
        reason: answer.reason,
        keepUntil: answer.keepUntil,
        reassignTo: answer.reassignTo,
        decidedBy: sheet.reviewer,
        onBehalfBy: world.actor,
        assurance: "attested",
        channel: "csv",
        decidedAt: now,
        importRef: `${importId}:${row.line}`,
        supersedes: before.get(item.id)?.id ?? null,
      };
      if ((await writer.get("decision", decision.id)) !== undefined) continue;
      await writer.insert("decision", decision);
      await writer.update("review_item", decided(current, decision, people));
      await writer.append({
        at: now,
        actor: world.actor,
        assurance: "attested",
        type: "decision.recorded",
        subject: item.id,
        payload: {
          decision: decision.id,
          outcome: decision.outcome,
          importRef: decision.importRef,
          recordHash: recordHash(decision),
        },
      });
    }
  });
  return result;
}

/** The item after an answer: decided, still open, or given to somebody else (which makes older sheets stale). */
function decided(item: ReviewItem, decision: Decision, people: readonly Identity[]): ReviewItem {
  switch (decision.outcome) {
    case "not_mine": {
      if (decision.reassignTo === null) return { ...item, outcome: "not_mine" };
      const to = decision.reassignTo.toLowerCase();
      const person = people.find(
        (identity) => identity.email?.toLowerCase() === to || identity.id === `identity:${decision.reassignTo}`,
      );
      return {
        ...item,
        version: item.version + 1,
        reviewer: person?.id ?? decision.reassignTo,
        reviewerReason: "was named by the reviewer before",
      };
    }
    case "unsure":
      return { ...item, outcome: "unsure" };
    default:
      return { ...item, state: "decided", outcome: decision.outcome };
  }
}
