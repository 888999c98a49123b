/**
 * The monthly review on the sample company, start to end, with the same use cases that the commands call. The one thing that
 * is played is people: their answers come from a script beside the sample's data.
 */
import type { ConnectorEnvironment } from "../contracts/connector.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import { addDays } from "../model/instant.ts";
import type { Settings } from "../model/settings.ts";
import { SEVERITIES } from "../model/severity.ts";
import { readCsv, writeCsv } from "../text/csv.ts";
import { matchesPattern } from "../text/pattern.ts";
import { campaignSummary, withoutRevocation } from "./campaign-summary.ts";
import { collect } from "./collect.ts";
import { evaluate } from "./evaluate.ts";
import { exportEvidence } from "./evidence-export.ts";
import { verifyEvidence } from "./evidence-verify.ts";
import { closeReview } from "./review-close.ts";
import { exportSheets } from "./review-export.ts";
import { importSheet } from "./review-import.ts";
import { openReview } from "./review-open.ts";
import { reviewStatus } from "./review-status.ts";
import { rehearsalGround, rehearse, undoRehearsed } from "./revoke-rehearse.ts";
import { approvePlan, planRevocationsFor } from "./revoke-plan.ts";
import { writeReports } from "./write-reports.ts";

/** What somebody answers in the script: the first whose patterns match a row of the sheet. */
interface ScriptedAnswer {
  readonly who: string;
  readonly access: string;
  readonly decision: string;
  readonly reason: string;
  readonly reassign_to?: string;
}

/** Runs the whole review and tells each step as it goes. Answers the folder of the reports. */
export async function demo(
  world: World,
  data: DataDirectory,
  settings: Settings,
  environment: ConnectorEnvironment,
  say: (text: string) => void,
): Promise<string> {
  const out = settings.reports;
  const recording = world.demoDirectory;
  const { manifest, snapshot } = await collect(world, data, settings, environment, { from: recording });
  const { graph, document, chokePoints, pushedRoles } = await evaluate(snapshot, settings.thresholds);
  const count = (severity: string): number =>
    document.findings.filter((finding) => finding.severity === severity).length;
  say(
    `collected   ${snapshot.tenants.filter((tenant) => tenant.system !== "roster").length} tenants, ${snapshot.identities.length} people, ${snapshot.principals.length} principals, ${snapshot.credentials.length} credentials, ${snapshot.grants.length} grants (snapshot ${manifest.id}, as of ${manifest.asOf.slice(0, 10)})`,
  );
  say(
    `found       ${document.findings.length} findings: ${SEVERITIES.map((severity) => `${count(severity)} ${severity}`).join(", ")}`,
  );
  for (const finding of document.findings.slice(0, 3))
    say(`              ${finding.severity} ${finding.score}: ${finding.summary}`);

  const { campaign, items } = await openReview(world, data, settings, {});
  const sheets = await exportSheets(world, data, `${out}/sheets`);
  say(
    `asked       ${items.length} things to decide, one CSV for each of ${sheets.length} reviewers; ${campaign.excluded.length} left out, each with a reason`,
  );

  // Two rounds: what one reviewer handed on, or was unsure about, is asked again.
  const script = await readScript(world, recording);
  let answered = 0;
  for (let round = 1; round <= 3; round += 1) {
    const asked = round === 1 ? sheets : await exportSheets(world, data, `${out}/sheets/round-${round}`);
    if (asked.length === 0) break;
    for (const sheet of asked) {
      const filled = fillIn(await world.files.read(sheet.path), script, round);
      const path = `${sheet.path.slice(0, -".csv".length)}-answered.csv`;
      await world.files.write(path, filled);
      const dry = await importSheet(world, data, path, { apply: false });
      if (dry.rejected > 0)
        throw new AuditError(
          "invariant",
          "demo-rejected",
          `a row of ${path} was rejected: ${dry.rows.find((row) => row.why !== null)?.why ?? ""}`,
        );
      answered += (await importSheet(world, data, path, { apply: true })).accepted;
    }
  }
  const status = await reviewStatus(data, campaign.id);
  say(
    `answered    ${answered} answers read back: ${status.tieOut.decided} decided, ${status.tieOut.revoke} of them to be revoked`,
  );

  const plan = await planRevocationsFor(world, data, settings, { campaignId: campaign.id });
  await approvePlan(world, data, plan, plan.hash);
  say(
    `planned     ${plan.planned.length} revocations (${settings.revoke.noticeDays} days' notice, none for leavers), ${plan.stopped.length} stopped by a guard, ${plan.byHand.length} for people to do`,
  );
  for (const { revocation, why } of plan.stopped) say(`              stopped: ${revocation.summary}: ${why}`);

  const ground = await rehearsalGround(world, environment, recording, {
    asOf: snapshot.asOf,
    asOfSource: snapshot.asOfSource,
  });
  let afterCount: number;
  try {
    const rehearsal = await rehearse(world, data, settings, ground, plan.planned);
    afterCount = rehearsal.after.findings.length;
    const gone = rehearsal.rehearsed.filter((one) => one.verification?.passed === true);
    say(
      `rehearsed   ${gone.length} of ${rehearsal.rehearsed.length} would be gone; findings ${rehearsal.before.findings.length} → ${rehearsal.after.findings.length} (simulated on a copy, nothing was changed)`,
    );
    const [first] = gone
      .filter(({ revocation }) => revocation.undoClass === "A")
      .sort((a, b) => (a.revocation.summary < b.revocation.summary ? -1 : 1));
    if (first !== undefined) {
      const { back } = await undoRehearsed(world, data, ground, first.revocation);
      if (!back)
        throw new AuditError("invariant", "demo-undo", `undoing did not bring back: ${first.revocation.summary}`);
      say(`undone      ${first.revocation.summary}: put back from its capsule and read again`);
    }
  } finally {
    await world.files.remove(ground.path);
  }

  await closeReview(world, data, campaign.id);
  const final = await reviewStatus(data, campaign.id);
  for (const line of final.tieOut.lines.slice(0, 2)) say(`tied out    ${line}`);
  const archive = `${out}/evidence.zip`;
  const exported = await exportEvidence(world, data, { campaignId: campaign.id, path: archive });
  const verified = await verifyEvidence(world.archives, archive);
  if (!verified.ok)
    throw new AuditError(
      "invariant",
      "demo-evidence",
      `the evidence archive is not whole: ${verified.problems[0]?.problem ?? ""}`,
    );
  say(
    `proven      ${archive}: ${verified.counts.files} files, ${verified.counts.events} events, checked offline, head ${exported.manifest.head.hash.slice(0, 16)}`,
  );

  const revocations = [...(await data.state.list("revocation"))].sort((a, b) =>
    a.dueAt + a.summary < b.dueAt + b.summary ? -1 : 1,
  );
  const verifications = await data.state.list("verification");
  const summary = await campaignSummary(data, {
    status: final,
    plan,
    document,
    findingsAfter: afterCount,
    evidence: {
      path: archive,
      verdict: `The archive was checked offline: ${verified.counts.events} events in an unbroken chain, every file as it was written.`,
      head: exported.manifest.head.hash,
    },
    now: world.clock.now(),
  });
  const written = await writeReports(
    world.files,
    out,
    { graph, document, chokePoints, pushedRoles },
    settings.thresholds,
    {
      revocations: { revocations, verifications, withoutRevocation: withoutRevocation(plan, revocations) },
      campaign: summary,
    },
  );
  say(`written     ${written.map(({ path }) => path.slice(out.length + 1)).join(", ")}`);
  return out;
}

