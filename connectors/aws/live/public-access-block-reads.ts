import { lookedUp, needing } from "./refusal.ts";
import type { Answer } from "../client.ts";
import type { RawPublicAccessBlock, RawSteps } from "../raw.ts";
import { each, type AnyClient, type Place } from "./regional/place.ts";
import { bucketsOf, orNull, s3At } from "./resource-policies/buckets.ts";

/** What reading S3's public access blocks needs. */
export const PUBLIC_ACCESS_BLOCK_PERMISSIONS = [
  "s3:ListAllMyBuckets",
  "s3:GetAccountPublicAccessBlock",
  "s3:GetBucketPublicAccessBlock",
] as const;

const NONE = "NoSuchPublicAccessBlockConfiguration";
const OF_TENANT = "s3:GetAccountPublicAccessBlock";
const OF_BUCKET = "s3:GetBucketPublicAccessBlock";

/** The public access blocks of the whole tenant (`account`) and of each bucket; null where none is set. */
export async function readPublicAccessBlocks(place: Place): Promise<Answer<RawSteps["public-access-blocks"]>> {
  const value: Record<string, RawPublicAccessBlock | null> = {};
  const refused: string[] = [];
  const whole = await lookedUp(OF_TENANT, () => needing(OF_TENANT, () => blockOfTenant(place.home)));
  if (whole.state === "found") value["account"] = whole.value;
  else if (whole.state === "unreadable") refused.push(whole.why);
  const buckets = await lookedUp("s3:ListAllMyBuckets", () => bucketsOf(place));
  if (buckets.state === "unreadable") refused.push(buckets.why);
  if (buckets.state === "found") {
    const blocks = await each(place, OF_BUCKET, buckets.value, (bucket) =>
      needing(OF_BUCKET, async () => {
        const { sdk, client } = await s3At(place, bucket.region);
        const block = await orNull(
          NONE,
          async () =>
            (await client.send(new sdk.GetPublicAccessBlockCommand({ Bucket: bucket.name })))
              .PublicAccessBlockConfiguration ?? null,
        );
        return [bucket.arn, block as RawPublicAccessBlock | null] as const;
      }),
    );
    for (const [arn, block] of blocks.items) value[arn] = block;
    if (blocks.refused.length > 0)
      refused.push(`${blocks.refused.length} of ${buckets.value.length} buckets: ${blocks.refused[0]}`);
  }
  if (refused.length === 0) return { state: "complete", value };
  const reason = refused.join("; ");
  return Object.keys(value).length === 0 ? { state: "denied", reason } : { state: "partial", value, reason };
}

async function blockOfTenant(place: Place): Promise<RawPublicAccessBlock | null> {
  const sdk = await import("@aws-sdk/client-s3-control");
  const client = place.client("s3control", (config) => {
    if (config.endpoint === undefined) return new sdk.S3ControlClient(config);
    // AWS has a host for each tenant. A stand-in has one for all, often a number before which no name can stand.
    const made = new sdk.S3ControlClient({ ...config, endpoint: "http://stand-in.invalid" });
    sendTo(made, new URL(config.endpoint));
    return made;
  });
  return (await orNull(
    NONE,
    async () =>
      (await client.send(new sdk.GetPublicAccessBlockCommand({ AccountId: place.tenant })))
        .PublicAccessBlockConfiguration ?? null,
  )) as RawPublicAccessBlock | null;
}

interface Request {
  protocol: string;
  hostname: string;
  port?: number;
}

/** Sends the calls of a client to one host, before its name is written into the headers and signed. */
function sendTo(client: AnyClient, { protocol, hostname, port }: URL): void {
  const middleware =
    (next: (args: unknown) => Promise<unknown>) =>
    (args: { readonly request: Request }): Promise<unknown> => {
      Object.assign(args.request, { protocol, hostname, ...(port === "" ? {} : { port: Number(port) }) });
      return next(args);
    };
  client.middlewareStack.add(
    middleware as never,
    { step: "build", priority: "high", name: "leastwiseOneHost" } as never,
  );
}
