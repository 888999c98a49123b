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
  throw new AuditError("settings", "roster-settings", "`connectors.roster` needs `directory`, the folder of roster.csv", { hint: "connectors: { roster: { directory: ./people } }" });
}
