import type { EncodedMessage } from "../../denial.ts";

const INTRODUCED = /\bEncoded authorization failure message:\s*["'`]?([\w+/=\n-]{20,10400})(\.{3}|…)?/i;
/** A blob on its own: no shorter one holds even an empty decoded message. */
const ALONE = /^["'`]?([\w+/=\n-]{200,10400})(\.{3}|…)?["'`]?$/;

const SHORTEST = 20;

/** An encoded authorization message in a text (see `plainText`), as one word. */
export interface EncodedPart {
  readonly encoded: string;
  readonly truncated: boolean;
}

/** The encoded authorization message a text holds or consists of; null where none. */
export function encodedPart(text: string): EncodedPart | null {
  const introduced = INTRODUCED.exec(text);
  const match = introduced ?? ALONE.exec(text);
  const blob = match?.[1] ?? "";
  if (match === null || blob === "") return null;
  const lines = blob.split("\n");
  // The first word of a sentence on the next line looks like a piece of the blob.
  if (lines.length > 1 && text[match.index + match[0].length] === " ") lines.pop();
  const end = introduced === null ? lines.length : blobLines(lines);
  const encoded = lines.slice(0, end).join("");
  return encoded.length < SHORTEST ? null : { encoded, truncated: match[2] !== undefined && end === lines.length };
}

function blobLines(lines: readonly string[]): number {
  const width = lines[0]?.length ?? 0;
  let end = 1;
  // A wrapped blob fills its lines; the last is shorter and looks like base64, which words do not.
  while (end < lines.length && lines[end - 1]?.length === width && /^[\w+/=-]+$/.test(lines[end] ?? "")) end += 1;
  return end;
}

/** What can be said of an encoded message without AWS: how to have it decoded. */
export function encodedReading(part: EncodedPart, operation: string | null): EncodedMessage {
  return {
    kind: "encoded",
    encoded: part.encoded,
    truncated: part.truncated,
    operation,
    command: `aws sts decode-authorization-message --encoded-message ${part.encoded} --query DecodedMessage --output text`,
    hint: part.truncated
      ? "the encoded message is cut off: take the whole from the program that made the call, then let AWS decode it with `aws sts decode-authorization-message`"
      : "only AWS can decode this message: run the command as somebody who may `sts:DecodeAuthorizationMessage` in that tenant, and give its output",
  };
}
