import { evaluate, ruleDescriptions, type Evaluation } from "../../app/evaluate.ts";
import { explain as explainText, type Explanation, type RepositoryExplanation } from "../../app/explain.ts";
import type { PersonExplanation, TenantExplanation } from "../../app/explain-person.ts";
import type { ExplainedFinding, ExplainedOwners } from "../../app/explained.ts";
import { gatherRecorded } from "../../app/gather.ts";
import { readSnapshot } from "../../app/latest-snapshot.ts";
import type { ExplainedAccess, ExplainedRepositories } from "../../app/explain-repositories.ts";
import { connectorEnvironment, withData } from "../open.ts";
import type { LedRole } from "../../app/leads-to.ts";
import type { PushedRole } from "../../model/pushed-role.ts";
import { pushedByInWords } from "../../text/pushed-by-in-words.ts";
import type { CommandContext, CommandModule, CommonOptions } from "../program.ts";
import { columns, plain } from "../tell.ts";

/** `leastwise explain <finding, principal, repository or access key>`: why, with the path. */
export const explain: CommandModule = {
  register(program, context) {
    program
      .command("explain")
      .description(
        "why a finding is one, what a principal holds and through what, who has a repository, whose a key or token is, or who somebody is",
      )
      .argument(
        "<finding, principal, repository or key>",
        "a finding's id, an ARN, a login, `owner/repository`, an access key id, the name of a token, an e-mail, an organization",
      )
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
  if (explanation.kind === "repository") return repositoryWords(explanation);
  if (explanation.kind === "person") return personWords(explanation);
  if (explanation.kind === "tenant") return tenantWords(explanation);
  const { principal, identity, owners, credentials, holds, members, administers, repositories, findings } = explanation;
  const lines = [
    `${principal.kind} ${plain(principal.displayName)} in ${plain(principal.tenant)}`,
    `${plain(principal.locator)}`,
    "",
    `who              ${identity.name === null ? identity.state : `${plain(identity.name)} (${identity.state}, confidence ${identity.confidence})`}`,
    ...identity.evidence.map((line) => `                 ${plain(line)}`),
    ownerLine(owners),
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
  lines.push(...ledLines(explanation.leadsTo));
  if (repositories !== null) lines.push(...repositoryLines(repositories));
  if (explanation.pushes !== null) lines.push(...pushLines(explanation.pushes));
  return [...lines, ...findingLines(findings)].join("\n");
}

function ownerLine({ businessName, technicalName }: ExplainedOwners): string {
  return `owners           business ${plain(businessName ?? "unknown")}, technical ${plain(technicalName ?? "unknown")}`;
}

function personWords({ person, principals, findings }: PersonExplanation): string {
  const { id, kind, displayName, email, department, employment, manager } = person;
  const rows = principals.map(({ kind: what, locator, tenant, confidence }) => [
    `  ${what}`,
    plain(locator),
    `in ${plain(tenant)}`,
    `confidence ${confidence}`,
  ]);
  return [
    `${kind === "human" ? "person" : kind} ${plain(displayName)}${email === null ? "" : ` <${plain(email)}>`}`,
    id,
    "",
    `employment       ${employment ?? "unknown"}${department === null ? "" : `, ${plain(department)}`}`,
    `manager          ${plain(manager ?? "unknown")}`,
    "",
    ...(principals.length === 0
      ? ["signs in as nobody that was collected"]
      : ["signs in as (`leastwise explain` tells more of each)", columns(rows)]),
    ...findingLines(findings),
  ].join("\n");
}

function tenantWords({ tenant, owners, counts, findings }: TenantExplanation): string {
  return [
    `${tenant.system === "github" ? "organization" : "tenant"} ${plain(tenant.name)}`,
    tenant.id,
    "",
    ...(owners.length === 0 ? [] : [`owners           ${owners.map(plain).join(", ")}`]),
    `collected        ${counts.map(({ kind, count }) => `${kind.replaceAll("-", " ")} ${count}`).join(", ")}`,
    ...findingLines(findings),
  ].join("\n");
}

/** More would scroll past what matters; the JSON has all. */
const MOST_LINES = 40;

function repositoryLines({ everywhere, on, notRead }: ExplainedRepositories): readonly string[] {
  const lines: string[] = [];
  if (everywhere.length > 0)
    lines.push("", "on every repository", ...everywhere.map(({ role, how }) => `  ${role} ${plain(how)}`));
  if (on.length > 0) lines.push("", "on repositories", ...accessLines(on, notRead));
  return [...lines, ...notReadLines(notRead)];
}

function repositoryWords(explanation: RepositoryExplanation): string {
  const { repository, owners, people, otherMembers, machines, notRead, findings } = explanation;
  const lines = [`repository ${plain(repository.displayName)} in ${plain(repository.tenant)}`, ownerLine(owners)];
  lines.push(...ledLines(explanation.leadsTo));
  if (people.length > 0) lines.push("", "people", ...accessLines(people, notRead));
  const { role, count } = otherMembers;
  const everybodys = role === null ? "unknown (the base permission was not read)" : role === "none" ? "nothing" : role;
  if (count > 0)
    lines.push("", `${count} more ${count === 1 ? "member" : "members"}, like every member: ${everybodys}`);
  if (machines.length > 0) {
    const rows = machines.map(({ kind, name, writes, missing }) => [
      `  ${kind.replace("-", " ")}`,
      plain(name),
      [...(writes.length > 0 ? [`writes ${writes.join(", ")}`] : []), ...ownOf(missing, notRead)].join("; "),
    ]);
    lines.push("", "apps, keys and tokens", columns(rows.slice(0, MOST_LINES)), ...restOf(rows.length));
  }
  return [...lines, ...notReadLines(notRead), ...findingLines(findings)].join("\n");
}

/** Roles in AWS that pushing leads to. */
function ledLines(roles: readonly LedRole[]): readonly string[] {
  if (roles.length === 0) return [];
  const rows = roles.map(({ role, tenant, administers, state, place }) => [
    `  ${plain(role)}`,
    plain(tenant),
    state,
    `by pushing to ${plain(place)}`,
    administers === "no" ? "" : administers === "yes" ? "an administrator" : `an administrator: ${administers}`,
  ]);
  return ["", "leads to", columns(rows.slice(0, MOST_LINES)), ...restOf(rows.length)];
}

/** What was not read of everybody is told once, at the end. */
function accessLines(rows: readonly ExplainedAccess[], notRead: readonly string[]): readonly string[] {
  const shown = rows.slice(0, MOST_LINES).map(({ name, role, sources, missing }) => {
    const ways = sources.map((source) => `${source.role} ${plain(source.how)}`);
    return [`  ${plain(name)}`, role, [...ways, ...ownOf(missing, notRead)].join("; ")];
  });
  return [columns(shown), ...restOf(rows.length)];
}

function ownOf(missing: readonly string[], notRead: readonly string[]): readonly string[] {
  return missing.filter((why) => !notRead.includes(why)).map(plain);
}

function restOf(count: number): readonly string[] {
  return count > MOST_LINES ? [`  and ${count - MOST_LINES} more; \`--json\` has them all`] : [];
}

function notReadLines(notRead: readonly string[]): readonly string[] {
  return notRead.length === 0 ? [] : ["", "there may be more, since", ...notRead.map((why) => `  ${plain(why)}`)];
}

function findingLines(findings: readonly ExplainedFinding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ id, severity, score, summary }) => [`  ${id}`, `${severity} ${score}`, plain(summary)]);
  return ["", "findings", columns(rows)];
}

