import { machineWithoutTechnicalOwner } from "../../../src/analyse/rules/machine-without-technical-owner.ts";
import { checkRule } from "../given.ts";

checkRule(machineWithoutTechnicalOwner, [
  {
    name: "a user with keys and no password is a machine",
    given: (g) => void g.credential("access-key", "k", g.user("u").id),
    finds: ["u"],
  },
  {
    name: "a technical owner is enough",
    given: (g) => {
      g.credential("access-key", "k", g.user("u").id);
      g.owned("aws", "u", "p1");
    },
    finds: [],
  },
  {
    name: "a business owner alone is not",
    given: (g) => {
      g.credential("access-key", "k", g.user("u").id);
      g.owned("aws", "u", null, "p1");
    },
    finds: ["u"],
  },
  {
    name: "a person with a password is no machine",
    given: (g) => {
      const u = g.user("u");
      g.credential("access-key", "k", u.id);
      g.credential("console-password", "p", u.id);
    },
    finds: [],
    examined: 0,
  },
  {
    name: "the map names who answers for a service",
    given: (g) => {
      g.person("p1");
      const u = g.user("u");
      g.credential("access-key", "k", u.id);
      g.mapped("p1", u, "service");
    },
    finds: [],
  },
  { name: "an app without technical owner is found", given: (g) => void g.app("a", {}), finds: ["a"] },
  {
    name: "a role that only people assume is no machine",
    given: (g) => {
      const r = g.role("r");
      g.trusted(r, g.user("u").id);
    },
    finds: [],
    examined: 0,
  },
  {
    name: "through SAML come people: such a role is no machine",
    given: (g) => {
      const arn = "arn:aws:iam::111122223333:saml-provider/Sample";
      const role = g.role(
        "sso",
        {},
        { Effect: "Allow", Principal: { Federated: arn }, Action: "sts:AssumeRoleWithSAML" },
      );
      const provider = {
        ...role,
        id: `aws:111122223333:${arn}`,
        kind: "federated" as const,
        nativeType: "saml-provider",
        locator: arn,
      };
      g.records.principals.push(provider);
      g.trusted(role, provider.id);
    },
    finds: [],
  },
]);
