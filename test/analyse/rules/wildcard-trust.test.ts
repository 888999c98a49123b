import { wildcardTrust } from "../../../src/analyse/rules/wildcard-trust.ts";
import { checkRule, type Given } from "../given.ts";

checkRule(wildcardTrust, [
  {
    name: "everyone is found",
    given: (g) => void g.role("r", {}, { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
    finds: ["r"],
    says: "trusts everyone",
  },
  {
    name: "the star as an AWS principal is everyone",
    given: (g) => void g.role("r", {}, { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
    finds: ["r"],
  },
  {
    name: "everyone of the own organization is fine",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-sample" } },
        },
      ),
    finds: [],
  },
  {
    name: "a condition that does not say who is named",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: "*",
          Action: "sts:AssumeRole",
          Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
        },
      ),
    finds: ["r"],
    says: "`aws:SourceIp`",
  },
  {
    name: "everyone except somebody is everyone",
    given: (g) =>
      void g.role("r", {}, { Effect: "Allow", NotPrincipal: { AWS: "999988887777" }, Action: "sts:AssumeRole" }),
    finds: ["r"],
  },
  {
    name: "a denial of everyone is fine",
    given: (g) => void g.role("r", {}, { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }),
    finds: [],
  },
  ...(
    [
      [
        "an ARN of any tenant is anybody's: everybody can make a role of that name",
        { "aws:PrincipalArn": "arn:aws:iam::*:role/deployer" },
      ],
      ["an organization id of any kind says nothing", { "aws:PrincipalOrgID": "o-*" }],
    ] as const
  ).map(([name, condition]) => ({
    name,
    given: (g: Given) =>
      void g.role(
        "open",
        {},
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "sts:AssumeRole",
          Condition: { StringLike: condition },
        },
      ),
    finds: ["open"],
  })),
  {
    name: "tagging a session lets nobody in by itself",
    given: (g) => void g.role("closed", {}, { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:TagSession" }),
    finds: [],
  },
  {
    name: "a bucket that asks is somebody's, although its ARN names no tenant",
    given: (g) =>
      void g.role(
        "copier",
        {},
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "sts:AssumeRole",
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::sample-bucket" } },
        },
      ),
    finds: [],
  },
]);
