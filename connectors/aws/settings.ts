import { z } from "zod";
import { AuditError } from "../../src/model/audit-error.ts";

const tenantSettings = z.strictObject({
  /** 12 digits; left out: whatever the credentials belong to. */
  tenant: z.string().regex(/^\d{12}$/).optional(),
  /** Role to assume in that tenant. */
  roleArn: z.string().optional(),
  /** Name of the secret that holds the external id. */
  externalIdFrom: z.string().optional(),
  /** Profile of the shared configuration files. */
  profile: z.string().optional(),
  /** Region the calls go to, where it is not the one of `aws`; decides the partition (`us-gov-west-1`, `cn-north-1`). */
  region: z.string().optional(),
  /** Only for stand-ins of AWS. */
  endpoint: z.url().optional(),
});

const awsSettings = z.strictObject({
  tenants: z.array(tenantSettings).min(1).default([{}]),
  region: z.string().default("us-east-1"),
  /** Only for stand-ins of AWS. */
  endpoint: z.url().optional(),
  /** Read the organization's tree and policies from the first tenant. */
  organization: z.boolean().default(false),
  identityCenter: z.boolean().default(false),
  /** Region of Identity Center, where it is not `region`. */
  identityCenterRegion: z.string().optional(),
  /** Ask what each principal used; one asynchronous job per principal. */
  serviceLastAccessed: z.boolean().default(true),
  concurrency: z.int().min(1).max(50).default(8),
});

/** Settings of the AWS connector under `connectors.aws`. Names of secrets, never values. */
export type AwsSettings = z.infer<typeof awsSettings>;

/** One tenant to read. */
export type AwsTenantSettings = z.infer<typeof tenantSettings>;

/** Checks the settings; throws `settings` with the place in the configuration. */
export function parseAwsSettings(value: unknown): AwsSettings {
  const result = awsSettings.safeParse(value ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AuditError("settings", "aws-settings", `\`connectors.aws${issue?.path.map((part) => `.${String(part)}`).join("") ?? ""}\`: ${issue?.message.toLowerCase() ?? "is not valid"}`, {
    hint: "`leastwise init` writes an example",
  });
}
