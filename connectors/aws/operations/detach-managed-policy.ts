import { unknown } from "../../../src/model/observed.ts";
import { captured, type AwsOperation } from "./operation.ts";
import { holderOf, needed } from "./parameters.ts";

/** Detaches a managed policy from a user, group or role; the policy itself stays, so attaching it again is the exact undo. */
export const detachManagedPolicy: AwsOperation = {
  id: "aws/detach-managed-policy",
  capture: async (client, target) =>
    captured(
      await client.hasAttachedPolicy(holderOf(target), needed(target, "entitlement").locator),
      () => ({ policyArn: needed(target, "entitlement").locator }),
      unknown("AWS does not say when a single policy was used"),
    ),
  revoke: (client, target) => client.detachPolicy(holderOf(target), needed(target, "entitlement").locator),
  restore: (client, target) => client.attachPolicy(holderOf(target), needed(target, "entitlement").locator),
  look: (client, target) => client.hasAttachedPolicy(holderOf(target), needed(target, "entitlement").locator),
};
