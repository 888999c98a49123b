/** Where a JSON text stops being one. */
export interface JsonFault {
  /** Characters before the fault; the length of the text when it ends too early. */
  readonly offset: number;
  /** The text is fine as far as it goes: it was cut short. */
  readonly cut: boolean;
}

const STRING_START = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*`;
/** A string, a run of characters that numbers are made of, or a word, from the current place on. */
const SCALAR = new RegExp(String.raw`${STRING_START}"|[-+.\deE]+(?![a-zA-Z])|[a-z]+`, "y");
const WHOLE_NUMBER_OR_WORD = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
const SPACE = /[ \t\r\n]*/y;
/** What a scalar that the end of the text cut off may look like. */
const CUT_STRING = new RegExp(String.raw`^${STRING_START}(?:\\(?:u[0-9a-fA-F]{0,3})?)?$`);
const CUT_NUMBER_OR_WORD = /^(?:-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?)?|t|tr|tru|f|fa|fal|fals|n|nu|nul)$/;

/**
 * Finds the first character at which a text is no longer valid JSON, or answers undefined when it is valid. Asked only after
 * `JSON.parse` refused a text, because its message names no position in half of the cases. For example `{"a": ]` gives
 * offset 6, and `{"a": 1` gives its length and `cut`.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ("{" | "[")[] = [];
  let at = 0;
  let expecting: "value" | "first-key" | "key" | "colon" | "after" | "first-value" = "value";
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    const character = text[at];
    if (character === undefined)
      return expecting === "after" && open.length === 0 ? undefined : { offset: at, cut: true };
    if (expecting === "after") {
      const inside = open.at(-1);
      if (character === "," && inside !== undefined) expecting = inside === "{" ? "key" : "value";
      else if (inside !== undefined && character === (inside === "{" ? "}" : "]")) open.pop();
      else return { offset: at, cut: false };
      at += 1;
      continue;
    }
    if (expecting === "colon") {
      if (character !== ":") return { offset: at, cut: false };
      expecting = "value";
      at += 1;
      continue;
    }
    if ((expecting === "first-key" && character === "}") || (expecting === "first-value" && character === "]")) {
      open.pop();
      expecting = "after";
      at += 1;
      continue;
    }
    const key: boolean = expecting === "first-key" || expecting === "key";
    if (!key && (character === "{" || character === "[")) {
      open.push(character);
      expecting = character === "{" ? "first-key" : "first-value";
      at += 1;
      continue;
    }
    SCALAR.lastIndex = at;
    const scalar: string | undefined = key && character !== '"' ? undefined : SCALAR.exec(text)?.[0];
    if (scalar === undefined || !(scalar.startsWith('"') || WHOLE_NUMBER_OR_WORD.test(scalar)))
      return { offset: at, cut: (character === '"' ? CUT_STRING : CUT_NUMBER_OR_WORD).test(text.slice(at)) };
    at += scalar.length;
    expecting = key ? "colon" : "after";
  }
}
