/**
 * Reads refusals by GitHub out of what somebody pastes: an answer with its headers, an error of an SDK, of `gh` or of git, JSON,
 * the log of a workflow.
 */
import { aboutIn, type About } from "./about.ts";
import type { AnswerHeaders, GitHubAnswer } from "./answer.ts";
import { readOwnWords, readRefusal } from "./read-refusal.ts";
import type { RefusalVerdict } from "./verdict.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** One refusal and where it begins, counted from 1. */
export interface RefusalAtLine {
  readonly line: number;
  readonly verdict: RefusalVerdict;
  readonly about: About;
  readonly status: number | null;
}

/** Headers worth reading. */
const HEADERS = [
  "x-accepted-github-permissions",
  "x-accepted-oauth-scopes",
  "x-oauth-scopes",
  "x-github-sso",
  "retry-after",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "x-ratelimit-resource",
  "location",
  "date",
] as const;

/** Characters beyond which a text is a log: no document of GitHub's is so long. */
const LONGEST_DOCUMENT = 2_000_000;
/** Characters in which the body of a refusal begins and ends. */
const LONGEST_PART = 40_000;
const MOST_BRACES = 60;
/** Characters of words that are read: what GitHub says is said before. */
const LONGEST_WORDS = 8_000;

/** What shows that GitHub is meant, where its words could be anybody's. */
const GITHUB =
  /\bapi\.github\.|docs\.github\.com|\bgithub\.com\b|x-github-|x-accepted-(?:github|oauth)|"documentation_url"|^\s*(?:gh|GraphQL): |HttpError|\bgithub-actions|\bGITHUB_TOKEN\b|octokit|server: github/im;
const AWS = /\bamazonaws\.com|\barn:aws|not authorized to perform|\bAccessDenied|when calling the \w+ operation/i;
const GIT = /^\s*(?:remote|fatal|ERROR):|\[remote rejected\]|\bgit push\b|git@github/m;
const ACTIONS =
  /##\[error\]|\bGITHUB_TOKEN\b|github-actions|\bactions\/[\w-]+@|^Run [\w./-]+@|::error|Error calling workflow|ACTIONS_ID_TOKEN/m;

/** Lines with which another refusal begins. */
const STARTS: readonly RegExp[] = [
  /^\s*(?:<\s*)?HTTP\/[\d.]+ \d{3}/,
  /\b(?:HttpError|RequestError|GraphqlResponseError)\b.*: /,
  /^\s*(?:gh|GraphQL): /,
  /##\[error\]/,
  /^\s*(?:remote|ERROR): /,
  /\[remote rejected\]/,
];

/** Every refusal by GitHub in a text, none where it holds none. What may be a secret is taken out before anything is read. */
export function refusalsIn(pasted: string): readonly RefusalAtLine[] {
  const text = plainText(pasted);
  const json = text.length > LONGEST_DOCUMENT ? [] : jsonAnswers(text);
  if (json.length > 0) return json;
  const isGitHub = GITHUB.test(text);
  const where = ACTIONS.test(text) ? "actions" : GIT.test(text) ? "git" : "api";
  const around = aboutIn(text.slice(0, LONGEST_DOCUMENT));
  const found: RefusalAtLine[] = [];
  for (const { line, part } of partsOf(text)) {
    const answer = answerOf(part, where);
    // In the log of a workflow that calls AWS, a bare 403 is AWS's.
    const verdict = isGitHub && !AWS.test(part) ? readRefusal(answer) : readOwnWords(answer);
    if (verdict === null || (isGitHub && !tells(verdict, answer))) continue;
    const before = found.at(-1);
    // Git says a refusal twice: at length, and in the line about the branch.
    if (before?.verdict.signal === verdict.signal && where === "git") continue;
    found.push({ line, verdict, about: aboutOf(part, around), status: answer.status });
  }
  return withoutEchoes(found);
}

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");
/** What GitHub sets before the lines of a workflow's log: the instant, and before it the names of job and step. */
const LOG_PREFIX = /^(?:[^\t\n]*\t[^\t\n]*\t)?\uFEFF?\d{4}-\d\d-\d\dT[\d:.]+Z /gm;

function plainText(pasted: string): string {
  return withoutSecrets(pasted.replaceAll("\r\n", "\n").replace(COLOURS, "").replace(LOG_PREFIX, ""));
}

/** What a part leaves open, the text around it may tell. */
function aboutOf(part: string, all: About): About {
  const own = aboutIn(part);
  return {
    call: own.call ?? all.call,
    organization: own.organization ?? all.organization,
    repository: own.repository ?? all.repository,
    ref: own.ref ?? all.ref,
    actor: own.actor ?? all.actor,
    requestId: own.requestId ?? all.requestId,
  };
}

/** A bare line that only repeats a status says nothing where a part before told why. */
function withoutEchoes(found: readonly RefusalAtLine[]): readonly RefusalAtLine[] {
  const vague = new Set(["refused", "hidden-or-gone", "hidden-or-gone-ssh", "invalid-request", "outage"]);
  const precise = found.filter(({ verdict }) => !vague.has(verdict.signal));
  const seen = new Set<string>();
  return (precise.length > 0 ? precise : found).filter(({ verdict, about }) => {
    const { signal, reason, needs } = verdict;
    const key = JSON.stringify([signal, reason, about.call]);
    // A log says it once with the headers and once more, shortened, as the reason for its end.
    const shortened =
      seen.has(signal) && signal.endsWith("-permission") && needs.permissions.length === 0 && needs.scopes.length === 0;
    const isNew = !seen.has(key) && !shortened;
    seen.add(key).add(signal);
    return isNew;
  });
}

