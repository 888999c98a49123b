import { confusedDeputy } from "../../../src/analyse/rules/confused-deputy.ts";
import { checkRule, type Given } from "../given.ts";

const QUEUE = "sqs:eu-west-1:111122223333:orders";
const from = (service: string, condition?: object, effect = "Allow") => ({
  Effect: effect,
  Principal: { Service: service },
  Action: "sqs:SendMessage",
  Resource: "*",
  ...(condition === undefined ? {} : { Condition: condition }),
});
const queue =
  (...statements: object[]) =>
  (g: Given): void =>
    void g.awsResource(QUEUE, statements);

checkRule(confusedDeputy, [
  {
    name: "a service that comes on anybody's behalf is found",
    given: queue(from("s3.amazonaws.com")),
    finds: ["orders"],
    says: "the policy of `orders` lets `s3.amazonaws.com` in on anybody's behalf",
  },
  ...(
    [
      ["its tenant", { StringEquals: { "aws:SourceAccount": "111122223333" } }],
      ["its tenant, whatever the letters of the key", { StringEquals: { "AWS:SourceAccount": "111122223333" } }],
      ["its resource", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-*" } }],
      ["its organization", { StringEquals: { "aws:SourceOrgID": "o-acmesample" } }],
      ["the caller of KMS", { StringEquals: { "kms:CallerAccount": "111122223333" } }],
      ["what is encrypted", { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*:111122223333:*" } }],
    ] as const
  ).map(([what, condition]) => ({
    name: `bound to ${what} it is fine`,
    given: queue(from("sns.amazonaws.com", condition)),
    finds: [],
    examined: 1,
  })),
  {
    name: "a source that may be anything, or be missing, binds nothing",
    given: (g) => {
      g.awsResource(QUEUE, [from("s3.amazonaws.com", { StringLike: { "aws:SourceAccount": "*" } })]);
      g.awsResource("sqs:eu-west-1:111122223333:bills", [
        from("s3.amazonaws.com", { StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } }),
      ]);
    },
    finds: ["bills", "orders"],
  },
  {
    name: "a denial of every other tenant is as good as a condition",
    given: queue(from("s3.amazonaws.com"), {
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:SourceAccount": "111122223333" } },
    }),
    finds: [],
  },
  {
    name: "what delivers logs keeps tenants apart by itself",
    given: queue(
      from("cloudtrail.amazonaws.com"),
      from("delivery.logs.amazonaws.com"),
      from("logging.s3.amazonaws.com"),
    ),
    finds: [],
  },
  { name: "a denial lets nobody in", given: queue(from("s3.amazonaws.com", undefined, "Deny")), finds: [] },
  {
    name: "a principal is no service",
    given: queue({ ...from("x"), Principal: { AWS: "arn:aws:iam::111122223333:role/x" } }),
    finds: [],
  },
  {
    name: "a policy that was not read leaves it undecided",
    given: (g) => void g.awsResource(QUEUE, null),
    finds: [],
    undecided: 1,
    examined: 1,
  },
  {
    name: "a resource without a policy is not asked",
    given: (g) => void g.awsResource(QUEUE, "none"),
    finds: [],
    examined: 0,
  },
]);
