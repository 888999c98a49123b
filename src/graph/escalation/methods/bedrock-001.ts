import type { EscalationMethod } from "../method.ts";

/** A new AgentCore code interpreter that runs the actor's code as the role. */
export const bedrock001: EscalationMethod = {
  id: "bedrock-001",
  name: "creates an AgentCore code interpreter with the role and runs code in it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "bedrock-agentcore.amazonaws.com" } },
    { action: "bedrock-agentcore:CreateCodeInterpreter", on: "somewhere" },
    { action: "bedrock-agentcore:StartCodeInterpreterSession", on: "somewhere" },
    { action: "bedrock-agentcore:InvokeCodeInterpreter", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["bedrock-agentcore.amazonaws.com"] },
  gains: "becomes-target",
};
