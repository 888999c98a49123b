import type { EscalationMethod } from "../method.ts";

/** A new cluster whose machines have the role and run the actor's steps; the cluster needs a role for itself besides. */
export const emr001: EscalationMethod = {
  id: "emr-001",
  name: "starts an EMR cluster whose instances have the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "iam:PassRole", on: "somewhere", context: { "iam:PassedToService": "elasticmapreduce.amazonaws.com" } },
    { action: "elasticmapreduce:RunJobFlow", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "a second role, which trusts EMR, has to be passed too; the role needs an instance profile",
};
