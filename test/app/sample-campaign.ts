import type { DataDirectory } from "../../src/contracts/store.ts";
import type { Campaign } from "../../src/model/campaign.ts";
import { recordHash } from "../../src/text/evidence-hash.ts";
import { sampleSnapshot } from "../store/sample-snapshot.ts";
import { NOON, SAMPLE_ROWS, sampleDecision, sampleEvent, sampleItem } from "../store/sample-state.ts";

/** The answers that came back, as they were uploaded. */
export const UPLOADED = "\uFEFFitem,decision\r\nAR-7QF3-K2ZD-M,revoke\r\n";

/** Writes a small review that was opened, answered, carried out and closed, with every event that belongs to it. */
export async function reviewedCampaign(data: DataDirectory): Promise<Campaign> {
  const by = { at: NOON, actor: "os:robin", assurance: "attested" } as const;
  const snapshot = await data.snapshots.write(sampleSnapshot(), by);
  const upload = await data.blobs.put(new TextEncoder().encode(UPLOADED), "csv");
  const campaign: Campaign = {
    ...SAMPLE_ROWS.campaign.row,
    state: "closed",
    closedAt: NOON,
    snapshotId: snapshot.id,
    excluded: [{ subjectId: "aws:111122223333:AROAROLE", reason: "service-linked, AWS owns it" }],
  };
  const first = sampleDecision({ id: "decision-0", outcome: "unsure" });
  const decision = sampleDecision({ supersedes: first.id, importRef: `${upload}:2` });
  const kept = sampleDecision({ id: "decision-2", itemId: "item-2", outcome: "keep" });
  const capsule = SAMPLE_ROWS.capsule.row;
  const verification = SAMPLE_ROWS.verification.row;
  await data.state.transaction(async (writer) => {
    await writer.insert("campaign", campaign);
    await writer.append(
      sampleEvent({ type: "campaign.opened", subject: campaign.id, payload: { snapshot: snapshot.id } }),
    );
    await writer.insert("review_item", sampleItem());
    await writer.insert(
      "review_item",
      sampleItem({ id: "item-2", subjectId: "grant-1", subjectKind: "grant", outcome: "keep" }),
    );
    await writer.insert("review_export", SAMPLE_ROWS.review_export.row);
    await writer.insert("import_file", { ...SAMPLE_ROWS.import_file.row, id: upload });
    await writer.append(sampleEvent({ type: "review.imported", subject: campaign.id, payload: { sha256: upload } }));
    for (const answer of [first, decision, kept]) {
      await writer.insert("decision", answer);
      const { id, outcome, importRef } = answer;
      const payload = { decision: id, outcome, importRef, recordHash: recordHash(answer) };
      await writer.append(sampleEvent({ type: "decision.recorded", subject: answer.itemId, payload }));
    }
    await writer.insert("revocation", SAMPLE_ROWS.revocation.row);
    await writer.insert("capsule", capsule);
    await writer.append(
      sampleEvent({
        type: "revocation.captured",
        payload: { capsule: capsule.id, preImageHash: capsule.preImageHash },
      }),
    );
    await writer.append(sampleEvent({ type: "revocation.executed" }));
    await writer.insert("verification", verification);
    await writer.append(sampleEvent({ type: "revocation.verified", payload: { verification: verification.id } }));
    await writer.append(sampleEvent({ type: "campaign.closed", subject: campaign.id }));
  });
  return campaign;
}
