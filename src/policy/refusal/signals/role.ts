import { firstSentence } from "../first-sentence.ts";
import type { Signal } from "../signal.ts";

const OWNER = "owner of the organization";
const ADMINISTRATOR = "administrator of the repository";

/** The person behind the token, or the key, has too low a role. */
export const ROLE: readonly Signal[] = [
  {
    id: "deploy-key-read-only",
    kind: "denied",
    words: /key you are authenticating with has been marked as read[- ]only|deploy key does not have write access/i,
    own: true,
    reason: "the deploy key may only read",
    next: ["add a key with write access, for one that exists cannot be changed, or push with the token of an app"],
    role: ADMINISTRATOR,
    whom: ["repository-admin"],
  },
  {
    id: "deploy-key-elsewhere",
    kind: "denied",
    words: /Permission to (?<repository>[\w.-]+\/[\w.-]+?)(?:\.git)? denied to deploy key/i,
    own: true,
    reason: (_, caught) =>
      `the deploy key may not write to \`${caught?.groups?.["repository"] ?? "the repository"}\`: it only reads, or it is another repository's`,
    next: ["`ssh -T git@github.com` tells whose key is offered: a deploy key opens one repository only"],
    role: ADMINISTRATOR,
    whom: ["repository-admin"],
  },
  {
    id: "repository-write",
    kind: "denied",
    words: /Permission to (?<repository>[\w.-]+\/[\w.-]+?)(?:\.git)? denied to (?<who>[\w-]+(?:\[bot\])?)/i,
    own: true,
    reason: (_, caught) => {
      const { repository, who } = caught?.groups ?? {};
      return `\`${who ?? "the login"}\` may not write to \`${repository ?? "the repository"}\`, or its token may not`;
    },
    next: (seen, caught) =>
      caught?.groups?.["who"]?.endsWith("[bot]") === true
        ? ["write `permissions:` with `contents: write` at the job, or push with an app that may"]
        : [
            ...(seen.where === "git" ? ["if that is not who should push, sign git in as somebody else"] : []),
            "ask for write, by a team where there is one",
          ],
    role: "write on the repository",
    whom: ["repository-admin"],
  },
  {
    id: "write-not-granted",
    kind: "denied",
    words: /Write access to (?:this )?repository not granted/i,
    own: true,
    reason: "the token may not write to the repository",
    next: [
      "give a fine-grained token or an app `contents:write`, and have the repository among those selected; in a workflow write `contents: write` under `permissions:`",
    ],
    needs: () => ({ permissions: [[{ name: "contents", level: "write" }]], scopes: [] }),
    whom: ["token-owner", "repository-admin"],
  },
  {
    id: "repository-admin",
    kind: "denied",
    words:
      /Must have admin(?:istrator)? (?:rights|access|permissions?)(?: to)?|admin access to (?:this|the) repository/i,
    reason: "the token's owner has to administer the repository",
    role: ADMINISTRATOR,
    whom: ["repository-admin"],
  },
  {
    id: "organization-owner",
    kind: "denied",
    words:
      /must be an? (?:organization|org)(?:anization)? (?:owner|admin)|must be an owner|(?:only|limited to) (?:organization )?owners|Only owners can/i,
    reason: "the token's owner has to be an owner of the organization",
    role: OWNER,
    whom: ["organization-owner"],
  },
  {
    id: "repository-push",
    kind: "denied",
    words: /Must have (?:push|write|maintain) (?:access|permissions?)/i,
    reason: ({ message }) =>
      `the token's owner has to have write access to the repository (GitHub: ${firstSentence(message, false)})`,
    role: "write on the repository",
    whom: ["repository-admin"],
  },
];
