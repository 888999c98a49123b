const LONGEST = 160;

/** The first sentence of a message without its full stop, short enough for a table. */
export function firstSentence(text: string, html: boolean): string {
  if (html) return "an HTML page";
  const first = text.split(/(?<=\.)\s/)[0] ?? text;
  return first === "" ? "no reason given" : first.slice(0, LONGEST).replace(/\.$/, "");
}
