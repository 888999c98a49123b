import type { EscalationMethod } from "../method.ts";

/** An AgentCore runtime (of its own or a harness's) that has the role. */
export const bedrock004: EscalationMethod = {
  id: "bedrock-004",
  name: "runs commands in an AgentCore runtime with the role",
  category: "existing-resource",
  permissions: [{ action: "bedrock-agentcore:InvokeAgentRuntimeCommand", on: "reached-through" }],
  target: { kind: "role", runsOn: ["bedrock-agentcore:runtime"] },
  gains: "becomes-target",
};
