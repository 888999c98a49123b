import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { lintPolicy, type LintFinding, type LintKind } from "../../../src/policy/aws/lint-policy.ts";
import { LINT_CHECKS } from "../../../src/policy/aws/lint/index.ts";
import { parsePolicy, type ParsedPolicy } from "../../../src/policy/aws/parse-policy.ts";

const table = await loadActionTable();

type Json = Readonly<Record<string, unknown>>;

function parsed(document: Json | string): ParsedPolicy {
  const result = parsePolicy(typeof document === "string" ? document : JSON.stringify(document));
  if (!result.known) throw new Error(result.why);
  return result.value;
}

const policyOf = (statements: Json | readonly Json[], more: Json = {}): Json => ({
  Version: "2012-10-17",
  Statement: Array.isArray(statements) ? statements : [statements],
  ...more,
});

const lint = (document: Json | string, kind: LintKind = "identity"): readonly LintFinding[] =>
  lintPolicy(parsed(document), kind, table);

/** A statement that is right, with what the case is about. */
const allow = (more: Json): Json => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more });
const when = (condition: Json, more: Json = {}): Json => allow({ Condition: condition, ...more });
const ANYBODY = { Principal: "*" };
const SAM = "arn:aws:iam::111122223333:user/sam";

interface Case {
  readonly check: string;
  readonly name: string;
  readonly document: Json | string;
  readonly kind?: LintKind;
  /** Where and what; the case is about nothing else, so nothing else is found. */
  readonly finds: readonly (readonly [place: string, message: string, hint?: string])[];
}

