import { capturedKey, keyOf, lookUpKey } from "./access-key.ts";
import type { AwsOperation } from "./operation.ts";

/** Deletes one access key. There is no undo: its secret is lost with it. Only rehearsed for now. */
export const deleteAccessKey: AwsOperation = {
  manifest: {
    id: "aws/delete-access-key",
    title: "delete access key",
    undoClass: "C",
    rehearsalOnly: true,
    permissions: ["iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", "iam:DeleteAccessKey"],
    appliesTo: { subjectKind: "credential", credentialKinds: ["access-key"], principalKinds: ["user"] },
  },
  capture: async (client, target) => capturedKey(await lookUpKey(client, target)),
  revoke: (client, target) => client.deleteAccessKey(keyOf(target).userName, keyOf(target).accessKeyId),
  restore: () => Promise.resolve({ state: "refused", why: "a deleted key cannot be put back: its secret is gone" }),
  look: lookUpKey,
};
