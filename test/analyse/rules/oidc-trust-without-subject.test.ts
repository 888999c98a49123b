import { oidcTrustWithoutSubject } from "../../../src/analyse/rules/oidc-trust-without-subject.ts";
import { checkRule, type Given } from "../given.ts";

checkRule(oidcTrustWithoutSubject, [
  {
    name: "a trust without subject is found",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.gitlab.example" },
          Action: "sts:AssumeRoleWithWebIdentity",
        },
      ),
    finds: ["r"],
  },
  {
    name: "an audience says nothing about whose tokens",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.gitlab.example" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "oidc.gitlab.example:aud": "sts.amazonaws.com" } },
        },
      ),
    finds: ["r"],
  },
  {
    name: "a subject is fine",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.gitlab.example" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { "oidc.gitlab.example:sub": "repo:sample/web:ref:refs/heads/main" },
          },
        },
      ),
    finds: [],
  },
  {
    name: "a subject that names nobody is found",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.gitlab.example" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringLike: { "oidc.gitlab.example:sub": "repo:*" } },
        },
      ),
    finds: ["r"],
  },
  {
    name: "a subject that holds for absent claims is found",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.gitlab.example" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { "ForAllValues:StringLike": { "oidc.gitlab.example:sub": "repo:sample/*" } },
        },
      ),
    finds: ["r"],
  },
  {
    name: "a SAML provider is not meant",
    given: (g) =>
      void g.role(
        "r",
        {},
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/sample" },
          Action: "sts:AssumeRoleWithSAML",
        },
      ),
    finds: [],
  },
  ...["*:ref:refs/heads/main", "*/*", "repo*", "?epo:*", "repo:?*/*", "repo:sample*"].map((subject) => ({
    name: `the subject \`${subject}\` names nobody`,
    given: (g: Given) =>
      void g.role(
        "open",
        {},
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.gitlab.example" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringLike: { "oidc.gitlab.example:sub": subject } },
        },
      ),
    finds: ["open"],
  })),
  {
    name: "a provider that needs no ARN is one as well; its application is enough",
    given: (g) => {
      const trust = (more: object) => ({
        Effect: "Allow",
        Principal: { Federated: "accounts.google.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        ...more,
      });
      g.role("open", {}, trust({}));
      g.role("ours", {}, trust({ Condition: { StringEquals: { "accounts.google.com:aud": "sample-app" } } }));
    },
    finds: ["open"],
  },
]);
