import type { EscalationMethod } from "../method.ts";

/** A new AgentCore harness, on whose runtime the actor runs commands as the role. */
export const bedrock005: EscalationMethod = {
  id: "bedrock-005",
  name: "creates an AgentCore harness with the role and runs commands in its runtime",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "bedrock-agentcore.amazonaws.com" } },
    { action: "bedrock-agentcore:CreateHarness", on: "somewhere" },
    { action: "bedrock-agentcore:CreateAgentRuntime", on: "somewhere" },
    { action: "bedrock-agentcore:CreateAgentRuntimeEndpoint", on: "somewhere" },
    { action: "bedrock-agentcore:CreateWorkloadIdentity", on: "somewhere" },
    { action: "bedrock-agentcore:GetAgentRuntime", on: "somewhere" },
    { action: "bedrock-agentcore:GetHarness", on: "somewhere" },
    { action: "bedrock-agentcore:InvokeAgentRuntimeCommand", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["bedrock-agentcore.amazonaws.com"] },
  gains: "becomes-target",
  note: "a Bedrock model has to be enabled",
};
