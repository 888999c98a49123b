import type { GitHubClient } from "../client.ts";
import { ABSENT, changing, lookup, once, send } from "./changing.ts";
import type { RestReader } from "./rest-reader.ts";

type CredentialChanges = Pick<
  GitHubClient,
  "fineGrainedToken" | "revokeFineGrainedToken" | "signOnAuthorization" | "removeSignOnAuthorization"
>;

/** Tokens and authorizations of one organization over the network. */
export function credentialChanges(rest: RestReader, organization: string): CredentialChanges {
  const org = { org: organization };
  /** A row of a list; half a list that lacks it says nothing. */
  const find = async <T>(route: string, is: (row: T) => boolean) => {
    const { requests, gaps } = await rest.list(route, org);
    const found = requests.flatMap(({ answer }) => answer as T[]).find(is);
    if (found !== undefined) return { state: "found", value: found } as const;
    return gaps.length === 0 ? ABSENT : ({ state: "unreadable", why: gaps.join("; ") } as const);
  };

  const client: CredentialChanges = {
    fineGrainedToken: (id) =>
      lookup(async () => {
        const found = await find<Token>("GET /orgs/{org}/personal-access-tokens", (token) => token.id === id);
        if (found.state !== "found") return found;
        const { owner, token_last_used_at: lastUsed } = found.value;
        return { state: "found", value: { owner: owner.login, lastUsed } };
      }),
    revokeFineGrainedToken: (id) =>
      once(
        (options) =>
          send(rest, "POST /orgs/{org}/personal-access-tokens/{pat_id}", {
            ...org,
            pat_id: id,
            action: "revoke",
            ...options,
          }),
        () => client.fineGrainedToken(id),
        "absent",
      ),
    signOnAuthorization: (id) =>
      lookup(async () => {
        const route = "GET /orgs/{org}/credential-authorizations";
        const found = await find<Authorization>(route, ({ credential_id: own }) => own === id);
        if (found.state !== "found") return found;
        const { login, credential_accessed_at: lastUsed } = found.value;
        return { state: "found", value: { login, lastUsed } };
      }),
    removeSignOnAuthorization: (id) =>
      changing(() =>
        send(rest, "DELETE /orgs/{org}/credential-authorizations/{credential_id}", { ...org, credential_id: id }),
      ),
  };
  return client;
}

interface Token {
  readonly id: number;
  readonly owner: { readonly login: string };
  readonly token_last_used_at: string | null;
}

interface Authorization {
  readonly credential_id: number;
  readonly login: string;
  readonly credential_accessed_at: string | null;
}
