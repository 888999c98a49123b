import type { EscalationMethod } from "../method.ts";

/** A new AgentCore runtime in which the actor runs commands as the role. */
export const bedrock003: EscalationMethod = {
  id: "bedrock-003",
  name: "creates an AgentCore runtime with the role and runs commands in it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "bedrock-agentcore.amazonaws.com" } },
    { action: "bedrock-agentcore:CreateAgentRuntime", on: "somewhere" },
    { action: "bedrock-agentcore:CreateAgentRuntimeEndpoint", on: "somewhere" },
    { action: "bedrock-agentcore:CreateWorkloadIdentity", on: "somewhere" },
    { action: "bedrock-agentcore:InvokeAgentRuntimeCommand", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["bedrock-agentcore.amazonaws.com"] },
  gains: "becomes-target",
};
