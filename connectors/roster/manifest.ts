import type { ConnectorManifest } from "../../src/contracts/connector.ts";

/** The company's own lists: who works here, whose logins are whose, who answers for what, what was approved. */
export const manifest: ConnectorManifest = {
  id: "roster",
  title: "roster, identity map, owners and approvals",
  steps: [
    { id: "roster", title: "people", dependsOn: [], provides: ["roster"], permissions: [] },
    { id: "identity-map", title: "identity map", dependsOn: ["roster"], provides: ["identity-map"], permissions: [] },
    { id: "owners", title: "owners", dependsOn: ["roster"], provides: ["owner"], permissions: [] },
    { id: "approvals", title: "approvals", dependsOn: ["roster"], provides: ["approval"], permissions: [] },
  ],
  operations: [],
};
