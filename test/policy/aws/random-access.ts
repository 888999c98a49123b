/** Random policies over a small universe of actions and resources, for properties of effective access and right-sizing. */
import fc from "fast-check";
import type { AccessRequest } from "../../../src/policy/aws/access-request.ts";
import type { ActionTable } from "../../../src/policy/aws/action-table.ts";
import { whatApplies, type Applies } from "../../../src/policy/aws/applies.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import { GivenContext } from "../../../src/policy/aws/given-context.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../../src/policy/aws/request-principal.ts";

type Statement = Readonly<Record<string, unknown>>;
const pick = <T>(items: readonly T[]) => fc.constantFrom(...items);

const BUCKET = "arn:aws:s3:::ledgers";
const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders";

/** What is asked in the end: actions with concrete resources. */
export const REQUESTS: readonly (readonly [action: string, resource: string])[] = [
  ["s3:GetObject", `${BUCKET}/2026/january.csv`],
  ["s3:GetObject", "arn:aws:s3:::sketches/asha/plan.txt"],
  ["s3:PutObject", `${BUCKET}/2026/january.csv`],
  ["s3:PutBucketPolicy", BUCKET],
  ["s3:ListAllMyBuckets", "*"],
  ["sqs:SendMessage", QUEUE],
  ["sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:returns"],
  ["sqs:DeleteQueue", QUEUE],
  ["ec2:DescribeInstances", "*"],
  ["ec2:TerminateInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f60718"],
  ["iam:CreateAccessKey", "arn:aws:iam::111122223333:user/asha"],
  ["iam:PassRole", "arn:aws:iam::111122223333:role/nightly"],
  ["iam:PutRolePolicy", "arn:aws:iam::111122223333:role/aws-service-role/sns.amazonaws.com/AWSServiceRoleForX"],
  ["sts:GetCallerIdentity", "*"],
  ["sts:GetSessionToken", "*"],
  ["kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:alias/books"],
  ["translate:TranslateText", "*"],
];

const actions = pick<Statement>([
  { Action: "*" },
  { Action: "*:*" },
  { Action: "s3:*" },
  { Action: ["S3:get*", "s3:PutObject", "sqs:*"] },
  { Action: ["sqs:SendMessage", "ec2:Describe*", "iam:PassRole", "kms:Decrypt"] },
  { Action: ["iam:*", "sts:*", "ec2:TerminateInstances"] },
  { Action: ["s3:PutBucketPolicy", "translate:*", "iam*:Get*", "madeup:Thing"] },
  { Action: ["s3:*Object", "s3:List*", "iam:*AccessKey"] },
  { NotAction: "iam:*" },
  { NotAction: ["s3:Get*", "ec2:*", "sts:*"] },
  { NotAction: ["s3:*Policy", "sqs:DeleteQueue"] },
]);
const resources = pick<Statement>([
  { Resource: "*" },
  { Resource: "*" },
  { Resource: [`${BUCKET}/*`, BUCKET] },
  { Resource: ["arn:aws:s3:::*", "arn:aws:sqs:*:111122223333:o*"] },
  { Resource: ["arn:aws:s3:::sketches/${aws:username}/*", "arn:aws:iam::111122223333:*/a*"] },
  { Resource: ["arn:aws:s3:::*/${aws:PrincipalTag/team}/*", QUEUE, "arn:aws:ec2:*:*:instance/*"] },
  { NotResource: `${BUCKET}/2026/*` },
  { NotResource: ["arn:aws:sqs:eu-west-1:*:*", "arn:aws:iam::*:role/*"] },
]);
const condition = pick<Statement | undefined>([
  undefined,
  undefined,
  { Condition: { StringEquals: { "aws:PrincipalTag/team": ["red", "blue"] } } },
  { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } },
  { Condition: { Bool: { "aws:SecureTransport": false } } },
  { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/*" } } },
]);

function document(denies: number) {
  return fc
    .array(
      fc.record({
        effect: fc.oneof(
          { weight: 4, arbitrary: fc.constant("Allow") },
          { weight: denies, arbitrary: fc.constant("Deny") },
        ),
        actions,
        resources,
        condition,
        sid: pick([undefined, "Reads", "Work"]),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((made): object => ({
      Version: "2012-10-17",
      Statement: made.map(({ effect, actions: about, resources: on, condition: when, sid }, at) => ({
        ...(sid && { Sid: `${sid}${at}` }),
        Effect: effect,
        ...about,
        ...on,
        ...when,
      })),
    }));
}

const layer = (denies: number, most: number) =>
  fc.record({
    documents: fc.array(document(denies), { minLength: 1, maxLength: most }),
    unread: pick([false, false, false, false, false, false, true]),
  });

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** The layers of one principal. */
export const randomLayers = fc.record({
  identity: layer(1, 3),
  boundary: maybe(layer(1, 1)),
  session: maybe(layer(1, 1)),
  scps: maybe(fc.array(layer(1, 1), { minLength: 1, maxLength: 2 })),
  team: pick([["red"], null, undefined] as const),
});
export type RandomLayers = typeof randomLayers extends fc.Arbitrary<infer T> ? T : never;

/** Documents as a layer of a policy set. */
export function layerOf(documents: readonly object[], unread = false): LayerPolicies {
  const policies = documents.map((one, name) => {
    const parsed = parsePolicy(JSON.stringify(one));
    if (!parsed.known) throw new Error(parsed.why);
    return { name, policy: compilePolicy(parsed.value) };
  });
  return { policies, ...(unread && { unread: ["a document nobody read"] }) };
}

const made = ({ documents, unread }: RandomLayers["identity"]): LayerPolicies => layerOf(documents, unread);

export function setOf({ identity, boundary, session, scps }: RandomLayers): PolicySet {
  const layers: PolicyLayers = {
    identity: made(identity),
    ...(boundary && { boundary: made(boundary) }),
    ...(session && { session: made(session) }),
    ...(scps && { scps: scps.map(made) }),
  };
  return new PolicySet(layers);
}

/** How a user of the tenant asks, with the tag that is known, known to be absent or unknown. */
export function asking(
  set: PolicySet,
  table: ActionTable,
  team: readonly string[] | null | undefined,
): (action: string, resource?: string) => { readonly request: AccessRequest; readonly applies: Applies } {
  const caller = requestPrincipal("arn:aws:iam::111122223333:user/asha");
  if (caller === undefined) throw new Error("asha");
  const given = new Map<string, readonly string[] | null>([["aws:securetransport", ["true"]]]);
  if (team !== undefined) given.set("aws:principaltag/team", team);
  const unknown = ["aws:requestedregion", ...(team === undefined ? ["aws:principaltag/team"] : [])];
  return (action, resource = "*") => {
    const request: AccessRequest = {
      principal: caller,
      action: action.toLowerCase(),
      resource,
      resourceTenant: "111122223333",
      context: new GivenContext(given, caller, "111122223333", unknown),
    };
    return { request, applies: whatApplies(set, request, table) };
  };
}
