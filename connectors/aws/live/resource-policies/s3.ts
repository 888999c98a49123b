import type { RawResourcePolicy } from "../../raw.ts";
import { each } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";
import { bucketsOf, orNull, s3At } from "./buckets.ts";

/** Bucket policies. */
export const s3 = {
  service: "s3",
  permissions: ["s3:ListAllMyBuckets", "s3:GetBucketPolicy"],
  types: {
    async "s3:bucket"(place) {
      return each(place, "s3:GetBucketPolicy", await bucketsOf(place), async ({ name, arn, region }) => {
        const { sdk, client } = await s3At(place, region);
        const policy = await orNull(
          "NoSuchBucketPolicy",
          async () => (await client.send(new sdk.GetBucketPolicyCommand({ Bucket: name }))).Policy,
        );
        return { arn, type: "s3:bucket", policy: policy ?? null };
      });
    },
  },
  global: ["s3:bucket"],
} as const satisfies ServiceReads<RawResourcePolicy>;
