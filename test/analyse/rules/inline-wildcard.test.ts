import { inlineWildcard } from "../../../src/analyse/rules/inline-wildcard.ts";
import { checkRule, allow, document } from "../given.ts";

checkRule(inlineWildcard, [
  {
    name: "all of a service on everything is found",
    given: (g) => void g.inline(g.user("u"), "all", document(allow("s3:*"))),
    finds: ["u"],
    says: "`s3:*`",
  },
  {
    name: "all of a service on one bucket is fine",
    given: (g) => void g.inline(g.user("u"), "some", document(allow("s3:*", { Resource: "arn:aws:s3:::sample/*" }))),
    finds: [],
  },
  {
    name: "named actions on everything are fine",
    given: (g) => void g.inline(g.user("u"), "some", document(allow("s3:GetObject"))),
    finds: [],
  },
  {
    name: "under a condition it is found, and the condition is named",
    given: (g) =>
      void g.inline(
        g.user("u"),
        "some",
        document(allow("s3:*", { Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } })),
      ),
    finds: ["u"],
    says: "`s3:*` on everything, under a condition on `aws:RequestedRegion`",
  },
  {
    name: "everything, in its two spellings, and everything but something are found",
    given: (g) => {
      g.inline(g.user("u"), "all", document(allow("*:*")));
      g.inline(g.user("v"), "most", document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }));
    },
    finds: ["u", "v"],
  },
  {
    name: "a wildcard over actions that change access is as good as all of IAM; one over reading is not",
    given: (g) => {
      g.inline(g.user("u"), "put", document(allow(["iam:Put*", "iam:Get*"])));
      g.inline(g.user("v"), "look", document(allow(["iam:Get*", "iam:List*"])));
    },
    finds: ["u"],
    says: "allows `iam:Put*` on everything",
  },
  {
    name: "what AWS itself writes into a role of Identity Center is nobody's to change",
    given: (g) =>
      void g.inline(
        g.role("AWSReservedSSO_Sample_1", { nativeType: "reserved-role", attributes: { reserved: true } }),
        "AwsSSOInlinePolicy",
        document(allow("s3:*")),
      ),
    finds: [],
    examined: 0,
  },
  {
    name: "a managed policy is not meant",
    given: (g) => void g.attach(g.user("u"), "S3", document(allow("s3:*"))),
    finds: [],
    examined: 0,
  },
  {
    name: "a policy that does not parse is undecided",
    given: (g) => void g.inline(g.user("u"), "broken", "{ not json"),
    finds: [],
    undecided: 1,
  },
]);
