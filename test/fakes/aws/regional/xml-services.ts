import { AwsFault } from "../aws-fault.ts";
import { escapeXml } from "../schema-codec.ts";
import {
  arnOf,
  pageOf,
  policyText,
  roleArn,
  thingNamed,
  thingsOf,
  type Input,
  type RegionalCall,
  type RegionalHandlers,
} from "./thing.ts";

/** Handlers of the services of the query protocol; their answers are written as the SDK's schemas say. */
export const QUERY_SERVICES: Readonly<Record<string, RegionalHandlers>> = {
  cloudformation: {
    DescribeStacks: (input, call) =>
      pageOf(call, thingsOf(call, "cloudformation:stack"), input["NextToken"], ["Stacks", "NextToken"], (one) => ({
        StackName: one.name,
        StackId: arnOf(call, "cloudformation:stack", one),
        StackStatus: "CREATE_COMPLETE",
        RoleARN: roleArn(call, one.role),
        CreationTime: new Date("2025-03-01T00:00:00Z"),
        Parameters: [{ ParameterKey: "Password", ParameterValue: call.canary }],
      })),
  },
  sns: {
    ListTopics: (input, call) =>
      pageOf(call, thingsOf(call, "sns:topic"), input["NextToken"], ["Topics", "NextToken"], (one) => ({
        TopicArn: arnOf(call, "sns:topic", one),
      })),
    GetTopicAttributes(input, call) {
      const one = thingNamed(call, "sns:topic", input["TopicArn"], "NotFound");
      const Policy = policyText(one);
      return { Attributes: { DisplayName: call.canary, ...(Policy === undefined ? {} : { Policy }) } };
    },
  },
};

/** Answers of EC2, whose form of XML is its own. */
export const EC2: Readonly<Record<string, (input: Input, call: RegionalCall) => string>> = {
  DescribeRegions: (_input, { tenant }) =>
    `<regionInfo>${[...tenant.regions.keys()].map((name) => `<item><regionName>${name}</regionName></item>`).join("")}</regionInfo>`,
  DescribeInstances(input, call) {
    const page = pageOf(call, thingsOf(call, "ec2:instance"), input["NextToken"], ["rows", "next"], (one) => one);
    const rows = page["rows"] as ReturnType<typeof thingsOf>;
    const items = rows.map(
      ({ name, profile, ended }) =>
        `<item><reservationId>r-1</reservationId><ownerId>${call.tenant.id}</ownerId><instancesSet><item><instanceId>${name}</instanceId><instanceState><code>16</code><name>${ended === true ? "terminated" : "running"}</name></instanceState>${
          profile === undefined
            ? ""
            : `<iamInstanceProfile><arn>arn:aws:iam::${call.tenant.id}:instance-profile/${profile}</arn><id>AIPAEXAMPLE</id></iamInstanceProfile>`
        }<tagSet><item><key>Name</key><value>${call.canary}</value></item></tagSet></item></instancesSet></item>`,
    );
    const next = page["next"] === undefined ? "" : `<nextToken>${String(page["next"])}</nextToken>`;
    return `<reservationSet>${items.join("")}</reservationSet>${next}`;
  },
};

/** A bucket of a tenant. */
export interface BucketState {
  readonly name: string;
  readonly region: string;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly block?: Readonly<Record<string, boolean>>;
  /** Its own policy refuses everybody, us as well. */
  readonly refused?: boolean;
}

/** What one call of S3 is, by its path and query; undefined where the fake knows none of that kind. */
export function s3Operation(url: URL): string | undefined {
  if (/^\/v20180820\/configuration\/publicAccessBlock$/.test(url.pathname)) return "GetAccountPublicAccessBlock";
  if (url.pathname === "/") return "ListBuckets";
  if (url.searchParams.has("policy")) return "GetBucketPolicy";
  return url.searchParams.has("publicAccessBlock") ? "GetPublicAccessBlock" : undefined;
}

/** The answer of S3 and of S3's tenant-wide part, XML or a policy as it is. */
export function s3Answer(operation: string, url: URL, call: RegionalCall): string {
  const { tenant } = call;
  if (operation === "ListBuckets") {
    const page = pageOf(
      call,
      tenant.buckets,
      url.searchParams.get("continuation-token"),
      ["rows", "next"],
      (one) => one,
    );
    const rows = (page["rows"] as readonly BucketState[]).map(
      ({ name, region }) => `<Bucket><Name>${name}</Name><BucketRegion>${region}</BucketRegion></Bucket>`,
    );
    const next = page["next"] === undefined ? "" : `<ContinuationToken>${String(page["next"])}</ContinuationToken>`;
    return `<ListAllMyBucketsResult><Owner><DisplayName>${call.canary}</DisplayName></Owner><Buckets>${rows.join("")}</Buckets>${next}</ListAllMyBucketsResult>`;
  }
  if (operation === "GetAccountPublicAccessBlock") return blockText(tenant.publicAccessBlock);
  const bucket = tenant.buckets.find(({ name }) => url.pathname === `/${name}` || url.pathname === `/${name}/`);
  if (bucket === undefined) throw new AwsFault("NoSuchBucket", "there is no such bucket", 404);
  if (bucket.region !== call.region) throw new AwsFault("PermanentRedirect", `ask in ${bucket.region}`, 301);
  if (bucket.refused === true) throw new AwsFault("AccessDenied", "its own policy says no", 403);
  if (operation === "GetPublicAccessBlock") return blockText(bucket.block);
  if (bucket.policy === undefined) throw new AwsFault("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
  return JSON.stringify(bucket.policy);
}

function blockText(block: Readonly<Record<string, boolean>> | undefined): string {
  if (block === undefined)
    throw new AwsFault("NoSuchPublicAccessBlockConfiguration", "no configuration was found", 404);
  const members = Object.entries(block).map(([name, value]) => `<${name}>${String(value)}</${name}>`);
  return `<PublicAccessBlockConfiguration>${members.join("")}</PublicAccessBlockConfiguration>`;
}

/** An error as S3 writes it. */
export const s3Fault = ({ code, message }: AwsFault): string =>
  `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message><RequestId>fake</RequestId></Error>`;

/** An error as EC2 writes it. */
export const ec2Fault = ({ code, message }: AwsFault): string =>
  `<Response><Errors><Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></Errors><RequestID>fake</RequestID></Response>`;
