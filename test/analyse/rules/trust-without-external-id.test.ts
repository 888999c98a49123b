import { trustWithoutExternalId } from "../../../src/analyse/rules/trust-without-external-id.ts";
import { checkRule } from "../given.ts";

checkRule(trustWithoutExternalId, [
  {
    name: "a foreign tenant without external id is found",
    given: (g) =>
      void g.role(
        "r",
        {},
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "sts:AssumeRole" },
      ),
    finds: ["r"],
    says: "`999988887777`",
  },
  {
    name: "with an external id it is fine",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { AWS: "999988887777" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "sample" } },
        },
      ),
    finds: [],
  },
  {
    name: "an external id of any text is none",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { AWS: "999988887777" },
          Action: "sts:AssumeRole",
          Condition: { StringLike: { "sts:ExternalId": "*" } },
        },
      ),
    finds: ["r"],
  },
  {
    name: "an external id that is checked only if present is none",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { AWS: "999988887777" },
          Action: "sts:AssumeRole",
          Condition: { StringEqualsIfExists: { "sts:ExternalId": "sample" } },
        },
      ),
    finds: ["r"],
  },
  {
    name: "a tenant of ours is fine",
    given: (g) =>
      void g.role(
        "r",
        {},
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "sts:AssumeRole" },
      ),
    finds: [],
  },
  {
    name: "the own organization is fine",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::999988887777:root" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-sample" } },
        },
      ),
    finds: [],
  },
  {
    name: "a trust policy that cannot be read is undecided",
    given: (g) => {
      const r = g.role("r");
      g.records.policies.splice(0, g.records.policies.length);
      g.policy(`${r.id}/trust`, "{ not json", { kind: "trust" });
    },
    finds: [],
    undecided: 1,
  },
]);
