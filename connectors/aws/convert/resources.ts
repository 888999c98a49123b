import type { Resource } from "../../../src/model/resource.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { countByType } from "./count-by-type.ts";

/** What runs as which role: AWS resources have no other identity than their ARN. */
export function resources(raw: RawSteps["resources"], context: TenantContext): Converted {
  const records = raw.flatMap(({ arn, type, roleArn, roleArns, ...more }) => {
    if (arn === undefined) return [];
    const roles = [...(roleArn === undefined ? [] : [roleArn]), ...(roleArns ?? [])].sort();
    return [
      awsResource(arn, context, {
        type: type ?? null,
        runsAs: roles.length === 0 ? null : roles.join(" "),
        ...(more.executionRoleArn === undefined ? {} : { executionRole: more.executionRoleArn }),
        ...(more.instanceProfileArn === undefined ? {} : { instanceProfile: more.instanceProfileArn }),
        ...(more.instanceArn === undefined ? {} : { instance: more.instanceArn }),
      }),
    ];
  });
  return {
    records: { resources: records },
    kinds: { "running-as": { items: records.length, byType: countByType(raw) } },
  };
}

/** An AWS resource outside IAM. Steps that know different things of one resource give it the same id. */
export function awsResource(arn: string, context: TenantContext, attributes: Resource["attributes"]): Resource {
  return {
    id: `${context.tenantId}:${arn}`,
    system: "aws",
    tenantId: context.tenantId,
    kind: "aws-resource",
    nativeId: arn,
    locator: arn,
    displayName: arn.split(":").slice(5).join(":"),
    attributes,
  };
}
