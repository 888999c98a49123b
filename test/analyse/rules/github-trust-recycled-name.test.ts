import { GITHUB_TRUST_RULES } from "../../../src/analyse/github-trust-rules.ts";
import { organizationIs } from "../given-github.ts";
import { checkRule, type Given } from "../given.ts";

const HOST = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${HOST}`;
const recycled = GITHUB_TRUST_RULES.find(({ id }) => id === "github-trust-recycled-name");
if (recycled === undefined) throw new Error("there is no such rule");

/** A role that trusts the main branch of that repository, in an organization with `sample/web`. */
function trusts(g: Given, repository: string, formerNames?: string): void {
  g.repository("web", { databaseId: 7 });
  if (formerNames !== undefined) organizationIs(g, { formerNames, formerNamesSince: "2026-05-24" });
  const condition = {
    StringEquals: { [`${HOST}:aud`]: "sts.amazonaws.com", [`${HOST}:sub`]: `repo:${repository}:ref:refs/heads/main` },
  };
  const role = g.role(
    "r",
    {},
    {
      Effect: "Allow",
      Principal: { Federated: PROVIDER },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: condition,
    },
  );
  g.federated(role, PROVIDER);
}

checkRule(recycled, [
  {
    name: "a name that its repository gave up is found",
    given: (g) => trusts(g, "sample/old-web", "sample/older=7 sample/old-web=7"),
    finds: ["r"],
  },
  {
    name: "a name that another repository has now is found",
    given: (g) => trusts(g, "sample/web", "sample/web=3"),
    finds: ["r"],
  },
  {
    name: "a name that its repository has is fine",
    given: (g) => trusts(g, "sample/web", "sample/old-web=7"),
    finds: [],
  },
  {
    name: "a name nobody has, and nobody had as far as the log goes, is undecided",
    given: (g) => trusts(g, "sample/older", "sample/old-web=7"),
    finds: [],
    undecided: 1,
  },
  {
    name: "without the audit log nothing is decided",
    given: (g) => {
      trusts(g, "sample/web");
      g.cannotRead("former-name");
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "a name that is found in a log read in part is found all the same",
    given: (g) => {
      trusts(g, "sample/old-web", "sample/old-web=7");
      g.cannotRead("former-name", "partial", "cut");
    },
    finds: ["r"],
  },
]);
