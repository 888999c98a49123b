const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** An open object with the names seen so far and the member being read, or an array with the index being read. */
type Open = { readonly names: Set<string>; last: string } | { index: number };

/**
 * JSON pointer to the first member that stands twice in one object, or undefined. Takes text that is known to be JSON;
 * one pass, no recursion.
 */
export function duplicateKey(json: string): string | undefined {
  const open: Open[] = [];
  let top: Open | undefined;
  let expectsName = false;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(json, at);
        if (expectsName && top !== undefined && "names" in top) {
          const raw = json.slice(at + 1, end);
          const name = raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
          top.last = name;
          if (top.names.has(name)) return `/${open.map(step).join("/")}`;
          top.names.add(name);
          expectsName = false;
        }
        at = end;
        break;
      }
      case 0x7b: // {
        top = { names: new Set(), last: "" };
        open.push(top);
        expectsName = true;
        break;
      case 0x5b: // [
        top = { index: 0 };
        open.push(top);
        expectsName = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        top = open.at(-1);
        expectsName = false;
        break;
      case COMMA:
        // A name comes behind an opening brace, or behind a comma inside an object.
        if (top !== undefined && "index" in top) top.index += 1;
        else expectsName = true;
        break;
      default:
    }
  }
  return undefined;
}

/** Where the string that begins at `start` ends: the first quote with an even number of backslashes before it. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  for (;;) {
    let before = end - 1;
    while (json.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - 1 - before) % 2 === 0) return end;
    end = json.indexOf('"', end + 1);
  }
}

/** One step of a JSON pointer (RFC 6901). */
function step(level: Open): string {
  return "index" in level ? String(level.index) : level.last.replaceAll("~", "~0").replaceAll("/", "~1");
}
