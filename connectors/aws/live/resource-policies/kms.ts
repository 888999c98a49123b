import { allPages } from "../../../shared/paging.ts";
import type { RawResourcePolicy } from "../../raw.ts";
import { each, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Key policies: every key has exactly one, named `default`. */
export const kms = {
  service: "kms",
  permissions: ["kms:ListKeys", "kms:GetKeyPolicy"],
  types: {
    async "kms:key"(place) {
      const sdk = await import("@aws-sdk/client-kms");
      const client = place.client("kms", (config) => new sdk.KMSClient(config));
      const keys = await allPages(async (Marker) => {
        const answer = await client.send(new sdk.ListKeysCommand({ Marker }));
        return { items: answer.Keys ?? [], next: answer.Truncated === true ? tokenOf(answer.NextMarker) : undefined };
      });
      return each(place, "kms:GetKeyPolicy", keys, async ({ KeyId, KeyArn: arn = "" }) => {
        const { Policy } = await client.send(new sdk.GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
        return { arn, type: "kms:key", policy: Policy ?? null };
      });
    },
  },
} as const satisfies ServiceReads<RawResourcePolicy>;
