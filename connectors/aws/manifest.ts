import type { CollectStep, ConnectorManifest } from "../../src/contracts/connector.ts";
import { POLICY_SERVICES } from "./live/resource-policies/index.ts";
import { RESOURCE_SERVICES } from "./live/resources/index.ts";
import type { ServiceReads } from "./live/regional/typed-read.ts";
import { OPERATIONS } from "./operations/index.ts";
import { STEPS, sweep } from "./steps/index.ts";

/** What the AWS connector reads, what it may change, and what it needs for either. Data only. */
export const manifest: ConnectorManifest = {
  id: "aws",
  title: "AWS IAM",
  steps: [
    sweep,
    ...STEPS.map(({ id, title, dependsOn, provides, permissions }) => ({
      id,
      title,
      dependsOn,
      provides,
      permissions,
    })),
    ...RESOURCE_SERVICES.map((service) => ofService("resources", service)),
    ...POLICY_SERVICES.map((service) => ofService("resource-policies", service)),
  ],
  operations: OPERATIONS.map((operation) => operation.manifest),
};

/** What one service of a step needs, apart from the others: only those that are configured are asked. */
function ofService(
  step: "resources" | "resource-policies",
  { service, permissions, types }: ServiceReads<unknown>,
): CollectStep {
  const provides = Object.keys(types).map((type): CollectStep["provides"][number] =>
    step === "resources" ? `running-as:${type}` : `resource-policy:${type}`,
  );
  return { id: `${step}/${service}`, title: `${step} of ${service}`, dependsOn: [], provides, permissions };
}