const CASES: readonly Case[] = [
  {
    check: "unknown-action",
    name: "an action that is misspelt, with the one that was meant",
    document: policyOf(allow({ Action: ["s3:GetObjct", "s3:PutObject"] })),
    finds: [
      [
        "/Statement/0/Action",
        "`s3:GetObjct` is no action AWS documents, so it matches nothing",
        "did you mean `s3:GetObject`",
      ],
    ],
  },
  {
    check: "unknown-action",
    name: "a service that is misspelt",
    document: policyOf(allow({ Action: "dynamobd:GetItem" })),
    finds: [
      ["/Statement/0/Action", "`dynamobd` of `dynamobd:GetItem` is no service", "did you mean `dynamodb:GetItem`"],
    ],
  },
  {
    check: "unknown-action",
    name: "a pattern that fits nothing, and one that excepts nothing",
    document: policyOf([allow({ Action: "s3:Fetch*" }), allow({ Action: undefined, NotAction: "iam:Nothing*" })]),
    finds: [
      ["/Statement/0/Action", "no action AWS documents fits `s3:Fetch*`, so it matches nothing"],
      ["/Statement/1/NotAction", "no action AWS documents fits `iam:Nothing*`, so it excepts nothing"],
    ],
  },
  {
    check: "unknown-action",
    name: "a name without a service, and one with a space",
    document: policyOf(allow({ Action: ["GetObject", "s3: GetObject"] })),
    finds: [
      ["/Statement/0/Action", "`GetObject` is no action", "write it as `service:Action`, or `*`"],
      ["/Statement/0/Action", "`s3: GetObject` is no action AWS documents", "did you mean `s3:GetObject`"],
    ],
  },
  {
    check: "wildcard-without-effect",
    name: "a wildcard in the name of a service",
    document: policyOf(allow({ Action: ["s*:GetObject", "*:Get*"] })),
    finds: [
      ["/Statement/0/Action", "`s*:GetObject` has a wildcard in the name of the service"],
      ["/Statement/0/Action", "`*:Get*` has a wildcard in the name of the service"],
    ],
  },
  {
    check: "wildcard-without-effect",
    name: "a wildcard inside a principal",
    kind: "resource",
    document: policyOf(
      allow({ Principal: { AWS: ["*", "arn:aws:iam::111122223333:role/*"], Service: "*.amazonaws.com" } }),
    ),
    finds: [
      [
        "/Statement/0/Principal/AWS",
        "`arn:aws:iam::111122223333:role/*` has a wildcard, and a principal is matched whole",
      ],
      ["/Statement/0/Principal/Service", "`*.amazonaws.com` has a wildcard"],
    ],
  },
  {
    check: "wildcard-without-effect",
    name: "a wildcard in a value that is compared as it stands, and in the name of a key",
    document: policyOf(
      when({ StringEquals: { "aws:PrincipalTag/team": "core-*" }, Null: { "aws:RequestTag/*": "false" } }),
    ),
    finds: [
      [
        "/Statement/0/Condition/StringEquals/aws:PrincipalTag~1team",
        "`core-*` has a wildcard",
        "use `StringLike` if a pattern is meant",
      ],
      [
        "/Statement/0/Condition/Null/aws:RequestTag~1*",
        "`aws:RequestTag/*` has a wildcard, and the name of a condition key has none",
      ],
    ],
  },
  {
    check: "unknown-operator",
    name: "an operator that does not exist, also behind a prefix",
    document: policyOf(
      when({ StringEqual: { "aws:PrincipalOrgID": "o-sample" }, "ForAnyValue:StringsLike": { "aws:TagKeys": "a" } }),
    ),
    finds: [
      [
        "/Statement/0/Condition/StringEqual",
        "`StringEqual` is no condition operator: AWS refuses the policy",
        "did you mean `StringEquals`",
      ],
      [
        "/Statement/0/Condition/ForAnyValue:StringsLike",
        "is no condition operator",
        "did you mean `ForAnyValue:StringLike`",
      ],
    ],
  },
  {
    check: "unknown-operator",
    name: "an addition that Null does not take",
    document: policyOf(when({ NullIfExists: { "aws:PrincipalOrgID": "true" } })),
    finds: [["/Statement/0/Condition/NullIfExists", "`NullIfExists` is no condition operator"]],
  },
  {
    check: "unknown-condition-key",
    name: "a key that is misspelt",
    document: policyOf(when({ IpAddress: { "aws:SourceIP": "192.0.2.0/24", "aws:SuorceIp": "192.0.2.0/24" } })),
    finds: [
      [
        "/Statement/0/Condition/IpAddress/aws:SuorceIp",
        "`aws:SuorceIp` is no condition key AWS documents",
        "did you mean `aws:SourceIp`",
      ],
    ],
  },
  {
    check: "unknown-condition-key",
    name: "a claim that AWS does not compare",
    kind: "trust",
    document: policyOf({
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.example.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { "oidc.example.com:sub": "one", "oidc.example.com:favourite_colour": "red" } },
    }),
    finds: [
      [
        "/Statement/0/Condition/StringEquals/oidc.example.com:favourite_colour",
        "is no condition key",
        "AWS compares `aud`, `sub`",
      ],
    ],
  },
  {
    check: "unknown-condition-key",
    name: "a variable of no key, one with a default, and one of a key with several values",
    document: policyOf(
      allow({
        Resource: [
          "arn:aws:s3:::sample/${aws:usrname}/*",
          "arn:aws:s3:::sample/${aws:usernam, 'nobody'}/*",
          "arn:aws:s3:::sample/${aws:TagKeys}/*",
          "arn:aws:s3:::sample/${aws:username}/${*}/*",
        ],
      }),
    ),
    finds: [
      [
        "/Statement/0/Resource",
        "`${aws:usrname}` names no key AWS documents: the statement matches no request",
        "did you mean `aws:username`",
      ],
      [
        "/Statement/0/Resource",
        "`${aws:usernam, 'nobody'}` names no key AWS documents: its default always stands for it",
      ],
      ["/Statement/0/Resource", "`${aws:TagKeys}` names a key with several values"],
    ],
  },
  {
    check: "condition-key-of-no-action",
    name: "a key of another action",
    document: policyOf([
      when({ StringEquals: { "s3:prefix": "home/" } }, { Action: "s3:PutBucketPolicy" }),
      when({ StringNotEquals: { "s3:prefix": "home/" } }, { Action: "s3:PutBucketPolicy" }),
    ]),
    finds: [
      [
        "/Statement/0/Condition/StringEquals/s3:prefix",
        "AWS documents `s3:prefix` for none of the actions: the statement never matches",
      ],
      ["/Statement/1/Condition/StringNotEquals/s3:prefix", "for none of the actions: the condition limits nothing"],
    ],
  },
  {
    check: "condition-of-wrong-type",
    name: "operators of every other type",
    document: policyOf([
      when({ StringEquals: { "aws:SourceIp": "192.0.2.1" } }),
      when({ StringEquals: { "aws:SecureTransport": "true" } }),
      when({ NumericEquals: { "aws:PrincipalOrgID": "1" } }),
      when({ IpAddress: { "aws:username": "192.0.2.1" } }),
      when({ Bool: { "aws:PrincipalArn": "true" } }),
    ]),
    finds: [
      [
        "/Statement/0/Condition/StringEquals/aws:SourceIp",
        "`aws:SourceIp` is of type IPAddress, and `StringEquals` compares text",
        "IpAddress family",
      ],
      ["/Statement/1/Condition/StringEquals/aws:SecureTransport", "is of type Bool", "Bool family"],
      [
        "/Statement/2/Condition/NumericEquals/aws:PrincipalOrgID",
        "is of type String, and `NumericEquals` compares numbers",
      ],
      ["/Statement/3/Condition/IpAddress/aws:username", "compares IP addresses"],
      ["/Statement/4/Condition/Bool/aws:PrincipalArn", "is of type ARN", "Arn family"],
    ],
  },
  {
    check: "condition-value-unreadable",
    name: "values no operator of the type can read",
    document: policyOf([
      when({ Bool: { "aws:SecureTransport": "yes" } }),
      when({ DateLessThan: { "aws:CurrentTime": "next Monday" } }),
      when({ IpAddress: { "aws:SourceIp": "office" } }),
      when({ NumericLessThan: { "aws:MultiFactorAuthAge": "an hour" } }),
      when({ ArnLike: { "aws:PrincipalArn": "role/sam" } }),
      when({ Null: { "aws:PrincipalOrgID": "no" } }),
    ]),
    finds: [
      ["/Statement/0/Condition/Bool/aws:SecureTransport", "`yes` is not `true` or `false`"],
      ["/Statement/1/Condition/DateLessThan/aws:CurrentTime", "`next Monday` is not a date"],
      ["/Statement/2/Condition/IpAddress/aws:SourceIp", "`office` is not an IP address"],
      ["/Statement/3/Condition/NumericLessThan/aws:MultiFactorAuthAge", "`an hour` is not a number"],
      ["/Statement/4/Condition/ArnLike/aws:PrincipalArn", "`role/sam` is not an ARN"],
      ["/Statement/5/Condition/Null/aws:PrincipalOrgID", "`no` is not `true` or `false`"],
    ],
  },
  {
    check: "set-operator",
    name: "a set operator on one value, and none on several",
    document: policyOf([
      { ...when({ "ForAnyValue:StringEquals": { "aws:PrincipalOrgID": "o-sample" } }), Effect: "Deny" },
      { ...when({ "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-sample" } }), Effect: "Deny" },
      when({ StringEquals: { "aws:TagKeys": "team" } }),
    ]),
    finds: [
      [
        "/Statement/0/Condition/ForAnyValue:StringEquals/aws:PrincipalOrgID",
        "has one value at most",
        "write `StringEquals`",
      ],
      ["/Statement/1/Condition/ForAllValues:StringEquals/aws:PrincipalOrgID", "it also holds where the key is missing"],
      ["/Statement/2/Condition/StringEquals/aws:TagKeys", "has several values", "write `ForAnyValue:StringEquals`"],
    ],
  },
  {
    check: "for-all-values-unguarded",
    name: "an Allow that lets in what has no such key",
    document: policyOf([
      when({ "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } }),
      when({ "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] }, Null: { "aws:TagKeys": "true" } }),
    ]),
    finds: [
      [
        "/Statement/0/Condition/ForAllValues:StringEquals/aws:TagKeys",
        "holds for a request without `aws:TagKeys`",
        'add `"Null": {"aws:TagKeys": "false"}`',
      ],
      ["/Statement/1/Condition/ForAllValues:StringEquals/aws:TagKeys", "holds for a request without"],
    ],
  },
  {
    check: "statement-never-matches",
    name: "an action about nothing on one resource",
    document: policyOf(allow({ Action: "s3:ListAllMyBuckets", Resource: "arn:aws:s3:::sample" })),
    finds: [
      [
        "/Statement/0/Action",
        "AWS documents `s3:ListAllMyBuckets` for none of the resources: the statement never matches",
        'it needs `"Resource": "*"`',
      ],
    ],
  },
  {
    check: "statement-never-matches",
    name: "a bucket where objects are meant, and the reverse",
    document: policyOf([
      allow({ Resource: "arn:aws:s3:::sample" }),
      { ...allow({ Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::sample/*" }), Effect: "Deny" },
    ]),
    finds: [
      ["/Statement/0/Action", "AWS documents `s3:GetObject` for none of the resources", "`arn:*:s3:::*/*`"],
      ["/Statement/1/Action", "AWS documents `s3:DeleteBucket` for none of the resources"],
    ],
  },
  {
    check: "statement-never-matches",
    name: "one action of several, and one resource of several",
    document: policyOf([
      allow({ Action: ["s3:GetObject", "s3:ListAllMyBuckets"], Resource: "arn:aws:s3:::sample/*" }),
      allow({ Resource: ["arn:aws:s3:::sample/*", "arn:aws:sqs:eu-west-1:111122223333:sample"] }),
    ]),
    finds: [
      [
        "/Statement/0/Action",
        "AWS documents `s3:ListAllMyBuckets` for none of the resources: the statement allows it nowhere",
      ],
      ["/Statement/1/Resource", "AWS documents none of the actions for `arn:aws:sqs:eu-west-1:111122223333:sample`"],
    ],
  },
  {
    check: "contradictory-conditions",
    name: "a key that is to be missing and to have a value",
    document: policyOf(
      when({ Null: { "aws:PrincipalOrgID": "true" }, StringEquals: { "AWS:principalorgid": "o-sample" } }),
    ),
    finds: [
      [
        "/Statement/0/Condition/Null/aws:PrincipalOrgID",
        "`Null` and `StringEquals` on `aws:PrincipalOrgID` are never met together",
      ],
    ],
  },
  {
    check: "contradictory-conditions",
    name: "values of which none is left",
    document: policyOf([
      when({
        StringEquals: { "aws:username": ["sam", "kim"] },
        StringNotEquals: { "aws:username": ["sam", "kim", "lee"] },
      }),
      when({ StringEquals: { "aws:username": "sam" }, StringLike: { "aws:username": "k*" } }),
    ]),
    finds: [
      ["/Statement/0/Condition/StringEquals/aws:username", "`StringEquals` and `StringNotEquals` on `aws:username`"],
      ["/Statement/1/Condition/StringEquals/aws:username", "`StringEquals` and `StringLike` on `aws:username`"],
    ],
  },
  {
    check: "variable-stays-text",
    name: "variables in a policy of the old version",
    document: {
      Statement: [
        allow({
          Resource: "arn:aws:s3:::sample/${aws:username}/*",
          Condition: { StringLike: { "aws:userid": "${aws:userid}" } },
        }),
      ],
    },
    finds: [
      ["/Statement/0/Resource", "in version 2008-10-17 it is plain text", "set `Version` to `2012-10-17`"],
      ["/Statement/0/Condition/StringLike/aws:userid", "in version 2008-10-17 it is plain text"],
    ],
  },
  {
    check: "variable-stays-text",
    name: "variables in places that take none",
    kind: "resource",
    document: policyOf(
      allow({
        Principal: { AWS: "arn:aws:iam::111122223333:user/${aws:username}" },
        Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": "${aws:MultiFactorAuthAge}" } },
      }),
    ),
    finds: [
      ["/Statement/0/Principal/AWS", "AWS takes none in this place"],
      ["/Statement/0/Condition/NumericLessThan/aws:MultiFactorAuthAge", "AWS takes none in this place"],
    ],
  },
  {
    check: "empty-element",
    name: "empty lists, and a condition on no value",
    document: policyOf([
      allow({ Action: [] }),
      allow({ Resource: [] }),
      when({ StringEquals: { "aws:username": [] }, StringNotEquals: { "aws:userid": [] } }),
    ]),
    finds: [
      ["/Statement/0/Action", "`Action` is empty, so the statement never matches"],
      ["/Statement/1/Resource", "`Resource` is empty"],
      [
        "/Statement/2/Condition/StringEquals/aws:username",
        "compared with no value at all, so the statement never matches",
      ],
      ["/Statement/2/Condition/StringNotEquals/aws:userid", "compared with no value at all"],
    ],
  },
  {
    check: "empty-element",
    name: "no statement",
    document: policyOf([]),
    finds: [["/Statement", "the policy has no statement"]],
  },
  {
    check: "element-of-another-kind",
    name: "a principal and an Id in an identity policy, and no resource",
    document: policyOf([allow(ANYBODY), allow({ Resource: undefined })], { Id: "sample" }),
    finds: [
      ["/Id", "an identity policy has no `Id`"],
      ["/Statement/0/Principal", "an identity policy takes no `Principal`"],
      ["/Statement/1", "an identity policy needs a `Resource`"],
    ],
  },
  {
    check: "element-of-another-kind",
    name: "nobody, and everybody else, in a resource policy",
    kind: "resource",
    document: policyOf([allow({}), allow({ NotPrincipal: { AWS: SAM } })]),
    finds: [
      ["/Statement/0", "a resource policy needs a `Principal`"],
      ["/Statement/1/NotPrincipal", "lets in everybody else, callers without credentials included"],
    ],
  },
  {
    check: "element-of-another-kind",
    name: "a resource and NotPrincipal in a trust policy",
    kind: "trust",
    document: policyOf([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: SAM }, Resource: "*" },
      { Effect: "Deny", Action: "sts:AssumeRole", NotPrincipal: { AWS: SAM } },
    ]),
    finds: [
      ["/Statement/0/Resource", "a trust policy takes no resource"],
      ["/Statement/1/NotPrincipal", "a trust policy takes no `NotPrincipal`"],
    ],
  },
  {
    check: "element-of-another-kind",
    name: "NotPrincipal in a service control policy, and the old version",
    kind: "scp",
    document: {
      Version: "2008-10-17",
      Statement: [{ Effect: "Deny", Action: "*", Resource: "*", NotPrincipal: { AWS: SAM } }],
    },
    finds: [
      ["/Version", "a service control policy needs version 2012-10-17"],
      ["/Statement/0/NotPrincipal", "a service control policy takes no `NotPrincipal`"],
    ],
  },
  {
    check: "element-of-another-kind",
    name: "all that a resource control policy does not take",
    kind: "rcp",
    document: policyOf([
      { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" },
      { Effect: "Deny", Principal: { AWS: SAM }, Action: "*", Resource: "*" },
      { Effect: "Deny", Principal: "*", NotAction: "s3:*", Resource: "*" },
    ]),
    finds: [
      ["/Statement/0/Effect", "only denies"],
      ["/Statement/1/Action", "takes no bare `*`"],
      ["/Statement/1/Principal", "takes no principal but `*`"],
      ["/Statement/2/NotAction", "takes no `NotAction`"],
    ],
  },
  {
    check: "principal-names-nobody",
    name: "a deleted principal, a group and names of no form",
    kind: "resource",
    document: policyOf(
      allow({
        Principal: {
          AWS: ["AROASAMPLE00000000001", "arn:aws:iam::111122223333:group/Staff", "sam"],
          Service: "lambda",
          Federated: "arn:aws:iam::111122223333:role/sam",
        },
      }),
    ),
    finds: [
      ["/Statement/0/Principal/AWS", "a principal that was deleted"],
      ["/Statement/0/Principal/AWS", "a group is no principal"],
      ["/Statement/0/Principal/AWS", "`sam` is no principal of kind AWS"],
      ["/Statement/0/Principal/Service", "`lambda` is no principal of kind Service", "`ec2.amazonaws.com`"],
      ["/Statement/0/Principal/Federated", "is no principal of kind Federated"],
    ],
  },
  {
    check: "sid-refused",
    name: "one Sid twice, and one with a space",
    document: policyOf([allow({ Sid: "Read" }), allow({ Sid: "Read" }), allow({ Sid: "Read all" })]),
    finds: [
      ["/Statement/1/Sid", "statement 1 has the Sid `Read` as well"],
      ["/Statement/2/Sid", "`Read all` has characters other than letters and digits"],
    ],
  },
  ...(
    [
      ["managed", 6_200, "6144 characters for a managed policy"],
      ["boundary", 6_200, "6144 characters"],
      ["inline-user", 2_100, "2048 characters for all inline policies of a user"],
      ["inline-group", 5_200, "5120 characters"],
      ["inline-role", 10_300, "10240 characters"],
      ["identity", 10_300, "10240 characters"],
      ["session", 2_100, "2048 characters"],
      ["scp", 5_200, "5120 characters"],
    ] as const
  ).map(([kind, length, message]): Case => ({
    check: "over-size-limit",
    name: `a document too long for ${kind}`,
    kind,
    document: policyOf(allow({ Action: "s3:GetObject", Sid: "x".repeat(length) })),
    finds: [["", message]],
  })),
  {
    check: "over-size-limit",
    name: "a trust policy over the limit that can be raised",
    kind: "trust",
    document: policyOf({ Sid: "x".repeat(2_100), Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: SAM } }),
    finds: [["", "2048 characters for a trust policy unless the quota was raised"]],
  },
  {
    check: "over-size-limit",
    name: "white space counts in a service control policy only",
    kind: "scp",
    document: JSON.stringify(policyOf(allow({}))).replace("{", `{${" ".repeat(5_200)}`),
    finds: [["", "5120 characters for a service control policy", "store it without white space"]],
  },
];

describe("a check finds what it is about, where it is, and nothing else", () => {
  test.each(CASES)("$check: $name", ({ check, document, kind, finds }) => {
    const found = lint(document, kind);
    expect(found.map((finding) => [finding.check, finding.place])).toEqual(finds.map(([place]) => [check, place]));
    for (const [index, [, message, hint = ""]] of finds.entries()) {
      expect(found[index]?.message).toContain(message);
      expect(found[index]?.hint).toContain(hint);
    }
  });

  test("every check has a case, and an id of its own", () => {
    const ids = LINT_CHECKS.map(({ id }) => id);
    expect([...new Set(CASES.map(({ check }) => check))].sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("messages and hints are of the house: lower case, no full stop", () => {
    for (const { document, kind } of CASES)
      for (const { message, hint } of lint(document, kind))
        for (const text of [message, hint]) {
          expect(text).not.toMatch(/\.$/);
          expect(text).not.toMatch(/^[A-Z](?!WS )/);
        }
  });
});

describe("what is right stays without a word", () => {
  const cases: readonly (readonly [string, Json | string, LintKind?])[] = [
    ["everything on everything", policyOf(allow({ Action: "*" }))],
    ["everything, written with a colon", policyOf(allow({ Action: "*:*" }))],
    [
      "all of a service on one resource of it",
      policyOf(allow({ Action: "s3:*", Resource: ["arn:aws:s3:::sample", "arn:aws:s3:::sample/*"] })),
    ],
    ["an action in another case", policyOf(allow({ Action: "S3:getobject" }))],
    [
      "a service that is new, in NotAction of a wildcard",
      policyOf(allow({ Action: undefined, NotAction: ["iam:*", "sts:*"] })),
    ],
    ["an action about nothing among everything", policyOf(allow({ Action: "s3:ListAllMyBuckets", Resource: "*" }))],
    [
      "an action about nothing and NotResource",
      policyOf(allow({ Action: "s3:ListAllMyBuckets", Resource: undefined, NotResource: "arn:aws:s3:::sample" })),
    ],
    [
      "resources with variables",
      policyOf(allow({ Resource: "arn:aws:s3:::sample/${aws:PrincipalTag/team, 'none'}/*" })),
    ],
    [
      "a bucket whose name is a tag",
      policyOf(allow({ Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::${aws:PrincipalTag/team}" })),
    ],
    ["a star that is to be one", policyOf(when({ StringEquals: { "aws:username": "${*}" } }))],
    ["text about an ARN", policyOf(when({ StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/sample-*" } }))],
    ["an ARN in a tag", policyOf(when({ ArnLike: { "aws:PrincipalTag/owner": "arn:aws:iam::111122223333:role/*" } }))],
    ["seconds since 1970", policyOf(when({ NumericLessThan: { "aws:EpochTime": "1790000000" } }))],
    [
      "dates of every form",
      policyOf(when({ DateLessThan: { "aws:CurrentTime": ["2026-11-26", "2026-11-26T10:00:00Z", "1790000000"] } })),
    ],
    [
      "addresses of both families",
      policyOf(when({ NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] } })),
    ],
    [
      "a guarded ForAllValues",
      policyOf(when({ "ForAllValues:StringEquals": { "aws:TagKeys": "team" }, Null: { "aws:TagKeys": "false" } })),
    ],
    [
      "ForAllValues beside ForAnyValue",
      policyOf(
        when({
          "ForAllValues:StringEquals": { "aws:TagKeys": "team" },
          "ForAnyValue:StringLike": { "aws:TagKeys": "*" },
        }),
      ),
    ],
    [
      "ForAllValues in a Deny",
      policyOf({ ...when({ "ForAllValues:StringNotEquals": { "aws:TagKeys": "team" } }), Effect: "Deny" }),
    ],
    [
      "Null beside IfExists",
      policyOf(when({ Null: { "aws:username": "true" }, StringEqualsIfExists: { "aws:username": "sam" } })),
    ],
    [
      "values of which one is left",
      policyOf(when({ StringEquals: { "aws:username": ["sam", "kim"] }, StringNotEquals: { "aws:username": "sam" } })),
    ],
    [
      "a key of the caller's credentials",
      policyOf(
        when({ ArnEquals: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:sample" } }),
      ),
    ],
    [
      "a key that one of the actions has",
      policyOf(when({ StringLike: { "s3:prefix": "home/*" } }, { Action: ["s3:ListBucket", "s3:PutBucketPolicy"] })),
    ],
    ["a tag of an object", policyOf(when({ StringEquals: { "s3:ExistingObjectTag/class": "open" } }))],
    [
      "a role to pass",
      policyOf(
        when(
          { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
          { Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/app/*" },
        ),
      ),
    ],
    [
      "RunInstances on the types it is about",
      policyOf(
        allow({
          Action: "ec2:RunInstances",
          Resource: ["arn:aws:ec2:*::image/ami-*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:key-pair/x"],
        }),
      ),
    ],
    [
      "a Sid with a space in a policy of a resource",
      policyOf(allow({ ...ANYBODY, Sid: "read all" }), { Id: "x y" }),
      "resource",
    ],
    [
      "a NotPrincipal that denies",
      policyOf({ Effect: "Deny", NotPrincipal: { AWS: SAM }, Action: "s3:*", Resource: "*" }),
      "resource",
    ],
    [
      "an SCP with all that one takes",
      policyOf({
        Effect: "Deny",
        NotAction: ["iam:*"],
        NotResource: "arn:aws:s3:::sample/*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
      }),
      "scp",
    ],
    [
      "AWS's own resource control policy",
      policyOf({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }),
      "rcp",
    ],
    [
      "a resource control policy",
      policyOf({
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*", "sqs:*"],
        Resource: "*",
        Condition: {
          StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-sample" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      }),
      "rcp",
    ],
    [
      "a trust policy of GitHub",
      policyOf({
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
          StringLike: { "token.actions.githubusercontent.com:sub": "repo:sample/app:*" },
        },
      }),
      "trust",
    ],
    [
      "every kind of principal",
      policyOf({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: {
          AWS: [
            "111122223333",
            "arn:aws:iam::111122223333:root",
            "arn:aws-us-gov:iam::111122223333:role/a/b",
            "arn:aws:sts::111122223333:assumed-role/a/b",
            "*",
          ],
          Service: ["ec2.amazonaws.com", "states.eu-west-1.amazonaws.com", "ec2.amazonaws.com.cn"],
        },
      }),
      "trust",
    ],
  ];
  const given = cases.map(([name, document, kind = "identity"]) => ({ name, document, kind }));
  test.each(given)("$name", ({ document, kind }) => expect(lint(document, kind)).toEqual([]));
});

describe("the linter as a whole", () => {
  test("tells what it found statement by statement, what is of the whole document first", () => {
    const found = lint(
      policyOf([when({ Bool: { "aws:SecureTransport": "yes" } }), allow({ Action: "s3:Nothing", Sid: "a b" })], {
        Id: "x",
      }),
    );
    expect(found.map(({ place }) => place)).toEqual([
      "/Id",
      "/Statement/0/Condition/Bool/aws:SecureTransport",
      "/Statement/1/Sid",
      "/Statement/1/Action",
    ]);
  });

  test("points into a document whose statement is no list", () =>
    expect(
      lint({ Version: "2012-10-17", Statement: allow({ Action: "s3:Nothing" }) }).map(({ place }) => place),
    ).toEqual(["/Statement/Action"]));

  test("answers for a hostile document in the time of a large one", () => {
    const statements = Array.from({ length: 10_000 }, (_, index) =>
      allow({
        Action: [`s3:${"*a".repeat(20)}${index}`, `ec2:Describe${index}`, `${"x".repeat(90)}${index}:Get`],
        Resource: `arn:aws:s3:::${"*?".repeat(20)}${index}`,
        Condition: { [`String${index}`]: { [`aws:${"y".repeat(60)}${index}`]: `\${${"z".repeat(50)}}` } },
      }),
    );
    expect(lint(policyOf(statements)).length).toBeGreaterThan(40_000);
  });

  test("answers for one statement of thousands of everything", () => {
    const many = <T>(of: (index: number) => T): T[] => Array.from({ length: 5_000 }, (_, index) => of(index));
    const found = lint(
      policyOf({
        Effect: "Allow",
        Action: many((index) => `s3:*${index.toString(36)}*`).concat(many(() => "s3:*")),
        Resource: many((index) => `arn:aws:s3:::sample-${index}/*`),
        Condition: {
          StringEquals: { "aws:username": many((index) => `user-${index}`), "s3:prefix": many((index) => `p${index}`) },
          StringLike: { "aws:username": many((index) => `*a*a*a*${index}`) },
          ["String\n:".repeat(10_000)]: { "aws:username": "x" },
        },
      }),
    );
    expect(found.map(({ check }) => check)).toContain("unknown-operator");
    for (const { message } of found) expect(message.length).toBeLessThanOrEqual(1_001);
  });

  test("no legal document, whatever is in its texts, makes a check fail", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "*",
        "s3:Get*",
        "iam:PassRole",
        "arn:aws:s3:::a/*",
        "${aws:username}",
        "aws:TagKeys",
        "${",
        ":",
        "a:b:c",
      ),
    );
    const texts = fc.array(text, { maxLength: 3 });
    const operator = fc.oneof(text, fc.constantFrom("StringLike", "ForAllValues:ArnLike", "Null", "BoolIfExists"));
    const statement = fc.record(
      {
        Sid: text,
        Effect: fc.constantFrom("Allow", "Deny"),
        Action: texts,
        Resource: texts,
        Principal: fc.oneof(fc.constant("*"), fc.record({ AWS: texts, Service: texts }, { requiredKeys: [] })),
        Condition: fc.dictionary(operator, fc.dictionary(text, texts, { maxKeys: 2 }), { maxKeys: 3 }),
      },
      { requiredKeys: ["Effect", "Action"] },
    );
    const kinds = fc.constantFrom<LintKind>("identity", "resource", "trust", "scp", "rcp", "session");
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 3 }), kinds, (statements, kind) => {
        const document = policyOf(statements);
        const found = lint(document, kind);
        expect(lint(document, kind)).toEqual(found);
        for (const { place } of found) expect(place).toMatch(/^$|^\/(Id|Version|Statement(\/\d+(\/.*)?)?)$/s);
      }),
    );
  });
});
