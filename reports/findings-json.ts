import type { FindingsDocument } from "../src/model/findings-document.ts";

/** The `leastwise/findings@1` document as text, ending in a line break. */
export function findingsJson(document: FindingsDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
