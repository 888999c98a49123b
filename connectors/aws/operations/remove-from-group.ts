import { unknown } from "../../../src/model/observed.ts";
import { captured, type AwsOperation } from "./operation.ts";
import { needed } from "./parameters.ts";

/** Removes a user from a group; adding it again is the exact undo. */
export const removeFromGroup: AwsOperation = {
  id: "aws/remove-from-group",
  capture: async (client, target) =>
    captured(
      await client.isInGroup(needed(target, "principal").displayName, needed(target, "entitlement").displayName),
      () => ({ group: needed(target, "entitlement").displayName }),
      unknown("AWS does not say when a membership was used"),
    ),
  revoke: (client, target) => client.removeFromGroup(needed(target, "principal").displayName, needed(target, "entitlement").displayName),
  restore: (client, target) => client.addToGroup(needed(target, "principal").displayName, needed(target, "entitlement").displayName),
  look: (client, target) => client.isInGroup(needed(target, "principal").displayName, needed(target, "entitlement").displayName),
};
