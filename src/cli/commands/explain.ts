import { evaluate, ruleDescriptions, type Evaluation } from "../../app/evaluate.ts";
import { explain as explainText, type ExplainedFinding, type Explanation } from "../../app/explain.ts";
import { gatherRecorded } from "../../app/gather.ts";
import { readSnapshot } from "../../app/latest-snapshot.ts";
import { connectorEnvironment, withData } from "../open.ts";
import type { CommandContext, CommandModule, CommonOptions } from "../program.ts";
import { columns, plain } from "../tell.ts";

/** `leastwise explain <finding, principal or access key>`: why, with the path. */
export const explain: CommandModule = {
  register(program, context) {
    program
      .command("explain")
      .description("why a finding is one, what a principal holds and through what, or whose an access key is")
      .argument("<finding, principal or key>", "a finding's id, an ARN, a login, an access key id")
      .option("--from <path>", "recorded input instead of the newest snapshot")
      .option("--json", "print one JSON document (leastwise/explain@1)")
      .action(async (text: string, options: { from?: string; json?: boolean }) => {
        const { document, graph, escalations } = await evaluation(context, program.opts<CommonOptions>(), options.from);
        const explanation = explainText(
          text,
          graph,
          document,
          ruleDescriptions(),
          escalations,
          options.from === undefined ? "in the newest snapshot" : `in \`${options.from}\``,
        );
        if (options.json === true) context.tell.json(explanation);
        else context.tell.answer(words(explanation));
      });
  },
};

async function evaluation(
  context: CommandContext,
  options: CommonOptions,
  from: string | undefined,
): Promise<Evaluation> {
  if (from !== undefined) {
    const settings = await context.world.loadSettings(options.config);
    return await evaluate(
      await gatherRecorded(context.world, connectorEnvironment(context), [from], undefined),
      settings.thresholds,
    );
  }
  return withData(context, options, async (data, settings) =>
    evaluate((await readSnapshot(data)).snapshot, settings.thresholds),
  );
}

function words(explanation: Explanation): string {
  if (explanation.kind === "finding") {
    const { finding, rule } = explanation;
    const lines = [
      `${finding.severity} ${finding.score}  ${plain(finding.summary)}`,
      "",
      ...(rule === null ? [] : [`why it matters   ${rule.rationale}`, `what to do       ${rule.remediation}`, ""]),
      `subject          ${plain(finding.subject.locator)}`,
    ];
    const first = finding.path?.[0];
    if (first !== undefined) {
      lines.push(`path             ${plain(first.from)}`);
      for (const hop of finding.path ?? []) lines.push(`                 └ ${hop.technique.name} → ${plain(hop.to)}`);
    }
    lines.push("score");
    for (const term of finding.terms) lines.push(`                 ${String(term.value).padStart(5)}  ${term.name}`);
    for (const evidence of finding.evidence)
      lines.push(`evidence         ${evidence.source}, as of ${evidence.observedAt}`);
    lines.push(`controls         ${finding.controls.join(", ")}`, `id               ${finding.id}`);
    return lines.join("\n");
  }
  if (explanation.kind === "credential") {
    const { credential, holder, findings } = explanation;
    return [
      `${credential.kind.replaceAll("-", " ")} ${plain(credential.hint)}${holder === null ? "" : ` of ${plain(holder.displayName)} in ${plain(holder.tenant)}`}`,
      plain(credential.id),
      "",
      ...(holder === null ? [] : [`holder           ${plain(holder.locator)}`]),
      `status           ${plain(credential.status)}`,
      `last used        ${plain(credential.lastUsed)}`,
      ...findingLines(findings),
    ].join("\n");
  }
  const { principal, identity, owners, credentials, holds, members, administers, findings } = explanation;
  const lines = [
    `${principal.kind} ${plain(principal.displayName)} in ${plain(principal.tenant)}`,
    `${plain(principal.locator)}`,
    "",
    `who              ${identity.name === null ? identity.state : `${plain(identity.name)} (${identity.state}, confidence ${identity.confidence})`}`,
    ...identity.evidence.map((line) => `                 ${plain(line)}`),
    `owners           business ${owners.business ?? "unknown"}, technical ${owners.technical ?? "unknown"}`,
  ];
  if (credentials.length > 0) {
    lines.push(
      "",
      "signs in with",
      columns(credentials.map((c) => ["  " + c.kind, plain(c.hint), c.status, `last used ${c.lastUsed}`])),
    );
  }
  if (holds.length > 0) {
    lines.push(
      "",
      "is granted",
      columns(
        holds.map((h) => [
          "  " + plain(h.entitlement),
          h.level ?? "",
          h.via.length === 0 ? "direct" : `via ${h.via.map(plain).join(" → ")}`,
          h.approved ? `approved${h.approvedUntil === null ? "" : ` until ${h.approvedUntil.slice(0, 10)}`}` : "",
        ]),
      ),
    );
  }
  if (members.length > 0) lines.push("", "members", ...members.map((member) => `  ${plain(member)}`));
  for (const { tenant, how, state, path } of administers) {
    const [can, sure] = [
      how === "direct" ? "administers" : "can come to administer",
      state === "yes" ? "" : `, ${state}`,
    ];
    lines.push("", `${can} ${plain(tenant)}${sure}`);
    for (const hop of path) lines.push(`  └ ${hop.technique.name} → ${plain(hop.to)}`);
  }
  return [...lines, ...findingLines(findings)].join("\n");
}

function findingLines(findings: readonly ExplainedFinding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ id, severity, score, summary }) => [`  ${id}`, `${severity} ${score}`, plain(summary)]);
  return ["", "findings", columns(rows)];
}
