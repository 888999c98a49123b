import { z } from "zod";
import { settingsFault } from "../shared/settings-fault.ts";
import { POLICY_SERVICES } from "./live/resource-policies/index.ts";
import { RESOURCE_SERVICES } from "./live/resources/index.ts";

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

/** `all`, or a list of the names that are known. */
function services<S extends string>(known: readonly S[]) {
  const names = z.enum(known as readonly [S, ...S[]], {
    error: ({ input }) => `\`${String(input)}\` is not a service that can be read here; known are ${known.join(", ")}`,
  });
  return z
    .preprocess(
      (written) => (written === "all" ? [...known] : written),
      z.array(names, { error: "write `all` or a list of services" }),
    )
    .default([...known]);
}

const resourceSettings = z.strictObject({
  /** Services whose resources run as roles. */
  services: services(RESOURCE_SERVICES.map(({ service }) => service)),
  /** Services whose resources have policies of their own. */
  policies: services(POLICY_SERVICES.map(({ service }) => service)),
  /** Read S3's public access blocks. */
  publicAccessBlocks: z.boolean().default(true),
  /** Regions to look into; null: every one that the tenant has switched on. */
  regions: z
    .preprocess(
      (written) => (written === "all" ? null : written),
      z
        .array(region, { error: "write `all` or a list of regions such as `eu-west-1`" })
        .min(1, { error: "name at least one region, or write `all`" })
        .nullable(),
    )
    .default(null),
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
  /** Look beyond IAM: what runs as which role, resource policies, public access blocks. Left out: nothing of it is asked. */
  resources: resourceSettings.optional(),
  /** Calls at once per tenant. */
  concurrency: z.int().min(1).max(50).default(8),
});

/** Settings of the AWS connector under `connectors.aws`, defaults filled in. Names of secrets, never values. */
export type AwsSettings = z.infer<typeof awsSettings>;

/** One tenant to read. */
export type AwsTenantSettings = z.infer<typeof tenantSettings>;

/** What is read beyond IAM. */
export type ResourceSettings = z.infer<typeof resourceSettings>;

/** Checks the settings and fills in the defaults; throws `settings` with the place in the configuration. */
export function parseAwsSettings(written: unknown): AwsSettings {
  const result = awsSettings.safeParse(written ?? {});
  if (result.success) return result.data;
  throw settingsFault("aws", awsSettings, result.error.issues, "connectors/aws/README.md lists the settings");
}
