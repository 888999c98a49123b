import type { ConnectorManifest } from "../../src/contracts/connector.ts";
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
  ],
  operations: OPERATIONS.map((operation) => operation.manifest),
};
