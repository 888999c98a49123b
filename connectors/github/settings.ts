import { z } from "zod";
import { AuditError } from "../../src/model/audit-error.ts";

const organizationSettings = z.strictObject({
  organization: z.string().min(1),
  /** Name of the secret (environment variable) that holds the token. */
  tokenFrom: z.string().default("GITHUB_TOKEN"),
  /** Only for GitHub Enterprise Server and stand-ins. */
  baseUrl: z.string().optional(),
});

const githubSettings = z.strictObject({ organizations: z.array(organizationSettings).min(1) });

/** One organization to read. */
export type OrganizationSettings = z.infer<typeof organizationSettings>;

/** Checks the settings under `connectors.github`; throws `settings` with the place in the configuration. */
export function parseGitHubSettings(value: unknown): z.infer<typeof githubSettings> {
  const result = githubSettings.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AuditError(
    "settings",
    "github-settings",
    `\`connectors.github${issue?.path.map((part) => `.${String(part)}`).join("") ?? ""}\`: ${issue?.message.toLowerCase() ?? "is not valid"}`,
    {
      hint: "connectors: { github: { organizations: [{ organization: your-org, tokenFrom: GITHUB_TOKEN }] } }",
    },
  );
}
