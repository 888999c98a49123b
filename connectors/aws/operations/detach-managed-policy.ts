import { unknown } from "../../../src/model/observed.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { captured, type AwsOperation } from "./operation.ts";
import { holderOf, needed } from "./parameters.ts";

const arnOf = (target: RevocationTarget): string => needed(target, "entitlement").locator;

/** Detaches a managed policy from a user, group or role; the policy itself stays, so attaching it again is the exact undo. */
export const detachManagedPolicy: AwsOperation = {
  manifest: {
    id: "aws/detach-managed-policy",
    title: "detach managed policy",
    undoClass: "A",
    rehearsalOnly: false,
    permissions: [
      "iam:ListAttachedUserPolicies",
      "iam:ListAttachedGroupPolicies",
      "iam:ListAttachedRolePolicies",
      "iam:DetachUserPolicy",
      "iam:DetachGroupPolicy",
      "iam:DetachRolePolicy",
      "iam:AttachUserPolicy",
      "iam:AttachGroupPolicy",
      "iam:AttachRolePolicy",
    ],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["attachment"],
      principalNativeTypes: ["iam-user", "iam-group", "iam-role"],
    },
  },
  capture: async (client, target) =>
    captured(
      await client.hasAttachedPolicy(holderOf(target), arnOf(target)),
      () => ({ policyArn: arnOf(target) }),
      unknown("AWS does not say when a single policy was used"),
    ),
  revoke: (client, target) => client.detachPolicy(holderOf(target), arnOf(target)),
  restore: (client, target) => client.attachPolicy(holderOf(target), arnOf(target)),
  look: (client, target) => client.hasAttachedPolicy(holderOf(target), arnOf(target)),
};
