import type { Attributes } from "../../../src/model/tenant.ts";
import type { RawPublicAccessBlock, RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { awsResource } from "./resources.ts";

/** S3's public access blocks, of the tenant as a whole (`account`) and of single buckets. `null`: none is set. */
export function publicAccessBlocks(raw: RawSteps["public-access-blocks"], context: TenantContext): Converted {
  const { account: whole, ...buckets } = raw;
  const { tenantId, tenant, name } = context;
  const tenants =
    whole === undefined
      ? []
      : [
          {
            id: tenantId,
            system: "aws" as const,
            nativeId: tenant,
            name,
            managementTenantId: null,
            attributes: blocked(whole),
          },
        ];
  const resources = Object.entries(buckets).map(([arn, block]) => awsResource(arn, context, blocked(block)));
  return { records: { tenants, resources }, kinds: {} };
}

function blocked(block: RawPublicAccessBlock | null): Attributes {
  return {
    blockPublicAcls: block?.BlockPublicAcls ?? false,
    ignorePublicAcls: block?.IgnorePublicAcls ?? false,
    blockPublicPolicy: block?.BlockPublicPolicy ?? false,
    restrictPublicBuckets: block?.RestrictPublicBuckets ?? false,
  };
}
