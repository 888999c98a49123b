import { lastUse } from "./deactivate-access-key.ts";
import type { AwsOperation } from "./operation.ts";
import { needed } from "./parameters.ts";

/** Deletes one access key. There is no undo: the secret is lost with it. Only rehearsed for now. */
export const deleteAccessKey: AwsOperation = {
  id: "aws/delete-access-key",
  async capture(client, target) {
    const key = await client.accessKey(needed(target, "principal").displayName, needed(target, "credential").nativeId);
    if (key.state === "unreadable") return key;
    if (key.state === "absent") return { state: "already-absent" };
    return { state: "present", preImage: { status: key.value.status }, lastUsedAt: lastUse(key.value.lastUsed) };
  },
  revoke: (client, target) => client.deleteAccessKey(needed(target, "principal").displayName, needed(target, "credential").nativeId),
  restore: () => Promise.resolve({ state: "refused", why: "a deleted key cannot be put back: its secret is gone" }),
  look: (client, target) => client.accessKey(needed(target, "principal").displayName, needed(target, "credential").nativeId),
};
