import { escapeHtml } from "../src/text/html.ts";

/** Characters that nobody sees but that change what is seen: controls, direction marks and overrides, zero-width ones. */
const UNSEEN = /(?![\t\n\r])\p{Cc}|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * A name from a provider as people may trust their eyes with it: a right-to-left override, which would turn the letters
 * around it, stands there as `[U+202E]`. For pages and tickets; files that are read back keep every character.
 */
export function shownText(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

/** The same, for HTML content and quoted attributes. */
export function shownHtml(text: string): string {
  return escapeHtml(shownText(text));
}

/** Sentences put people's own words in backticks; a page shows them as code. */
export function sentenceHtml(sentence: string): string {
  return shownHtml(sentence).replace(/`([^`]*)`/g, "<code>$1</code>");
}
