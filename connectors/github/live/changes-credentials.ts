import type { CallOutcome, GitHubClient } from "../client.ts";
import { NO_ENTERPRISE } from "./changes-access.ts";
import { ABSENT, changing, lookup, once, send } from "./changing.ts";
import type { RestReader } from "./rest-reader.ts";

type CredentialChanges = Pick<
  GitHubClient,
  | "fineGrainedToken"
  | "revokeFineGrainedToken"
  | "signOnAuthorization"
  | "removeSignOnAuthorization"
  | "installation"
  | "suspendInstallation"
  | "resumeInstallation"
  | "uninstallApp"
>;

/** What the token of the organization cannot do itself. */
export interface Reach {
  /** Slug of the enterprise the organization belongs to, where it is configured. */
  readonly enterprise?: string;
  /** Apps whose own key is configured, by slug: only they may suspend themselves. */
  readonly apps?: ReadonlyMap<string, RestReader>;
}

/** Tokens, authorizations and apps of one organization over the network. */
export function credentialChanges(
  rest: RestReader,
  organization: string,
  { enterprise, apps }: Reach,
): CredentialChanges {
  const org = { org: organization };
  /** A row of a list; half a list that lacks it says nothing. */
  const find = async <T>(route: string, is: (row: T) => boolean, member?: string) => {
    const { requests, gaps } = await rest.list(route, org, member === undefined ? {} : { member });
    const found = requests
      .flatMap(({ answer }) =>
        member === undefined ? (answer as T[]) : ((answer as Readonly<Record<string, T[]>>)[member] ?? []),
      )
      .find(is);
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
    installation: (id) =>
      lookup(async () => {
        const found = await find<Installation>(
          "GET /orgs/{org}/installations",
          (one) => one.id === id,
          "installations",
        );
        if (found.state !== "found") return found;
        const { app_slug: slug, suspended_at: since } = found.value;
        return { state: "found", value: { slug, suspended: since !== null } };
      }),
    suspendInstallation: (id) => asApp(id, "PUT /app/installations/{installation_id}/suspended"),
    resumeInstallation: (id) => asApp(id, "DELETE /app/installations/{installation_id}/suspended"),
    uninstallApp: (id) =>
      enterprise === undefined
        ? Promise.resolve({ state: "refused", why: NO_ENTERPRISE })
        : changing(() =>
            send(rest, "DELETE /enterprises/{enterprise}/apps/organizations/{org}/installations/{installation_id}", {
              ...org,
              enterprise,
              installation_id: id,
            }),
          ),
  };
  return client;

  async function asApp(id: number, route: string): Promise<CallOutcome> {
    const installed = await client.installation(id);
    if (installed.state === "absent") return ABSENT;
    if (installed.state === "unreadable") return { state: "refused", why: installed.why };
    const { slug } = installed.value;
    const own = apps?.get(slug);
    if (own === undefined)
      return {
        state: "refused",
        why: `only \`${slug}\` itself may do this, and its key is not configured: suspend it under Settings → GitHub Apps → Configure`,
      };
    return changing(() => send(own, route, { installation_id: id }));
  }
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

interface Installation {
  readonly id: number;
  readonly app_slug: string;
  readonly suspended_at: string | null;
}
