import type { TokenRefusal } from "./token-refusals.ts";

/** What a refusal of a token means, and what to do, in order. */
export interface TokenAdvice {
  readonly reason: string;
  readonly steps: readonly string[];
}

const GITHUB_PROVIDER = "token.actions.githubusercontent.com";

/**
 * What to do about a token AWS did not take. `role` is what to ask `leastwise explain` about.
 * Sources: "OpenID Connect reference", GitHub documentation; "AssumeRoleWithWebIdentity", AWS STS API Reference.
 */
export function tokenAdvice({ signal, issuer, isGitHub }: TokenRefusal, role: string): TokenAdvice {
  const name = issuer?.replace(/^https:\/\//, "") ?? (isGitHub ? GITHUB_PROVIDER : null);
  const provider = name === null ? "the token's issuer" : `\`${name}\``;
  switch (signal) {
    case "trust":
      return isGitHub
        ? {
            reason:
              "the role's trust policy does not let this token of GitHub in, or there is no such role: AWS answers both alike",
            steps: [
              "compare the `sub` the job mints with the one the trust asks for: `repo:OWNER/NAME:environment:E` where the job names an environment (its branch then does not count), `repo:OWNER/NAME:pull_request` for a pull request, else `repo:OWNER/NAME:ref:refs/heads/BRANCH` or `…:ref:refs/tags/TAG`; a repository made, renamed or transferred since July 2026 writes `repo:OWNER@id/NAME@id:…`",
              "compare the `aud`: the action asks for `sts.amazonaws.com` where `audience:` says nothing else, and the trust has to name the same",
              "a token did come, so the job has `permissions:` with `id-token: write`: it is not that; the ARN in `role-to-assume` may be of another tenant or misspelt",
              explained(role),
            ],
          }
        : {
            reason:
              "the role's trust policy does not let this token in, or there is no such role: AWS answers both alike",
            steps: [
              "compare issuer, `aud` and `sub` of the token with what the trust policy asks for",
              explained(role),
            ],
          };
    case "no-provider":
      return {
        reason: `the role's tenant has no identity provider for ${provider}, so no role there can trust its tokens`,
        steps: [
          "look at the tenant in the role's ARN: it may be another than the one that was meant",
          `have a provider for ${provider} added in IAM of that tenant, with the audience \`sts.amazonaws.com\`; its address must be what the token has as \`iss\`, letter by letter`,
          "let the role's trust name it under `Federated`, with `aud` and `sub` as conditions",
        ],
      };
    case "audience":
      return {
        reason: "the identity provider in AWS does not list the token's audience",
        steps: [
          `add the \`aud\` of the token to the audiences of the provider for ${provider} in IAM: \`sts.amazonaws.com\` for the action, where \`audience:\` says nothing else`,
          "let the role's trust ask for the same `aud`",
        ],
      };
    case "provider-keys":
      return {
        reason: `AWS could not fetch the keys of ${provider} to check the token`,
        steps: [
          "try again: it is mostly the issuer or the network for a moment",
          "where it stays, look whether the issuer can be reached from outside: AWS has to read its `/.well-known/openid-configuration`",
        ],
      };
    case "provider-certificate":
      return {
        reason: `the certificate of ${provider} is none that the provider in IAM knows`,
        steps: ["renew the thumbprints of the provider in IAM, or take them out where AWS checks the issuer by itself"],
      };
    case "session-duration":
      return {
        reason: "the session would be longer than the role lets sessions be",
        steps: [
          "ask for less (`role-duration-seconds` of the action), or have the role's maximum session duration raised",
        ],
      };
    case "role-name":
      return {
        reason:
          "`role-to-assume` is a name, not an ARN, and without keys of AWS the action does not know whose role is meant",
        steps: ["write the whole ARN: `arn:aws:iam::<tenant>:role/<name>`", explained(role)],
      };
  }
}

const explained = (role: string): string =>
  `\`leastwise explain ${role}\` shows which branches, tags and environments the role lets in`;
