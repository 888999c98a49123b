import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { identityResolver } from "../graph/identity.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Decision } from "../model/decision.ts";
import type { Instant } from "../model/instant.ts";
import type { ReviewItem } from "../model/review-item.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { latestDecisions } from "../review/latest-decisions.ts";
import { readReassignment, type Holder } from "../review/reassign.ts";
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
  /** Rows whose answer is on record already: nothing to do, nothing wrong. */
  readonly alreadyRecorded: number;
  /** Rows that say again what another row of the file says. */
  readonly repeated: number;
  readonly noDecision: number;
  readonly rejected: number;
  readonly rows: readonly RowResult[];
  /** Codes of items of this reviewer that the file does not mention. */
  readonly missing: readonly string[];
  /** The share of `keep` among the answers: shown to the reviewer before it counts. */
  readonly keepShare: number;
}

/**
 * Judges a whole sheet first; with `apply` every accepted row is recorded in one transaction. Rejected rows are named and change
 * nothing: what they are about stays open. The uploaded bytes are kept under their hash.
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
  const before = latestDecisions(decisions);
  const fileHash = sha256(bytes);
  const now = world.clock.now();
  let sheet: SheetResult;
  try {
    sheet = readSheet(
      bytes,
      {
        campaign,
        items,
        exports: new Map(exports.map((row) => [row.id, row])),
        decisions: before,
        fileHash,
        key: await data.signingKey(),
        now,
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
          payload: { sha256: fileHash, code: error.code },
        }),
      );
    }
    throw error;
  }
  const byId = new Map(items.map((item) => [item.id, item]));
  const { rows, reviewers } = await checkReassignments(sheet, byId, data, campaign, now);
  const accepted = rows.filter((row) => row.result === "accepted");
  const count = (result: RowResult["result"]): number => rows.filter((row) => row.result === result).length;
  const result: ImportResult = {
    applied: options.apply,
    file: path,
    reviewer: sheet.reviewer,
    accepted: accepted.length,
    alreadyRecorded: count("already-recorded"),
    repeated: count("repeated"),
    noDecision: count("no-decision"),
    rejected: count("rejected"),
    rows,
    missing: sheet.missing,
    keepShare:
      accepted.length === 0 ? 0 : accepted.filter((row) => row.answer?.outcome === "keep").length / accepted.length,
  };
  if (!options.apply) return result;

  const importId = await data.blobs.put(bytes, "csv");
  const late = new Set<RowResult>();
  await data.state.transaction(async (writer) => {
    // Judged outside the transaction: somebody may have decided, or closed the review, meanwhile.
    if ((await writer.get("campaign", campaign.id))?.state === "closed")
      throw new AuditError(
        "input-file",
        "campaign-closed",
        "the campaign was closed meanwhile: no decision is taken any more",
        {
          place: { file: path },
          hint: "open a new campaign",
        },
      );
    const since = latestDecisions(await writer.list("decision", { parentId: campaign.id }));
    for (const row of accepted) {
      const item = byId.get(row.answer?.itemId ?? "");
      if (item === undefined) continue;
      const current = await writer.get("review_item", item.id);
      if (current?.version !== item.version || since.get(item.id)?.id !== before.get(item.id)?.id) late.add(row);
    }
    // The same bytes again: the answers are judged anew, the file is on record once, with what it brought in all.
    const onRecord = await writer.get("import_file", importId);
    if (onRecord !== undefined && accepted.length === 0) return;
    const file = {
      id: importId,
      campaignId: campaign.id,
      uploader: world.actor,
      at: now,
      accepted: (onRecord?.accepted ?? 0) + result.accepted - late.size,
      rejected: result.rejected + late.size,
    };
    if (onRecord === undefined) await writer.insert("import_file", file);
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
        accepted: result.accepted - late.size,
        rejected: result.rejected + late.size,
        noDecision: result.noDecision,
      },
    });
    for (const row of accepted) {
      const answer = row.answer;
      const item = answer === null ? undefined : byId.get(answer.itemId);
      if (answer === null || item === undefined) continue;
      const current = await writer.get("review_item", item.id);
      if (current === undefined || late.has(row)) continue;
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
      await writer.update("review_item", decided(current, decision, reviewers.get(item.id)));
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
  if (late.size === 0) return result;
  return {
    ...result,
    accepted: result.accepted - late.size,
    rejected: result.rejected + late.size,
    rows: rows.map((row) =>
      late.has(row)
        ? { ...row, result: "rejected", why: "somebody else decided it at the same time: export the sheet again" }
        : row,
    ),
  };
}

/**
 * Whom rows give their items to, by item id; rows that give one to nobody, or to the very person it is about, are rejected. The
 * snapshot is read only where somebody is named: it can be large.
 */
async function checkReassignments(
  sheet: SheetResult,
  items: ReadonlyMap<string, ReviewItem>,
  data: DataDirectory,
  campaign: Campaign,
  now: Instant,
): Promise<{ readonly rows: readonly RowResult[]; readonly reviewers: ReadonlyMap<string, string> }> {
  const reviewers = new Map<string, string>();
  const givenTo = ({ result, answer }: RowResult): string | null =>
    result === "accepted" && answer !== null ? answer.reassignTo : null;
  if (sheet.rows.every((row) => givenTo(row) === null)) return { rows: sheet.rows, reviewers };
  const { snapshot } = await readSnapshot(data, campaign.snapshotId);
  const holderOf = holderFinder(snapshot);
  const rows = sheet.rows.map((row): RowResult => {
    const to = givenTo(row);
    const item = items.get(row.answer?.itemId ?? "");
    if (to === null || item === undefined) return row;
    const read = readReassignment(to, snapshot.identities, holderOf(item), sheet.reviewer, now);
    if ("problem" in read) return { ...row, result: "rejected", why: `reassign_to: ${read.problem}`, answer: null };
    reviewers.set(item.id, read.reviewer);
    return row;
  });
  return { rows, reviewers };
}

function holderFinder(snapshot: Snapshot): (item: ReviewItem) => Holder {
  const principals = new Map(snapshot.principals.map((principal) => [principal.id, principal]));
  const whoIs = identityResolver(snapshot);
  return ({ principalId }) => {
    const principal = principals.get(principalId ?? "");
    if (principal === undefined) return { identityId: null, addresses: [] };
    const who = whoIs(principal.id);
    const email = principal.email.known ? principal.email.value : null;
    return {
      identityId: who.state === "linked" || who.state === "probable" ? who.identityId : null,
      addresses: [principal.locator, principal.displayName, ...(email === null ? [] : [email])],
    };
  };
}

/** The item after an answer: decided, still open, or given to somebody else (which makes older sheets stale). */
function decided(item: ReviewItem, decision: Decision, reviewer: string | undefined): ReviewItem {
  switch (decision.outcome) {
    case "not_mine": {
      if (reviewer === undefined) return { ...item, state: "open", outcome: "not_mine" };
      return {
        ...item,
        state: "open",
        outcome: "not_mine",
        version: item.version + 1,
        reviewer,
        reviewerReason: "was named by the reviewer before",
      };
    }
    case "unsure":
      return { ...item, state: "open", outcome: "unsure" };
    default:
      return { ...item, state: "decided", outcome: decision.outcome };
  }
}
