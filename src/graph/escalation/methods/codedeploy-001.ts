import type { EscalationMethod } from "../method.ts";

/** A revision of the actor's own on the machines of a deployment group, which have the role. */
export const codedeploy001: EscalationMethod = {
  id: "codedeploy-001",
  name: "deploys a revision of its own to instances with the role",
  category: "existing-resource",
  permissions: [
    { action: "codedeploy:CreateDeployment", on: "reached-through" },
    { action: "codedeploy:RegisterApplicationRevision", on: "somewhere" },
    { action: "codedeploy:GetDeploymentConfig", on: "somewhere" },
  ],
  target: { kind: "role", runsOn: ["codedeploy:deploymentgroup"] },
  gains: "becomes-target",
  note: "the instances have to run the CodeDeploy agent and to reach the revision",
};
