import type { Captured } from "../../../src/contracts/connector.ts";
import { toInstant, type LastUse } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { AwsClient, Lookup } from "../client.ts";
import type { RawKeyLastUsed } from "../raw.ts";
import { needed } from "./parameters.ts";

/** The one access key a target names. */
export function keyOf(target: RevocationTarget): { readonly userName: string; readonly accessKeyId: string } {
  return { userName: needed(target, "principal").displayName, accessKeyId: needed(target, "credential").nativeId };
}

/** Looks up that key and no other. A key of the credential report has no id: it can be found idle, but not changed. */
export async function lookUpKey(client: AwsClient, target: RevocationTarget): ReturnType<AwsClient["accessKey"]> {
  const { userName, accessKeyId } = keyOf(target);
  if (/^access-key-\d$/.test(accessKeyId))
    return {
      state: "unreadable",
      why: "the credential report names the key without its id: collect the access keys as well",
    };
  return client.accessKey(userName, accessKeyId);
}

/** What is there before the change, with the last use as read at this moment. */
export function capturedKey(key: Awaited<ReturnType<AwsClient["accessKey"]>>): Captured {
  if (key.state === "absent") return { state: "already-absent" };
  if (key.state === "unreadable") return key;
  return { state: "present", preImage: { status: key.value.status }, lastUsedAt: lastUse(key.value.lastUsed) };
}

/** Unknown stays unknown; AWS answers a key that was never used without a date. */
function lastUse(lookup: Lookup<RawKeyLastUsed>): Observed<LastUse> {
  if (lookup.state === "unreadable") return unknown(lookup.why);
  if (lookup.state === "absent" || lookup.value.LastUsedDate === undefined) return known("never");
  const at = toInstant(lookup.value.LastUsedDate);
  return at === undefined ? unknown("AWS gave no date") : known(at);
}
