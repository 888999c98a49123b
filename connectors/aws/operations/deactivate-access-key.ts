import { capturedKey, keyOf, lookUpKey } from "./access-key.ts";
import type { AwsOperation } from "./operation.ts";

/**
 * Sets one access key inactive; nothing else of its user is touched. Exactly undone by setting it active again: the secret
 * stays with whoever has it. A key that is inactive already counts as gone.
 */
export const deactivateAccessKey: AwsOperation = {
  manifest: {
    id: "aws/deactivate-access-key",
    title: "deactivate access key",
    undoClass: "A",
    rehearsalOnly: false,
    permissions: ["iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", "iam:UpdateAccessKey"],
    appliesTo: { subjectKind: "credential", credentialKinds: ["access-key"], principalKinds: ["user"] },
  },
  capture: async (client, target) => {
    const key = await lookUpKey(client, target);
    return key.state === "found" && key.value.status === "Inactive" ? { state: "already-absent" } : capturedKey(key);
  },
  revoke: (client, target) => client.setAccessKeyStatus(keyOf(target).userName, keyOf(target).accessKeyId, "Inactive"),
  restore: (client, target) => client.setAccessKeyStatus(keyOf(target).userName, keyOf(target).accessKeyId, "Active"),
  look: async (client, target) => {
    const key = await lookUpKey(client, target);
    return key.state === "found" && key.value.status === "Inactive" ? { state: "absent" } : key;
  },
};
