import { headerOf } from "../answer.ts";
import type { Seen, Signal } from "../signal.ts";
import { NEVER } from "../waiting.ts";

/** The address at which a token is authorised, from the header or from git's words. */
function addressOf({ headers, message }: Seen): string | undefined {
  const header = /url=([^;,\s]+)/i.exec(headerOf(headers, "x-github-sso") ?? "")?.[1];
  return header ?? /https:\/\/[^\s'"<>]+\/sso(?:\?[^\s'"<>]*)?/.exec(message)?.[0];
}

function authorise(seen: Seen): readonly string[] {
  const address = addressOf(seen);
  if (address !== undefined) return [`authorise this token for SSO at ${address}`];
  return seen.where === "git"
    ? [
        "authorise the SSH key at https://github.com/settings/keys or the token at https://github.com/settings/tokens: `Configure SSO`",
      ]
    : ["authorise this token for SSO at https://github.com/settings/tokens: `Configure SSO`"];
}

const states = (start: string) => (seen: Seen) =>
  headerOf(seen.headers, "x-github-sso")?.trim().toLowerCase().startsWith(start) === true;

/** Single sign-on (GitHub: "Authorizing a personal access token for use with single sign-on"). */
export const SINGLE_SIGN_ON: readonly Signal[] = [
  {
    id: "single-sign-on-graphql",
    kind: "denied",
    shows: ({ saml }) => saml,
    reason: "the token is not authorised for single sign-on",
    next: authorise,
    whom: ["token-owner"],
  },
  {
    id: "single-sign-on",
    kind: "denied",
    words:
      /SAML (enforcement|SSO)|grant your .{0,40} access to this organization|re-authori[sz]e the OAuth Application/i,
    own: true,
    shows: (seen) => seen.status !== 200 && states("required")(seen),
    reason: "the token is not authorised for single sign-on",
    next: authorise,
    whom: ["token-owner"],
  },
  {
    id: "single-sign-on-partial",
    kind: "incomplete",
    shows: states("partial-results"),
    reason: ({ headers }) => {
      const ids = /organizations=([\d,\s]+)/i.exec(headerOf(headers, "x-github-sso") ?? "")?.[1]?.split(",") ?? [];
      const which = ids.length === 0 ? "" : ` (organizations ${ids.map((id) => id.trim()).join(", ")})`;
      return `GitHub left things out because the token is not authorised for single sign-on everywhere${which}`;
    },
    next: ["authorise this token for SSO at https://github.com/settings/tokens: `Configure SSO`"],
    whom: ["token-owner"],
    retry: () => NEVER,
  },
];
