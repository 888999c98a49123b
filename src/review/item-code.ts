import { sha256 } from "../text/digest.ts";

/**
 * Letters and digits that neither people nor spreadsheets take for something else: no vowels (no words), no `E` (a digit,
 * E, digit would become a number), no 0/O, 1/I/L.
 */
const ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789";

/** Code of a review item, for example `AR-7QF3-K2ZD-M`: the same for the same campaign and subject, check character last. */
export function itemCode(campaignId: string, subjectId: string): string {
  const digest = sha256(`${campaignId}\n${subjectId}`);
  let body = "";
  for (let i = 0; i < 8; i += 1)
    body += ALPHABET.charAt(Number.parseInt(digest.slice(i * 4, i * 4 + 4), 16) % ALPHABET.length);
  return `AR-${body.slice(0, 4)}-${body.slice(4)}-${checkCharacter(body)}`;
}

/** Whether the code is whole: a mistyped or half-copied one is told from an unknown one. */
export function isWholeCode(code: string): boolean {
  const match = /^AR-([A-Z2-9]{4})-([A-Z2-9]{4})-([A-Z2-9])$/.exec(code);
  return match !== null && checkCharacter(`${match[1]}${match[2]}`) === match[3];
}

/** Weighted sum: catches one wrong character and two that changed places. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) sum += (i + 2) * (ALPHABET.indexOf(body.charAt(i)) + 1);
  return ALPHABET.charAt(sum % ALPHABET.length);
}
