import type { ConnectorManifest } from "../../src/contracts/connector.ts";
import { OPERATION_MANIFESTS } from "./operations/manifests.ts";
import { ENTERPRISE_SCOPES, SCOPES } from "./scopes.ts";
import { STEPS } from "./steps/index.ts";

/** What the GitHub connector reads, what it may change, and what it needs for either. Data only. */
export const manifest: ConnectorManifest = {
  id: "github",
  title: "GitHub",
  steps: STEPS.map(({ manifest: step }) => step),
  operations: OPERATION_MANIFESTS,
  scopes: [...SCOPES, ...ENTERPRISE_SCOPES],
};
