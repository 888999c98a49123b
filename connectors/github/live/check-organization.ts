import type { DoctorFinding } from "../../../src/contracts/connector.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import { daysBetween, toInstant, type Instant } from "../../../src/model/instant.ts";
import { duration } from "../../../src/text/duration.ts";
import type { Refusal } from "../classify-refusal.ts";
import { ENTERPRISE_SCOPES, SCOPES } from "../scopes.ts";
import type { OpenOctokit } from "./open-octokit.ts";
import { closedTo, lacking } from "./hidden-from.ts";
import { refusalOf } from "./refused.ts";
import { sizeOf } from "./size-organization.ts";

/** A token that ends so soon is worth a word. */
const EXPIRES_SOON_DAYS = 14;
/** A clock that is further off makes ages and due dates wrong. */
const CLOCK_SECONDS = 300;
const DAY_SECONDS = 86_400;

/** What a new user wants to know before the first run: is the token let in, how long, and what will it not see. */
export async function checkOrganization(open: OpenOctokit, now: Instant): Promise<readonly DoctorFinding[]> {
  return [...(await signIn(open, now)), ...(await keysOf(open))];
}

async function signIn(open: OpenOctokit, now: Instant): Promise<readonly DoctorFinding[]> {
  const { octokit, settings, tokenKind } = open;
  const { organization, tokenFrom } = settings;
  try {
    const { headers } = await octokit.request("GET /orgs/{org}", { org: organization });
    return [
      {
        level: "ok",
        text: `\`${organization}\` answers ${tokenKind} in \`${settings.app?.privateKeyFrom ?? tokenFrom}\``,
      },
      ...scopes(headers, settings.enterprise !== undefined),
      ...expiry(headers, now),
      ...clock(headers, now),
      ...(await sight(open)),
    ];
  } catch (error) {
    const { verdict, unreachable } = refusalOf(error);
    const text = `\`${organization}\` cannot be read: ${verdict.reason}`;
    const hint = unreachable
      ? "check the network, the proxy and `baseUrl`"
      : "check the token's owner, its expiry and single sign-on";
    return [{ level: "problem", text, hint }];
  }
}

/** Whether the keys of further apps work. They are read here, and else only when something is changed. */
async function keysOf({ settings, asApp }: OpenOctokit): Promise<readonly DoctorFinding[]> {
  const lines: DoctorFinding[] = [];
  for (const own of settings.ownApps ?? []) {
    const from = `\`${own.privateKeyFrom}\``;
    if (own.id === settings.app?.id) {
      const text = `\`ownApps\` names the app ${own.id} that is signed in with`;
      lines.push({ level: "warning", text, hint: "leastwise never suspends itself: leave it out" });
      continue;
    }
    try {
      const { data } = await (await asApp(own)).request("GET /app");
      const slug = data?.slug ?? String(own.id);
      lines.push({ level: "ok", text: `the key in ${from} is that of the app \`${slug}\`: it can be suspended` });
    } catch (error) {
      lines.push({
        level: "warning",
        text: `the app ${own.id} cannot be suspended: ${error instanceof AuditError ? error.message : `GitHub does not take the key in ${from}: ${refusalOf(error).verdict.reason}`}`,
        hint: "check its id and key under `ownApps`; reading does not need it",
      });
    }
  }
  return lines;
}

type Headers = Refusal["headers"];

/** GitHub names the scopes of classic tokens only; the header is empty for a token without any. */
function scopes(headers: Headers, enterprise: boolean): DoctorFinding[] {
  const header = headers["x-oauth-scopes"];
  if (typeof header !== "string") return [];
  const own = header.split(",").map((scope) => scope.trim());
  return [...SCOPES, ...(enterprise ? ENTERPRISE_SCOPES : [])]
    .filter(({ scope, others }) => ![scope, ...others].some((one) => own.includes(one)))
    .map(({ scope, without }) => ({
      level: "warning",
      text: `the token lacks the scope \`${scope}\``,
      hint: without,
    }));
}

function expiry(headers: Headers, now: Instant): DoctorFinding[] {
  // `2027-01-31 08:00:00 UTC`
  const header = String(headers["github-authentication-token-expiration"] ?? "");
  const instant = toInstant(header.replace(/ UTC$/, "Z").replace(/ ([+-]\d{4})$/, "$1"));
  if (instant === undefined) return [];
  const days = daysBetween(now, instant);
  return days < EXPIRES_SOON_DAYS
    ? [{ level: "warning", text: `the token expires in ${days} days`, hint: "make a new one before it does" }]
    : [{ level: "ok", text: `the token expires on ${instant.slice(0, 10)}` }];
}

function clock(headers: Headers, now: Instant): DoctorFinding[] {
  const theirs = Date.parse(String(headers["date"] ?? ""));
  const ahead = (Date.parse(now) - theirs) / 1_000;
  if (!(Math.abs(ahead) > CLOCK_SECONDS)) return [];
  return [
    {
      level: "warning",
      text: `this machine's clock is ${spanInWords(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} GitHub's`,
      hint: "ages and due dates follow it: set it",
    },
  ];
}

/** `2 days 3 h`; hours and minutes below two days. */
function spanInWords(seconds: number): string {
  const days = Math.floor(seconds / DAY_SECONDS);
  if (days < 2) return duration(seconds);
  const hours = Math.round((seconds - days * DAY_SECONDS) / 3_600);
  return `${days} days${hours === 0 ? "" : ` ${hours} h`}`;
}

/** What the token's owner will not be shown. */
async function sight(open: OpenOctokit): Promise<DoctorFinding[]> {
  const lines: DoctorFinding[] = [];
  try {
    const size = await sizeOf(open);
    if (!size.isOwner) {
      lines.push({
        level: "warning",
        text: `\`${size.viewer}\` does not own \`${open.settings.organization}\``,
        hint: "second factors, the audit log and settings are shown to owners only",
      });
    }
    // Who does not own the organization was told already.
    if (size.auditLog === false && size.isOwner)
      lines.push({
        level: "warning",
        text: "the audit log is not shown",
        hint: "it is part of GitHub Enterprise Cloud; without it last activity stays unknown, and every run asks every repository",
      });
    if (size.points !== null && size.points.remaining * 10 < size.points.limit) {
      lines.push({
        level: "warning",
        text: `${size.points.remaining} of ${size.points.limit} GraphQL points are left`,
        hint: `there will be more at ${size.points.resetAt}`,
      });
    }
  } catch (error) {
    lines.push({
      level: "warning",
      text: `its size cannot be read: ${reasonOf(error)}`,
      hint: "the forecast will be empty",
    });
  }
  lines.push(...closedTo(open.kind));
  if (open.kind === "app") lines.push(...(await permissionsOf(open)));
  return lines;
}

/** What the app was not given in this organization. */
async function permissionsOf({ octokit, settings }: OpenOctokit): Promise<readonly DoctorFinding[]> {
  try {
    const { data } = await octokit.request("GET /orgs/{org}/installation", { org: settings.organization });
    return lacking(data.permissions as Readonly<Record<string, string>>);
  } catch (error) {
    const hint = "what it lacks will be told by the coverage";
    return [
      { level: "warning", text: `the app's permissions cannot be read: ${refusalOf(error).verdict.reason}`, hint },
    ];
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof TypeError ? "the answer holds no organization" : refusalOf(error).verdict.reason;
