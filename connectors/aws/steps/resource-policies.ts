import { resourcePolicies as convert } from "../convert/resource-policies.ts";
import { REGIONS_PERMISSION } from "../live/regional/regions.ts";
import { typesOf } from "../live/regional/typed-read.ts";
import { POLICY_SERVICES } from "../live/resource-policies/index.ts";
import { recordList } from "./file-shapes.ts";
import { step } from "./step.ts";

/** Policies of buckets, keys, queues and other resources, in every service that is asked. */
export const resourcePolicies = step({
  id: "resource-policies",
  title: "resource policies",
  dependsOn: [],
  provides: ["resource-policy"],
  perType: { kind: "resource-policy", types: typesOf(POLICY_SERVICES) },
  // What each service needs stands in the manifest under a line of its own.
  permissions: [REGIONS_PERMISSION],
  parse: recordList(),
  convert,
});
