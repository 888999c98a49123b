import { resourcePolicies as convert } from "../convert/resource-policies.ts";
import { recordList } from "./file-shapes.ts";
import { step } from "./step.ts";

/** Policies of buckets, keys, queues and other resources, as somebody collected them. */
export const resourcePolicies = step({
  id: "resource-policies",
  title: "resource policies",
  provides: ["resource-policy"],
  permissions: [],
  parse: recordList(),
  convert,
});