/** Places of a role before the others are counted. */
const MOST_PLACES = 20;

/** Which branches, tags and environments lead to a role, who gets there, and the cheapest cut. */
function pushLines({ places, strangers, unread, cuts, did, lastUsed }: PushedRole): readonly string[] {
  const lines = ["", "is reached from GitHub by"];
  if (strangers !== null) lines.push(`  yes  anybody on GitHub: ${plain(strangers)}`);
  if (unread !== null) lines.push(`  unknown  the trust policy could not be judged: ${plain(unread)}`);
  for (const { state, place, repository, by, subject, missing } of places.slice(0, MOST_PLACES)) {
    lines.push(`  ${state}  ${plain(place)} of ${plain(repository)}${subject === null ? "" : `   ${plain(subject)}`}`);
    for (const one of by.filter((each) => each.state !== "no" || state === "no"))
      lines.push(`      ${one.state === state ? "" : `${one.state}: `}${plain(pushedByInWords(one))}`);
    if (missing.length > 0) lines.push(`      there may be others: ${plain(missing.join("; "))}`);
  }
  if (places.length > MOST_PLACES) lines.push(`  ${places.length - MOST_PLACES} further places, see --json`);
  if (places.length === 0 && strangers === null && unread === null)
    lines.push("  nothing: no repository that was read gets a token the role lets in");
  lines.push("", `last used        ${plain(lastUsed)}`);
  if (did === null)
    lines.push("did              unknown: no log of its sessions was read (web-identity-sessions.json)");
  for (const { subject, lastAt, times } of did?.slice(0, MOST_PLACES) ?? [])
    lines.push(
      `did              ${plain(subject)}, ${times === 1 ? "once" : `${times} times`}, last ${lastAt.slice(0, 10)}`,
    );
  const [first, ...others] = cuts;
  if (first === undefined) return lines;
  lines.push("", `cheapest cut     ${plain(first.what)} (closes ${first.closes} of these ways)`);
  for (const { what } of others) lines.push(`                 or ${plain(what)}`);
  if (first.policy !== null) lines.push("", first.policy);
  return lines;
}