async function readScript(world: World, recording: string): Promise<readonly ScriptedAnswer[]> {
  return JSON.parse(
    new TextDecoder().decode(await world.files.read(`${recording}/decisions.json`)),
  ) as readonly ScriptedAnswer[];
}

/** Fills a sheet in as its reviewer would: by the script, else keep, with a reason where the risk asks for one. */
function fillIn(bytes: Uint8Array, script: readonly ScriptedAnswer[], round: number): string {
  const { header, rows } = readCsv(bytes);
  const at = (column: string): number => header.indexOf(column);
  return writeCsv(
    header,
    rows.map(({ cells }) => {
      const cell = (column: string): string => cells[at(column)] ?? "";
      const scripted = script.find(
        (answer) =>
          matchesPattern(answer.who, cell("person_or_machine")) && matchesPattern(answer.access, cell("access")),
      );
      // Who was unsure or handed it on answers, asked again, with keep.
      const undecided =
        scripted !== undefined && (scripted.decision === "unsure" || scripted.decision === "not_mine") && round > 1;
      const answer =
        scripted === undefined || undecided
          ? { decision: "keep", reason: keepReason(cell("risk")), reassign_to: "" }
          : scripted;
      const filled = [...cells];
      filled[at("decision")] = answer.decision;
      filled[at("reason")] = answer.reason;
      filled[at("reassign_to")] = answer.reassign_to ?? "";
      return filled;
    }),
  );
}

const keepReason = (risk: string): string =>
  risk === "critical" || risk === "high" ? "still needed for the job, followed up outside this review" : "";

/** Settings of the demo: the sample's own fallback reviewer, everything else as a new user finds it. */
export function demoSettings(
  settings: Settings,
  folder: { readonly data: string; readonly reports: string },
): Settings {
  return { ...settings, ...folder, review: { ...settings.review, fallbackReviewer: "security@acme.example" } };
}

/** A clock that stands in the sample's month and moves a second with every look, so that every run shows the same review. */
export function sampleClock(start: string): World["clock"] {
  let seconds = 0;
  return {
    now() {
      seconds += 1;
      return `${new Date(Date.parse(addDays(start, 0)) + seconds * 1_000).toISOString().slice(0, 19)}Z`;
    },
  };
}
