import type { S3Client } from "@aws-sdk/client-s3";
import { allPages } from "../../../shared/paging.ts";
import { codeOf, needing } from "../refusal.ts";
import { tokenOf, type Place } from "../regional/place.ts";

type Sdk = typeof import("@aws-sdk/client-s3");

/** A bucket of the tenant. */
export interface Bucket {
  readonly name: string;
  readonly arn: string;
  /** Where its own calls go. */
  readonly region: string;
}

/** All buckets of the tenant, wherever they are. */
export const bucketsOf = (place: Place): Promise<readonly Bucket[]> =>
  place.home.once("buckets", async () => {
    const { sdk, client } = await s3At(place.home, place.home.region);
    // With a number AWS pages, and tells where each bucket is.
    const rows = await needing("s3:ListAllMyBuckets", () =>
      allPages(async (ContinuationToken) => {
        const answer = await client.send(new sdk.ListBucketsCommand({ ContinuationToken, MaxBuckets: 1_000 }));
        return { items: answer.Buckets ?? [], next: tokenOf(answer.ContinuationToken) };
      }),
    );
    return rows
      .flatMap(({ Name: name, BucketRegion }) =>
        name === undefined
          ? []
          : { name, arn: `arn:${place.partition}:s3:::${name}`, region: tokenOf(BucketRegion) ?? place.home.region },
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });

/** The client of S3 in a region. It follows AWS to where a bucket really is. */
export async function s3At(place: Place, region: string): Promise<{ readonly sdk: Sdk; readonly client: S3Client }> {
  const sdk = await import("@aws-sdk/client-s3");
  const client = place.at(region).client(
    "s3",
    (config) =>
      new sdk.S3Client({
        ...config,
        followRegionRedirects: true,
        // A stand-in of AWS has no host for each bucket.
        forcePathStyle: config.endpoint !== undefined,
      }),
  );
  return { sdk, client };
}

/** What a bucket answers, or null where AWS says by this code that nothing of the kind is set. */
export async function orNull<T>(code: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (codeOf(error) === code) return null;
    throw error;
  }
}
