import { unknown } from "../../../src/model/observed.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { captured, type AwsOperation } from "./operation.ts";
import { needed } from "./parameters.ts";

const userOf = (target: RevocationTarget): string => needed(target, "principal").displayName;
const groupOf = (target: RevocationTarget): string => needed(target, "entitlement").displayName;

/** Removes a user from a group; adding it again is the exact undo. */
export const removeFromGroup: AwsOperation = {
  manifest: {
    id: "aws/remove-from-group",
    title: "remove from group",
    undoClass: "A",
    rehearsalOnly: false,
    permissions: ["iam:ListGroupsForUser", "iam:RemoveUserFromGroup", "iam:AddUserToGroup"],
    appliesTo: { subjectKind: "grant", grantKinds: ["membership"], principalNativeTypes: ["iam-user"] },
  },
  capture: async (client, target) =>
    captured(
      await client.isInGroup(userOf(target), groupOf(target)),
      () => ({ group: groupOf(target) }),
      unknown("AWS does not say when a membership was used"),
    ),
  revoke: (client, target) => client.removeFromGroup(userOf(target), groupOf(target)),
  restore: (client, target) => client.addToGroup(userOf(target), groupOf(target)),
  look: (client, target) => client.isInGroup(userOf(target), groupOf(target)),
};
