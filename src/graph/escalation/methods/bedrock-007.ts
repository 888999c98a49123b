import type { EscalationMethod } from "../method.ts";

/** An AgentCore browser that has the role. */
export const bedrock007: EscalationMethod = {
  id: "bedrock-007",
  name: "steers an AgentCore browser with the role",
  category: "existing-resource",
  permissions: [
    { action: "bedrock-agentcore:StartBrowserSession", on: "reached-through" },
    { action: "bedrock-agentcore:ConnectBrowserAutomationStream", on: "somewhere" },
  ],
  target: { kind: "role", runsOn: ["bedrock-agentcore:browser-custom"] },
  gains: "becomes-target",
};
