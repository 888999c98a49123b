/**
 * Writes the sample company into src/demo/acme: `node test/tools/make-acme.ts`. The data are committed; a test checks that
 * they are what this writes.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { awsFiles } from "./acme/aws.ts";
import { githubFiles } from "./acme/github.ts";
import { decisions } from "./acme/decisions.ts";
import { approvalsCsv, identityMapCsv, ownersCsv, rosterCsv } from "./acme/lists.ts";
import { recordedAt } from "./acme/moment.ts";

/** What the token that recorded the sample was refused. */
const REFUSED: Readonly<Record<string, { readonly state: string; readonly reason: string }>> = {
  "github/acme-sample/licenses": {
    state: "denied",
    reason: "licenses are shown to owners of the enterprise with a classic token, not to apps",
  },
};

/** Every file of the sample company: path → text. */
export function acmeFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const add = (path: string, content: unknown): void =>
    void files.set(path, typeof content === "string" ? content : `${JSON.stringify(content, null, 1)}\n`);
  const steps: Record<string, { state: string; reason?: string }> = {};
  for (const [path, content] of Object.entries({ ...awsFiles(), ...githubFiles() })) {
    add(path, content);
    const [system = "", tenant = "", file = ""] = path.split("/");
    steps[`${system}/${tenant}/${file.replace(/\.(json|csv)$/, "")}`] = { state: "complete" };
  }
  Object.assign(steps, REFUSED);
  add("recording.json", { format: 1, recordedAt, tool: "sample company", steps });
  add("roster.csv", rosterCsv());
  add("identity-map.csv", identityMapCsv());
  add("owners.csv", ownersCsv());
  add("approvals.csv", approvalsCsv());
  add("decisions.json", decisions);
  return files;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = "src/demo/acme";
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of acmeFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
