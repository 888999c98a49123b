import { z } from "zod";
import { settingsFault } from "../shared/settings-fault.ts";

const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, { error: "write a region such as `eu-west-1`" });

const tenantSettings = z.strictObject({
  /** 12 digits; left out: whatever the credentials belong to. With it, credentials of another tenant are refused. */
  tenant: z
    .string({ error: "write the 12 digits in quotes" })
    .regex(/^\d{12}$/, { error: "write the 12 digits in quotes" })
    .optional(),
  /** Role to assume in that tenant. */
  roleArn: z
    .string()
    .regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, { error: "write the ARN of a role" })
    .optional(),
  /** Name of the secret that holds the external id of that role's trust policy. */
  externalIdFrom: z.string().min(1).optional(),
  /** Profile of AWS's shared configuration files. */
  profile: z.string().min(1).optional(),
  /** Region the calls go to, where it is not the one of all; decides the partition (`us-gov-west-1`, `cn-north-1`). */
  region: region.optional(),
  /** Only for stand-ins of AWS. */
  endpoint: z.url().optional(),
});

const awsSettings = z.strictObject({
  tenants: z.array(tenantSettings).min(1).default([{}]),
  region: region.default("us-east-1"),
  /** Only for stand-ins of AWS. */
  endpoint: z.url().optional(),
  /** Read the organization's tree and policies with the credentials of the first tenant. */
  organization: z.boolean().default(false),
  /** Read Identity Center with the credentials of the first tenant. */
  identityCenter: z.boolean().default(false),
  /** Region of Identity Center, where it is not `region`. */
  identityCenterRegion: region.optional(),
  /** Ask what each principal used; one asynchronous job per principal. */
  serviceLastAccessed: z.boolean().default(true),
  /** Calls at once per tenant. */
  concurrency: z.int().min(1).max(50).default(8),
});

/** Settings of the AWS connector under `connectors.aws`, defaults filled in. Names of secrets, never values. */
export type AwsSettings = z.infer<typeof awsSettings>;

/** One tenant to read. */
export type AwsTenantSettings = z.infer<typeof tenantSettings>;

/** Checks the settings and fills in the defaults; throws `settings` with the place in the configuration. */
export function parseAwsSettings(written: unknown): AwsSettings {
  const result = awsSettings.safeParse(written ?? {});
  if (result.success) return result.data;
  throw settingsFault("aws", awsSettings, result.error.issues, "connectors/aws/README.md lists the settings");
}
