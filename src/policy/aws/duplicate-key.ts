/**
 * JSON pointer to the first member that stands twice in one object, or undefined. Takes text that is known to be JSON;
 * one pass, no recursion.
 */
export function duplicateKey(json: string): string | undefined {
  // Open objects with the names seen so far (`last` is the member being read), and arrays with the index being read.
  const open: ({ readonly names: Set<string>; last: string } | { index: number })[] = [];
  let expectsName = false;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gs)) {
    const top = open.at(-1);
    if (token === "{") open.push({ names: new Set(), last: "" });
    else if (token === "[") open.push({ index: 0 });
    else if (token === "}" || token === "]") open.pop();
    else if (token === ",") {
      if (top !== undefined && "index" in top) top.index += 1;
    } else if (expectsName && top !== undefined && "names" in top) {
      const name = JSON.parse(token) as string;
      top.last = name;
      if (top.names.has(name)) return `/${open.map(step).join("/")}`;
      top.names.add(name);
    }
    // A name comes behind an opening brace, or behind a comma inside an object.
    expectsName = token === "{" || (token === "," && top !== undefined && "names" in top);
  }
  return undefined;
}

/** One step of a JSON pointer (RFC 6901). */
function step(level: { readonly last: string } | { readonly index: number }): string {
  return "index" in level ? String(level.index) : level.last.replaceAll("~", "~0").replaceAll("/", "~1");
}
