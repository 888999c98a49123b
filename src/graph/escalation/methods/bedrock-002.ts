import type { EscalationMethod } from "../method.ts";

/** An AgentCore code interpreter that has the role. */
export const bedrock002: EscalationMethod = {
  id: "bedrock-002",
  name: "runs code in an AgentCore code interpreter with the role",
  category: "existing-resource",
  permissions: [
    { action: "bedrock-agentcore:StartCodeInterpreterSession", on: "reached-through" },
    { action: "bedrock-agentcore:InvokeCodeInterpreter", on: "reached-through" },
  ],
  target: { kind: "role", runsOn: ["bedrock-agentcore:code-interpreter-custom"] },
  gains: "becomes-target",
};
