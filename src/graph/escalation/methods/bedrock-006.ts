import type { EscalationMethod } from "../method.ts";

/** A new AgentCore browser that the actor steers to the role's credentials. */
export const bedrock006: EscalationMethod = {
  id: "bedrock-006",
  name: "creates an AgentCore browser with the role and steers it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "bedrock-agentcore.amazonaws.com" } },
    { action: "bedrock-agentcore:CreateBrowser", on: "somewhere" },
    { action: "bedrock-agentcore:StartBrowserSession", on: "somewhere" },
    { action: "bedrock-agentcore:ConnectBrowserAutomationStream", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["bedrock-agentcore.amazonaws.com"] },
  gains: "becomes-target",
};
