import type { CodeOwners } from "../../../src/model/code-owners.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { RawBlob, RawCodeOwners } from "../raw-controls.ts";
import { control, repositoryHolder, unansweredControls } from "./control.ts";
import type { Convert } from "./converted.ts";
import { nodeRows } from "./node-rows.ts";

/** CODEOWNERS files: of several, the first that GitHub finds counts ("About code owners", GitHub documentation). */
export const codeOwners: Convert = (requests, context) => {
  const policies: Policy[] = [];
  const answered = new Set<string>();
  for (const raw of nodeRows<RawCodeOwners>(requests)) {
    answered.add(raw.nameWithOwner);
    const holder = repositoryHolder(context, raw.nameWithOwner);
    const files: readonly (readonly [path: string, file: RawBlob | null])[] = [
      [".github/CODEOWNERS", raw.inGithub],
      ["CODEOWNERS", raw.inRoot],
      ["docs/CODEOWNERS", raw.inDocs],
    ];
    const [path, file] = files.find(([, found]) => found !== null) ?? [];
    if (path === undefined || file === undefined || file === null) continue;
    policies.push(
      control(context, "code-owners", holder, {
        id: `${holder.id}/code-owners`,
        name: path,
        document: codeOwnersOf(path, file, raw.codeowners),
      }),
    );
  }
  const items = policies.length;
  const expected = context.sweep().repositories;
  const why = "GitHub did not show whether there is a CODEOWNERS file";
  policies.push(...unansweredControls(context, "code-owners", expected, answered, why));
  return { records: { policies }, kinds: { "code-owners": { items } } };
};

function codeOwnersOf(path: string, file: RawBlob, found: RawCodeOwners["codeowners"]): Observed<CodeOwners> {
  if (typeof file.text !== "string" || file.isTruncated === true || file.isBinary === true)
    return unknown(`\`${path}\` could not be read whole`);
  return known({
    path,
    rules: file.text.split(/\r?\n/).flatMap(ruleOf),
    errors: (found?.errors ?? []).map(errorInWords),
  });
}

/** GitHub's sentence mostly begins with the kind and the line, and shows the line of the file below. */
function errorInWords({ line, kind, message }: { line: number; kind: string; message: string }): string {
  const [sentence = ""] = message.split("\n");
  const start = new RegExp(String.raw`^${kind.replace(/[^\w ]/g, "\\$&")}(?: on line \d+)?[:.]?\s*`, "i");
  const rest = sentence.replace(start, "").trim();
  return `line ${line}: ${kind}${rest === "" ? "" : `: ${rest}`}`;
}

/** A line: a pattern whose spaces are escaped, and its owners; without owners nobody owns what it matches. */
function ruleOf(line: string): CodeOwners["rules"] {
  const words = line
    .replace(/(^|\s)#.*$/, "$1")
    .trim()
    .split(/(?<!\\)\s+/)
    .filter((word) => word !== "");
  const [pattern, ...owners] = words;
  return pattern === undefined ? [] : [{ pattern: pattern.replaceAll("\\ ", " "), owners }];
}
