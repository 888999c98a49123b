import { toInstant } from "../../../src/model/instant.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { GitHubClient, Lookup } from "../client.ts";
import type { RawDeployKey } from "../raw.ts";
import { field, needed, type GitHubOperation } from "./operation.ts";

/**
 * Deletes a deploy key. The private half is elsewhere, so adding the stored public half again is a true undo; GitHub gives
 * it a new id and forgets when it was used.
 */
export const deleteDeployKey: GitHubOperation = {
  id: "github/delete-deploy-key",
  async capture(client, target) {
    const key = await findKey(client, target, null);
    if (key.state === "unreadable") return key;
    if (key.state === "absent") return { state: "already-absent" };
    const { last_used: used, read_only: readOnly, title, key: publicKey } = key.value;
    const at = used === null || used === undefined ? undefined : toInstant(used);
    return {
      state: "present",
      preImage: { title, key: publicKey, readOnly },
      lastUsedAt:
        used === null
          ? known("never")
          : at === undefined
            ? unknown("GitHub did not say when it was last used")
            : known(at),
    };
  },
  async revoke(client, target, preImage) {
    const key = await findKey(client, target, preImage);
    if (key.state === "absent") return key;
    if (key.state === "unreadable") return { state: "refused", why: key.why };
    return client.deleteDeployKey(needed(target, "resource").locator, key.value.id);
  },
  async restore(client, target, preImage) {
    const [title, key] = [field(preImage, "title"), field(preImage, "key")];
    if (title === undefined || key === undefined)
      return { state: "refused", why: "the capsule does not hold the public key" };
    // A capsule that does not say so is put back with the lesser right.
    return client.addDeployKey(needed(target, "resource").locator, { title, key, readOnly: !canWrite(preImage) });
  },
  look: findKey,
};

const canWrite = (preImage: JsonValue): boolean =>
  typeof preImage === "object" && preImage !== null && "readOnly" in preImage && preImage["readOnly"] === false;

/** The key by its id, or, when it was put back under a new one, by its public half. */
async function findKey(
  client: GitHubClient,
  target: RevocationTarget,
  preImage: JsonValue,
): Promise<Lookup<RawDeployKey>> {
  const keys = await client.deployKeys(needed(target, "resource").locator);
  if (keys.state !== "found") return keys;
  const publicKey = field(preImage, "key");
  const found = keys.value.find(
    (key) =>
      String(key.id) === needed(target, "credential").nativeId || (publicKey !== undefined && key.key === publicKey),
  );
  return found === undefined ? { state: "absent" } : { state: "found", value: found };
}
