import type { Signal } from "../signal.ts";

/** The credential itself is not accepted. */
export const SIGN_IN: readonly Signal[] = [
  {
    id: "app-key",
    kind: "sign-in",
    words: /JSON web token could not be decoded|'(Expiration time|Issued at)' claim/i,
    own: true,
    reason: "the app's key or its id is wrong, or this machine's clock is off",
    next: ["give the app's own id and private key, and set the clock"],
    whom: ["app-owner"],
  },
  {
    id: "git-password",
    kind: "sign-in",
    words:
      /Support for password authentication was removed|Invalid username or (password|token)\.|Authentication failed for 'https:\/\/(?:[^'@]*@)?github\./i,
    own: true,
    reason: "git gave GitHub a password or a token that it does not accept",
    next: [
      "make a new token, or use an SSH key",
      "let git forget the old one (`git credential reject`), then push again",
    ],
    whom: ["token-owner"],
  },
  {
    id: "unknown-key",
    kind: "sign-in",
    words: /github[\w.-]*: Permission denied \(publickey|No user exists for .*github/i,
    own: true,
    reason: "GitHub knows none of the SSH keys that were offered",
    next: [
      "`ssh -T git@github.com` tells whose key is offered",
      "add the public key at https://github.com/settings/keys, or as a deploy key of the repository",
    ],
    whom: ["token-owner"],
  },
  {
    id: "no-credentials",
    kind: "sign-in",
    words:
      /Requires authentication|must authenticate to access this API|could not read Username for 'https:\/\/github\./i,
    status: [401, 403],
    reason: "no token was sent",
    next: ["sign in: name a token where the call is made"],
    whom: ["token-owner"],
  },
  {
    id: "suspended-person",
    kind: "sign-in",
    words: /Your (user )?account (was|is|has been) suspended|flagged as spam|Sorry\. Your account/i,
    reason: "the login the token belongs to is suspended",
    next: ["ask GitHub's support, or use the token of somebody else"],
    whom: ["token-owner"],
  },
  {
    id: "bad-credentials",
    kind: "sign-in",
    words: /Bad credentials/i,
    status: [401],
    shows: ({ status }) => status === 401,
    reason: "the token is wrong, expired or revoked",
    next: ["make a new one and put it where the old one was"],
    whom: ["token-owner"],
  },
];
