import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The import table of ARCHITECTURE.md, as a test. A folder may import itself, the folders named here and the packages
 * named here; everything else is a mistake. The most specific folder that matches a file decides.
 */
const NODE = "node:*";
const VERBS = ["src/collect", "src/graph", "src/analyse", "src/review", "src/revoke"];
const INNER = ["src/model", "src/text", "src/contracts"];

const TABLE: Record<
  string,
  { readonly folders: readonly string[] | "all"; readonly packages: readonly string[] | "all" }
> = {
  "src/model": { folders: [], packages: [] },
  "src/model/forms": { folders: ["src/model"], packages: ["zod"] },
  "src/text": { folders: ["src/model"], packages: ["node:crypto", "csv-stringify", "csv-parse"] },
  "src/contracts": { folders: ["src/model"], packages: [] },
  "src/policy": { folders: ["src/model", "src/text"], packages: [] },
  "src/policy/refusal": { folders: ["src/model", "src/text"], packages: [] },
  "src/collect": { folders: INNER, packages: [] },
  "src/graph": { folders: ["src/model", "src/text", "src/policy"], packages: [] },
  "src/analyse": { folders: ["src/model", "src/text", "src/policy", "src/graph"], packages: [] },
  "src/revoke": { folders: ["src/model", "src/text", "src/policy", "src/graph"], packages: [] },
  "src/review": { folders: ["src/model", "src/text"], packages: [] },
  reports: { folders: ["src/model", "src/text"], packages: [] },
  connectors: { folders: ["connectors/aws", "connectors/github", "connectors/roster"], packages: [] },
  "connectors/shared": { folders: INNER, packages: [NODE, "zod"] },
  "connectors/aws": {
    folders: [...INNER, "connectors/shared"],
    packages: [NODE, "zod", "@aws-sdk/*", "@smithy/*"],
  },
  // One table of signals tells refusals apart for coverage and for `why-denied`.
  "connectors/github": {
    folders: [...INNER, "connectors/shared", "src/policy/refusal"],
    packages: [NODE, "zod", "yaml", "@octokit/*"],
  },
  "connectors/roster": { folders: [...INNER, "connectors/shared"], packages: [NODE, "zod"] },
  "src/store": { folders: INNER, packages: [NODE, "kysely", "pg", "pg-boss", "@duckdb/node-api", "fflate"] },
  "src/settings": { folders: INNER, packages: [NODE, "yaml", "zod"] },
  "src/app": { folders: [...INNER, "src/policy", "src/policy/refusal", ...VERBS, "reports"], packages: [] },
  "src/cli": { folders: [...INNER, "src/app"], packages: [NODE, "commander"] },
  "src/main.ts": { folders: "all", packages: "all" },
};

/** One import: the file that says it, and the folder or package it names. */
interface Edge {
  readonly file: string;
  readonly line: number;
  readonly to: string;
  readonly isPackage: boolean;
}

const IMPORT =
  /(?:^|[;{}\n]\s*)(?:import|export)\s[^;]*?\sfrom\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

/** Imports of a source text, comments left out. */
export function importsOf(file: string, text: string): Edge[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/^\s*\/\/.*$/gm, "");
  const edges: Edge[] = [];
  for (const match of code.matchAll(IMPORT)) {
    const target = match[1] ?? match[2] ?? match[3] ?? "";
    const line = code.slice(0, match.index).split("\n").length;
    if (target.startsWith("."))
      edges.push({ file, line, to: normalize(join(dirname(file), target)), isPackage: false });
    else edges.push({ file, line, to: target, isPackage: true });
  }
  return edges;
}

function folderOf(file: string): string | undefined {
  return Object.keys(TABLE)
    .filter((folder) => file === folder || file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

const packageMatches = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern || name.startsWith(`${pattern}/`);

/** What an edge breaks, in one line, or undefined. */
export function violation(edge: Edge): string | undefined {
  const from = folderOf(edge.file);
  const place = `${edge.file}:${edge.line}`;
  if (from === undefined) return `${place} lies in no folder of the table`;
  const allowed = TABLE[from];
  if (allowed === undefined) return `${place} lies in no folder of the table`;
  if (edge.isPackage) {
    if (allowed.packages === "all" || allowed.packages.some((pattern) => packageMatches(pattern, edge.to)))
      return undefined;
    return `${place} imports package \`${edge.to}\`, which \`${from}\` may not`;
  }
  const to = folderOf(edge.to);
  if (allowed.folders === "all" || to === from) {
    return isRuleToRule(edge) ? `${place} imports another rule, \`${edge.to}\`` : undefined;
  }
  if (to !== undefined && allowed.folders.includes(to)) return undefined;
  // Only forms/ is more specific than its parent and may be read wherever the model may.
  if (to === "src/model/forms" && allowed.folders.includes("src/model")) return undefined;
  return `${place} imports \`${edge.to}\`, which \`${from}\` may not`;
}

/** No rule imports another: what two rules share lives beside the rules, not in one of them. */
function isRuleToRule(edge: Edge): boolean {
  const rule = /^src\/analyse\/rules\/(?!index\.ts)[^/]+\.ts$/;
  return rule.test(edge.file) && rule.test(edge.to);
}

async function sources(): Promise<string[]> {
  const found: string[] = [];
  for (const top of ["src", "connectors", "reports"]) {
    for (const entry of await readdir(top, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && /\.tsx?$/.test(entry.name)) found.push(join(entry.parentPath, entry.name));
    }
  }
  return found.sort();
}

describe("the import table", () => {
  test("every import is one the table allows", async () => {
    const edges = (await sources()).flatMap((file) => importsOf(file, readFileSync(file, "utf8")));
    // A reader that sees nothing would pass for ever.
    expect(edges.length).toBeGreaterThan(100);
    expect(edges.map(violation).filter((line) => line !== undefined)).toEqual([]);
  });

  test.each([
    ["a connector that imports another", "connectors/aws/index.ts", 'import { x } from "../github/index.ts";'],
    ["a verb that reads the disk", "src/graph/build-graph.ts", 'import { readFileSync } from "node:fs";'],
    [
      "a use case that reaches into the store",
      "src/app/scan.ts",
      'import { open } from "../store/open-data-directory.ts";',
    ],
    [
      "the review looking at the graph",
      "src/review/sheet.ts",
      'import type { AccessGraph } from "../graph/access-graph.ts";',
    ],
    ["a rule that imports a rule", "src/analyse/rules/a.ts", 'import { b } from "./b.ts";'],
    ["a lazy import of a package", "src/policy/aws/x.ts", 'const p = await import("kysely");'],
    ["a file in no known folder", "src/misc/x.ts", 'import { b } from "../model/json.ts";'],
  ])("%s is named", (_name, file, text) => {
    expect(importsOf(file, text).map(violation)).toEqual([expect.stringContaining(file)]);
  });

  test("an import over several lines and a re-export are both seen", () => {
    const text =
      'import {\n  a,\n  b,\n} from "../model/json.ts";\nexport type { C } from "../model/grant.ts";\n// import "node:fs"\n';
    expect(importsOf("src/text/x.ts", text).map((edge) => edge.to)).toEqual([
      "src/model/json.ts",
      "src/model/grant.ts",
    ]);
  });
});
