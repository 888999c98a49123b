import { known, unknown } from "../../../src/model/observed.ts";
import { toInstant } from "../../../src/model/instant.ts";
import type { AwsOperation } from "./operation.ts";
import { needed } from "./parameters.ts";

/**
 * Sets one access key inactive; nothing else of the user is touched. Exactly undone by setting it active again: the secret
 * stays with whoever has it. A key that is inactive already counts as gone.
 */
export const deactivateAccessKey: AwsOperation = {
  id: "aws/deactivate-access-key",
  async capture(client, target) {
    const key = await client.accessKey(needed(target, "principal").displayName, needed(target, "credential").nativeId);
    if (key.state === "unreadable") return key;
    if (key.state === "absent" || key.value.status === "Inactive") return { state: "already-absent" };
    return { state: "present", preImage: { status: key.value.status }, lastUsedAt: lastUse(key.value.lastUsed) };
  },
  revoke: (client, target) => client.setAccessKeyStatus(needed(target, "principal").displayName, needed(target, "credential").nativeId, "Inactive"),
  restore: (client, target) => client.setAccessKeyStatus(needed(target, "principal").displayName, needed(target, "credential").nativeId, "Active"),
  async look(client, target) {
    const key = await client.accessKey(needed(target, "principal").displayName, needed(target, "credential").nativeId);
    return key.state === "found" && key.value.status === "Inactive" ? { state: "absent" } : key;
  },
};

/** Last use as read at this moment; unknown stays unknown. */
export function lastUse(lookup: { readonly state: string; readonly value?: { readonly LastUsedDate?: string | Date }; readonly why?: string }) {
  if (lookup.state === "unreadable") return unknown(lookup.why ?? "it could not be read");
  if (lookup.state === "absent" || lookup.value?.LastUsedDate === undefined) return known("never" as const);
  const at = toInstant(lookup.value.LastUsedDate);
  return at === undefined ? unknown("AWS gave no date") : known(at);
}
