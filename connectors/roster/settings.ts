import { z } from "zod";
import { AuditError } from "../../src/model/audit-error.ts";

const rosterSettings = z.strictObject({
  /** Folder of roster.csv, identity-map.csv, owners.csv and approvals.csv. */
  directory: z.string().min(1),
});

/** Checks the settings under `connectors.roster`; throws `settings`. */
export function parseRosterSettings(value: unknown): z.infer<typeof rosterSettings> {
  const result = rosterSettings.safeParse(value);
  if (result.success) return result.data;
  const unknown = result.error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : []));
  const message =
    unknown.length > 0
      ? `\`connectors.roster\` knows only \`directory\`, not ${unknown.map((key) => `\`${key}\``).join(", ")}`
      : "`connectors.roster` needs `directory`, the folder of roster.csv";
  throw new AuditError("settings", "roster-settings", message, {
    hint: "connectors: { roster: { directory: ./people } }",
  });
}