/** Whether a verdict rests on more than a word that logs use freely. */
function tells({ signal }: RefusalVerdict, { status, body }: GitHubAnswer): boolean {
  if (status !== null) return true;
  return signal !== "outage" && signal !== "invalid-request" && body !== "";
}

function partsOf(text: string): readonly { readonly line: number; readonly part: string }[] {
  const lines = text.split("\n");
  const parts: { line: number; from: number }[] = [];
  let isTransport = false;
  lines.forEach((line, i) => {
    const starts = STARTS.some((form) => form.test(line));
    // Git's words come in runs of lines, with the line about the branch behind them.
    const goesOn =
      isTransport && (/^\s*(?:remote|ERROR|error|fatal|To )/.test(line) || /\[remote rejected\]/.test(line));
    if (starts && !goesOn) parts.push({ line: i + 1, from: i });
    isTransport = /^\s*(?:remote|ERROR): /.test(line) || (isTransport && goesOn) || (isTransport && line.trim() === "");
  });
  if (parts.length === 0) return [{ line: 1 + lines.findIndex((line) => line.trim() !== ""), part: text }];
  return parts.map(({ line, from }, i) => {
    // What stands before the first belongs to it: the request of a dump.
    const start = i === 0 && parts.length === 1 ? 0 : from;
    return { line, part: lines.slice(start, parts[i + 1]?.from).join("\n") };
  });
}

function answerOf(whole: string, where: GitHubAnswer["where"] & string): GitHubAnswer {
  const part = whole.slice(0, LONGEST_PART);
  const page = part.search(/<html|<!DOCTYPE/i);
  return {
    status: statusIn(part),
    headers: headersIn(part),
    body: jsonBody(part) ?? (page >= 0 ? part.slice(page) : wordsOf(part)),
    where,
  };
}

const STATUSES: readonly RegExp[] = [
  /HTTP\/[\d.]+ (\d{3})/,
  /\(HTTP (\d{3})\)/,
  /["']?\bstatus(?:[ _]?code)?["']?\s*[:=]\s*["']?(\d{3})\b/i,
  /returned error: (\d{3})/,
  /: (4\d\d|5\d\d) [A-Z]/,
];

function statusIn(text: string): number | null {
  for (const form of STATUSES) {
    const found = form.exec(text)?.[1];
    if (found !== undefined) return Number(found);
  }
  return null;
}

function headersIn(text: string): AnswerHeaders {
  const headers: Record<string, string> = {};
  for (const name of HEADERS) {
    const form = new RegExp(String.raw`(?:^|[\s<{,"'])${name}["']?\s*:\s*(?:"([^"]*)"|'([^']*)'|([^\n]*))`, "im");
    const found = form.exec(text);
    const value = found?.[1] ?? found?.[2] ?? found?.[3];
    if (value !== undefined) headers[name] = value.trim().replace(/,$/, "");
  }
  return headers;
}

/** The JSON object in a part that says something, or undefined. */
function jsonBody(part: string): string | undefined {
  const end = part.lastIndexOf("}");
  let at = part.indexOf("{");
  for (let tried = 0; at >= 0 && at < end && tried < MOST_BRACES; tried += 1) {
    const text = part.slice(at, end + 1);
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value !== null && ("message" in value || "errors" in value)) return text;
    } catch {
      // A brace of something else.
    }
    at = part.indexOf("{", at + 1);
  }
  return undefined;
}

/** A message without what tools put around it, so that it begins as GitHub says it. */
function wordsOf(part: string): string {
  return part
    .slice(0, LONGEST_WORDS)
    .split("\n")
    .map((line) =>
      line.replace(
        /^\s*(?:##\[error\]|remote: (?=error: )|gh: |GraphQL: |(?:RequestError \[)?HttpError\]?: |Error: )/,
        "",
      ),
    )
    .join("\n")
    .replace(/ - https:\/\/docs\.github\.com\S*/g, "")
    .trim();
}

/** A text that is JSON altogether: an answer, an error of an SDK, a list of either. */
function jsonAnswers(text: string): readonly RefusalAtLine[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((one, i): readonly RefusalAtLine[] => {
    const answer = answerIn(one, text);
    if (answer === undefined) return [];
    const verdict = GITHUB.test(text) || isGraph(one) ? readRefusal(answer) : readOwnWords(answer);
    return verdict === null
      ? []
      : [{ line: all.length > 1 ? i + 1 : 1, verdict, about: aboutIn(JSON.stringify(one)), status: answer.status }];
  });
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Errors as GraphQL lists them: with a type, a path or extensions, which REST's never have. */
function isGraph(value: unknown): boolean {
  return (
    isJson(value) &&
    Array.isArray(value["errors"]) &&
    value["errors"].some((one) => isJson(one) && ("path" in one || "extensions" in one || "locations" in one))
  );
}

function answerIn(value: unknown, text: string): GitHubAnswer | undefined {
  if (!isJson(value)) return undefined;
  const response = isJson(value["response"]) ? value["response"] : value;
  const status = Number(response["status"] ?? value["status"] ?? Number.NaN);
  const data = response["data"] ?? response["body"] ?? (response === value ? undefined : value["message"]);
  const holds = "message" in value || "errors" in value || data !== undefined;
  if (!holds) return undefined;
  const isAnswer = isJson(data) && ("message" in data || "errors" in data);
  const body = typeof data === "string" ? data : JSON.stringify(isAnswer && !("errors" in value) ? data : value);
  return {
    status: Number.isNaN(status) ? null : status,
    headers: isJson(response["headers"]) ? scalars(response["headers"]) : headersIn(text),
    body,
  };
}

function scalars(headers: Json): AnswerHeaders {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name, value]] : [],
    ),
  );
}
