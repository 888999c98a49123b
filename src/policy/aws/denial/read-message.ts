import type { StatedReason } from "../../denial.ts";
import type { ActionTable } from "../action-table.ts";
import { BARE_REFUSALS, readTail, TAIL_START } from "./message-grammar.ts";
import { namedPrincipal, namedResource } from "./named.ts";

/** What the sentence of a refusal says. */
export interface Sentence {
  readonly principal: string | null;
  readonly action: string | null;
  readonly resource: string | null;
  readonly stated: StatedReason;
}

const REFUSED = /\bnot\s+authori[sz]ed\s+to\s+perform\b\s*(?:the\s+)?(?:action)?\s*:?\s*/gi;
const ACTION = /^["'`]?([a-z0-9-]+:)["'`]?([a-z0-9_*]+)/i;
const WHOLE_ACTION = /^[a-z0-9-]+:[a-z0-9_*]+$/i;
const ON_RESOURCE = /^["'`]?,?\s*on\s+(?:the\s+)?(?:following\s+)?resources?\b\s*(?::|(?=["'`]?arn:))\s*/i;
const IAM_SHORT_FORM =
  /^(?:role|user|group|policy|instance profile|mfa|saml-provider|server-certificate)\s+["'`]?[\w+=,.@/-]+/i;
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", "`": "`" };
/** A sentence is shorter than this; IAM's own limits for names and ARNs add up to less. */
const LONGEST_PART = 4096;

/** The first sentence in a text (see `plainText`) that refuses an action; null where there is none. */
export function readSentence(text: string, actions: ActionTable): Sentence | null {
  for (const match of text.matchAll(REFUSED)) {
    const rest = text.slice(match.index + match[0].length);
    const own = rest.slice(0, Math.min(nextSentence(rest), LONGEST_PART));
    const said = actionAt(own, actions);
    if (said === null) continue;
    const after = own.slice(said.length);
    const resource = resourceAt(after);
    const tail = readTail(resource === null ? after : after.slice(resource.length));
    return {
      principal: principalBefore(text.slice(Math.max(0, match.index - LONGEST_PART), match.index)),
      action: said.action ?? tail.action,
      resource: resource?.name ?? null,
      stated: tail.stated,
    };
  }
  return null;
}

/** A refusal that names no action; null where the text holds none. */
export function readBareRefusal(text: string): Sentence | null {
  for (const pattern of BARE_REFUSALS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const from = match.index;
    const after = text.slice(from, from + LONGEST_PART);
    const named = /\baccess\s+(?:the\s+)?resource:?\s+["'`]?(arn:[^\s"'`]+)/i.exec(after)?.[1];
    const tail = readTail(after);
    return {
      principal: principalBefore(text.slice(Math.max(0, from - LONGEST_PART), from)),
      action: tail.action,
      resource: named === undefined ? null : namedResource(trimmed(named)),
      stated: tail.stated,
    };
  }
  return null;
}

/** Where the text stops to be about the same refusal. */
function nextSentence(text: string): number {
  const at = text.search(/\bUser:|\bnot\s+authori[sz]ed\s+to\s+perform\b/i);
  return at < 0 ? text.length : at;
}

interface ActionAt {
  /** Null where it is masked: the tail may name it. */
  readonly action: string | null;
  readonly length: number;
}

function actionAt(text: string, actions: ActionTable): ActionAt | null {
  const match = ACTION.exec(text);
  if (match === null) {
    // Masked, but a clause follows that only follows an action.
    const clause = /^\S{1,80}(?=\s+on\s+(?:this\s+)?resource|\s+because\s+no\s)/i.exec(text);
    return clause === null ? null : { action: null, length: clause[0].length };
  }
  const action = `${match[1]}${match[2]}`;
  const next = text.slice(match[0].length);
  if (next.startsWith("\n") && actions.idOf(action) === undefined) {
    // A terminal may have broken the line in the middle of the name.
    const more = /^\n([a-z0-9_]+)/i.exec(next);
    const whole = `${action}${more?.[1] ?? ""}`;
    if (more !== null && WHOLE_ACTION.test(whole) && actions.idOf(whole) !== undefined) {
      return { action: whole, length: match[0].length + more[0].length };
    }
  }
  return { action, length: match[0].length };
}

interface ResourceAt {
  readonly name: string | null;
  readonly length: number;
}

function resourceAt(text: string): ResourceAt | null {
  const on = ON_RESOURCE.exec(text);
  if (on === null) return null;
  const rest = text.slice(on[0].length);
  const start = on[0].length;
  const close = QUOTES[rest[0] ?? ""];
  if (close !== undefined) {
    const end = rest.indexOf(close, 1);
    // A quote that is never closed: the paste was cut off inside the name.
    if (end < 0) return { name: null, length: start };
    const name = rest.slice(1, end);
    // Keys of S3 hold spaces: whether a line break inside was one, nobody can tell any more.
    return { name: name.trim().includes("\n") ? null : namedResource(name), length: start + end + 1 };
  }
  // The sentence may go on at once: an empty name.
  if (/^(?:because|with\s+an)\s/i.test(rest)) return { name: null, length: start };
  const short = IAM_SHORT_FORM.exec(rest);
  if (short !== null) {
    return {
      name: namedResource(trimmed(short[0].replaceAll(/\s+/g, " ").replaceAll(/["'`]/g, ""))),
      length: start + short[0].length,
    };
  }
  const tail = TAIL_START.exec(rest)?.index ?? -1;
  const upToTail = rest.slice(0, Math.max(tail, 0));
  // Names of some services hold spaces; a line break in an ARN is where a terminal was too narrow.
  if (tail > 0 && upToTail.startsWith("arn:") && !/[,;(]\s|\s[\w ]+:\s|["<]/.test(upToTail)) {
    return { name: namedResource(trimmed(upToTail.replaceAll("\n", ""))), length: start + tail };
  }
  const word = /^[^\s"<`]+/.exec(rest)?.[0] ?? "";
  return { name: namedResource(trimmed(word)), length: start + word.length };
}

/** Who is not authorized: what stands before the verb. */
function principalBefore(text: string): string | null {
  const subject = /\s(?:is|are)\s+$/.exec(text.slice(-16));
  if (subject === null) return null;
  const before = text.slice(0, text.length - subject[0].length);
  const label = /^[\s\S]*\b(?:User|Role|Principal)\s*:(?!:)/i.exec(before);
  const word = label === null ? (/\S+$/.exec(before.slice(-LONGEST_PART))?.[0] ?? "") : before.slice(label[0].length);
  return namedPrincipal(word);
}

/** A name without the punctuation of the sentence around it. */
function trimmed(name: string): string {
  let end = name.length;
  while (end > 0 && /[.,;:)'\]}]/.test(name[end - 1] ?? "") && !name.slice(0, end).endsWith("...")) end -= 1;
  return name.slice(0, end);
}
