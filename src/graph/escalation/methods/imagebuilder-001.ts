import type { EscalationMethod } from "../method.ts";

/** A new image, on whose build instance the actor's component runs as the role. */
export const imagebuilder001: EscalationMethod = {
  id: "imagebuilder-001",
  name: "builds an image on an instance with the role",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "ec2.amazonaws.com" } },
    { action: "imagebuilder:CreateComponent", on: "somewhere" },
    { action: "imagebuilder:CreateImageRecipe", on: "somewhere" },
    { action: "imagebuilder:CreateInfrastructureConfiguration", on: "somewhere" },
    { action: "imagebuilder:CreateImage", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["ec2.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role needs an instance profile and the permissions of Systems Manager",
};
