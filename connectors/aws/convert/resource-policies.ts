import type { Policy } from "../../../src/model/policy.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { countByType } from "./count-by-type.ts";
import { documentText, policy } from "./parts.ts";
import { awsResource } from "./resources.ts";

/** Policies that hang on resources (buckets, keys, queues). An entry whose policy is `null` is a resource known to have none. */
export function resourcePolicies(raw: RawSteps["resource-policies"], context: TenantContext): Converted {
  const policies: Policy[] = [];
  const resources = raw.flatMap((entry) => {
    if (entry.arn === undefined) return [];
    const resource = awsResource(entry.arn, context, {
      ...(entry.type === undefined ? {} : { type: entry.type }),
      hasResourcePolicy: entry.policy !== null,
    });
    if (entry.policy !== null) {
      const id = `${resource.id}/policy`;
      policies.push(
        policy(
          {
            id,
            tenantId: context.tenantId,
            kind: "resource",
            name: "resource policy",
            locator: `${entry.arn}/policy`,
            holderId: resource.id,
          },
          documentText(entry.policy),
        ),
      );
    }
    return [resource];
  });
  const withPolicy = raw.filter(({ policy: document }) => document !== null);
  return {
    records: { policies, resources },
    kinds: { "resource-policy": { items: policies.length, byType: countByType(withPolicy) } },
  };
}
