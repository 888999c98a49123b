/**
 * What `JSON.stringify(document, null, 2)` gives, in pieces of at least `size` characters: a list of a hundred thousand records
 * is never one string. Only lists right under the document are cut.
 */
export function* jsonPieces(document: object, size = 65_536): Generator<string> {
  const members = Object.entries(document).filter(([, value]) => value !== undefined);
  if (members.length === 0) {
    yield "{}";
    return;
  }
  let piece = "{";
  for (const [position, [name, value]] of members.entries()) {
    piece += `${position === 0 ? "" : ","}\n  ${JSON.stringify(name)}: `;
    if (!Array.isArray(value) || value.length === 0) {
      piece += indented(value, "  ");
      continue;
    }
    piece += "[";
    for (const [index, item] of value.entries()) {
      piece += `${index === 0 ? "" : ","}\n    ${indented(item, "    ")}`;
      if (piece.length < size) continue;
      yield piece;
      piece = "";
    }
    piece += "\n  ]";
  }
  yield `${piece}\n}`;
}

/** Line breaks inside texts are escaped, so every one in the result is a place to indent. */
function indented(value: unknown, by: string): string {
  return (JSON.stringify(value, null, 2) ?? "null").replaceAll("\n", `\n${by}`);
}
