import type { EscalationMethod } from "../method.ts";

/** A new fleet of game servers with a program of the actor's and the role. */
export const gamelift001: EscalationMethod = {
  id: "gamelift-001",
  name: "uploads a GameLift build and creates a fleet with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "gamelift.amazonaws.com" } },
    { action: "gamelift:CreateBuild", on: "somewhere" },
    { action: "gamelift:RequestUploadCredentials", on: "somewhere" },
    { action: "gamelift:CreateFleet", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["gamelift.amazonaws.com"] },
  gains: "becomes-target",
};
