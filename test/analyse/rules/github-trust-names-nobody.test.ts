import { expect, test } from "vitest";
import { GITHUB_TRUST_RULES } from "../../../src/analyse/github-trust-rules.ts";
import { checkRule } from "../given.ts";

const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const trust = (condition?: object): object => ({
  Effect: "Allow",
  Principal: { Federated: PROVIDER },
  Action: "sts:AssumeRoleWithWebIdentity",
  ...(condition === undefined ? {} : { Condition: condition }),
});
const [namesNobody, takesAnyOwner] = GITHUB_TRUST_RULES;
if (namesNobody === undefined || takesAnyOwner === undefined) throw new Error("there are no rules");
const subject = (sub: string): object => ({
  StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
  StringLike: { "token.actions.githubusercontent.com:sub": sub },
});

test("there is a rule for each of the seventeen mistakes", () => {
  expect(GITHUB_TRUST_RULES).toHaveLength(17);
  expect(new Set(GITHUB_TRUST_RULES.map(({ id }) => id)).size).toBe(17);
});

checkRule(namesNobody, [
  {
    name: "a trust in GitHub without any claim is found",
    given: (g) => {
      const role = g.role("r", {}, trust());
      g.federated(role, PROVIDER);
    },
    finds: ["r"],
  },
  {
    name: "a trust that names a branch is fine",
    given: (g) => {
      const role = g.role("r", {}, trust(subject("repo:sample/web:ref:refs/heads/main")));
      g.federated(role, PROVIDER);
    },
    finds: [],
  },
]);

checkRule(takesAnyOwner, [
  {
    name: "a trust in repositories of any owner is found",
    given: (g) => {
      const role = g.role("r", {}, trust(subject("repo:*/web:ref:refs/heads/main")));
      g.federated(role, PROVIDER);
    },
    finds: ["r"],
  },
]);
