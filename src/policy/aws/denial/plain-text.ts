const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const COLOURS = new RegExp(
  `${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]|${ESCAPE}\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)`,
  "g",
);
/** What terminals, Terraform and mail programs put before each line. */
const GUTTER = /^[\s│┃╷╵|>]+/;
const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#x22;": '"',
  "&apos;": "'",
  "&#39;": "'",
  "&#x27;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&#xa;": "\n",
  "&#10;": "\n",
  "&amp;": "&",
};
/** Fewer lines may have the same length by chance. */
const FEWEST_WRAPPED_LINES = 3;
const NARROWEST_TERMINAL = 40;

/** A text without terminal colours and byte order mark; all else stays. */
export function withoutColours(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll(COLOURS, "");
}

/**
 * A pasted text as its author wrote it: colours, gutters, escapes of JSON and entities of XML undone, typographic quotes made
 * plain, each run of white space one space, or one line break where the run holds one.
 */
export function plainText(text: string): string {
  const unescaped = withoutColours(text)
    .replaceAll(/\\{1,8}u00(22|3c|3e|26|27)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\{1,8}(["'/])/g, "$1")
    .replaceAll(/\\{1,8}[nr]/g, "\n")
    .replaceAll(/\\{1,8}t/g, " ")
    .replaceAll(
      /&(?:quot|apos|lt|gt|amp|#34|#39|#10|#x22|#x27|#xA);/gi,
      (entity) => ENTITIES[entity.toLowerCase()] ?? entity,
    )
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'");
  return unwrapped(unescaped.split(/\r\n|\n|\r/))
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n[ \n]*/g, "\n")
    .trim();
}

/** Lines joined; a terminal that breaks lines in the middle of words leaves all but the last equally long. */
function unwrapped(lines: readonly string[]): string {
  const width = lines[0]?.length ?? 0;
  const last = lines.at(-1)?.length ?? 0;
  const hard =
    lines.length >= FEWEST_WRAPPED_LINES &&
    width >= NARROWEST_TERMINAL &&
    last <= width &&
    lines.slice(0, -1).every((line) => line.length === width);
  return hard ? lines.join("") : lines.map((line) => line.replace(GUTTER, "")).join("\n");
}
