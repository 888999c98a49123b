/**
 * Writes input for `simulate`: one set of policies (five identity policies of five statements, with NotAction and condition,
 * denies and variables, an SCP level and a boundary), then as many requests as wanted, no two alike: six actions of S3, EC2,
 * SQS and IAM by fifty principals.
 * `node test/bench/generate-simulate-lines.ts <requests> <file>`; about 225 bytes a request.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { pathToFileURL } from "node:url";

const TENANT = "111122223333";

const identityPolicy = (number: number) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: `Objects${number}`,
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: [`arn:aws:s3:::bucket-${number}/*`],
    },
    {
      Effect: "Allow",
      NotAction: ["iam:*", "organizations:*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": `eu-west-${number}` } },
    },
    { Effect: "Deny", Action: "s3:DeleteBucket*", Resource: "*" },
    { Effect: "Allow", Action: "sqs:*", Resource: `arn:aws:sqs:*:${TENANT}:\${aws:username}-*` },
    { Effect: "Allow", Action: ["ec2:Describe*", "iam:Get*"], Resource: "*" },
  ],
});

/** The policies all requests are decided with, as the fields of a line. */
export const BENCH_POLICIES = {
  identityPolicies: [1, 2, 3, 4, 5].map(identityPolicy),
  scps: [
    [
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "*", Resource: "*" },
          { Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" },
        ],
      },
    ],
  ],
  boundary: [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", NotAction: "organizations:*", Resource: "*" }] }],
};

const ASKS: readonly (readonly [action: string, resource: (n: number) => string])[] = [
  ["s3:GetObject", (n) => `arn:aws:s3:::bucket-${n % 6}/key-${n}`],
  ["s3:ListBucket", (n) => `arn:aws:s3:::bucket-${n}`],
  ["ec2:DescribeInstances", () => "*"],
  ["sqs:SendMessage", (n) => `arn:aws:sqs:eu-west-1:${TENANT}:user-${n % 50}-queue-${n}`],
  ["s3:DeleteBucket", (n) => `arn:aws:s3:::bucket-${n}`],
  ["iam:GetRole", (n) => `arn:aws:iam::${TENANT}:role/role-${n}`],
];

function requestLine(n: number): string {
  const [action = "", resource = () => "*"] = ASKS[n % ASKS.length] ?? [];
  return JSON.stringify({
    id: n,
    use: "bench",
    request: {
      principal: `arn:aws:iam::${TENANT}:user/user-${n % 50}`,
      action,
      resource: resource(n),
      context: {
        "aws:RequestedRegion": n % 7 === 0 ? "eu-west-3" : "us-east-1",
        // Different for each request, also where the resource is not.
        "aws:SourceIp": `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
      },
    },
  });
}

/** Writes the file. */
export async function generateSimulateLines(requests: number, file: string): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${JSON.stringify({ define: "bench", ...BENCH_POLICIES })}\n`);
  let piece = "";
  for (let n = 0; n < requests; n += 1) {
    piece += `${requestLine(n)}\n`;
    if (piece.length < 65_536) continue;
    if (!out.write(piece)) await once(out, "drain");
    piece = "";
  }
  out.end(piece);
  await once(out, "finish");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , count, file] = process.argv;
  if (count === undefined || file === undefined || !(Number(count) > 0))
    throw new Error("usage: generate-simulate-lines.ts <requests> <file>");
  await generateSimulateLines(Number(count), file);
}
