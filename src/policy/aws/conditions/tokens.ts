import type { ParsedPolicy } from "../parse-policy.ts";

/** Stands among the character codes of a text for `*`: any run of characters, an empty one too. */
export const ANY_RUN = -1;
/** Stands among the character codes of a text for `?`: exactly one character. */
export const ANY_ONE = -2;

const STAR = 42;
const QUESTION_MARK = 63;

/**
 * A text with wildcards as character codes (UTF-16, as everywhere in JavaScript). Wildcards are numbers that no character has, so
 * a literal `*` cannot be taken for one, whatever the text holds.
 */
export type Tokens = readonly number[];

/** A policy variable of a text: its key in lower case and what stands in when the key is absent. */
export interface Variable {
  readonly key: string;
  readonly fallback: string | null;
  /** The whole of it as written, `${` and `}` included. */
  readonly written: string;
}

/** Puts a piece of policy text behind `into`: `*` and `?` are wildcards. */
export function pushPattern(into: number[], text: string, from = 0, to = text.length): void {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    into.push(code === STAR ? ANY_RUN : code === QUESTION_MARK ? ANY_ONE : code);
  }
}

/** Puts a text behind `into` in which nothing is a wildcard. */
export function pushLiteral(into: number[], text: string): void {
  for (let at = 0; at < text.length; at += 1) into.push(text.charCodeAt(at));
}

/** What the tokens say where wildcards mean nothing: `StringEquals` takes `*` for itself. */
export function plainText(tokens: Tokens): string {
  let text = "";
  // In pieces: one character at a time makes a rope of strings, which is slow to compare with ever after.
  for (let at = 0; at < tokens.length; at += 1024)
    text += String.fromCharCode(
      ...tokens
        .slice(at, at + 1024)
        .map((token) => (token === ANY_RUN ? STAR : token === ANY_ONE ? QUESTION_MARK : token)),
    );
  return text;
}

/** Whether a token is a literal `*` or `?`, which has to be written as an escape. */
export function isWildcardCharacter(token: number): boolean {
  return token === STAR || token === QUESTION_MARK;
}

/** The tokens written as a policy text of version 2012-10-17: what is no wildcard but looks like one becomes `${*}`. */
export function writtenText(tokens: Tokens): string {
  let text = "";
  for (const token of tokens) {
    if (token === ANY_RUN) text += "*";
    else if (token === ANY_ONE) text += "?";
    else if (isWildcardCharacter(token)) text += `\${${String.fromCharCode(token)}}`;
    else text += String.fromCharCode(token);
  }
  return text;
}

/**
 * Takes a policy text apart into runs of tokens and policy variables. Only version 2012-10-17 knows `${…}`; what is no whole
 * variable (`${` without its end, an empty name, a default without quotes) is text.
 * Source: "IAM policy elements: Variables and tags", AWS IAM User Guide.
 */
export function readText(text: string, version: ParsedPolicy["version"]): readonly (Tokens | Variable)[] {
  const parts: (Tokens | Variable)[] = [];
  let run: number[] = [];
  let at = 0;
  let open = version === "2012-10-17" ? text.indexOf("${") : -1;
  while (open >= 0) {
    const found = readVariable(text, open + 2);
    if (found === undefined) open = text.indexOf("${", open + 2);
    else {
      pushPattern(run, text, at, open);
      if (typeof found.is === "number") run.push(found.is);
      else {
        if (run.length > 0) parts.push(run);
        parts.push({ ...found.is, written: text.slice(open, found.end) });
        run = [];
      }
      at = found.end;
      open = text.indexOf("${", at);
    }
  }
  pushPattern(run, text, at);
  if (run.length > 0 || parts.length === 0) parts.push(run);
  return parts;
}

/**
 * What stands behind `${` and where it ends: a literal character or a variable; undefined where it is neither. Never looks further
 * than the next `$` outside quotes, so a text full of `${` costs no more than its length.
 */
function readVariable(
  text: string,
  from: number,
): { readonly is: number | Omit<Variable, "written">; readonly end: number } | undefined {
  if (text[from + 1] === "}" && "*?$".includes(text.charAt(from))) return { is: text.charCodeAt(from), end: from + 2 };
  let at = from;
  while (at < text.length && !"},'${".includes(text.charAt(at))) at += 1;
  const key = text.slice(from, at).trim().toLowerCase();
  if (key === "") return undefined;
  if (text[at] === "}") return { is: { key, fallback: null }, end: at + 1 };
  if (text[at] !== ",") return undefined;
  at = behindSpaces(text, at + 1);
  if (text[at] !== "'") return undefined;
  const quoted = at + 1;
  const close = text.indexOf("'", quoted);
  if (close < 0) return undefined;
  at = behindSpaces(text, close + 1);
  return text[at] === "}" ? { is: { key, fallback: text.slice(quoted, close) }, end: at + 1 } : undefined;
}

function behindSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === " ") at += 1;
  return at;
}
