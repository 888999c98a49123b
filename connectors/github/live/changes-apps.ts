import { AuditError } from "../../../src/model/audit-error.ts";
import type { CallOutcome, GitHubClient, Lookup } from "../client.ts";
import { ABSENT, changing, lookup, send } from "./changing.ts";
import { Refused, refusalOf } from "./refused.ts";
import type { RestReader } from "./rest-reader.ts";

type AppChanges = Pick<GitHubClient, "installation" | "suspendInstallation" | "resumeInstallation" | "uninstallApp">;

/** Apps whose own key is named. */
export interface AppKeys {
  /** Signed in as the app; undefined where its key is not named. Throws `settings` or `sign-in` where what is named is no key. */
  get(slug: string, appId: number): RestReader | undefined | Promise<RestReader | undefined>;
}

/** What the sign-in of the organization cannot do itself. */
export interface Reach {
  /** Slug of the enterprise the organization belongs to, where it is configured. */
  readonly enterprise?: string;
  /** False where a token is signed in with: GitHub lets none change apps through the enterprise. */
  readonly asApp?: boolean;
  /** The app that is signed in with, by its id: it is never touched. */
  readonly self?: number;
  readonly apps?: AppKeys;
}

/**
 * Apps of one organization over the network. Only the app itself may suspend its installation (GitHub, "Suspend an app
 * installation"); it or an app of the enterprise may uninstall it ("Uninstall a GitHub App from an enterprise-owned organization").
 */
export function appChanges(rest: RestReader, organization: string, reach: Reach): AppChanges {
  const { enterprise, asApp = true, self, apps } = reach;

  const find = (id: number): Promise<Lookup<Installation>> =>
    lookup(async () => {
      const route = "GET /orgs/{org}/installations";
      const { requests, gaps } = await rest.list(route, { org: organization }, { member: "installations" });
      const found = requests
        .flatMap(({ answer }) => (answer as { readonly installations: readonly Installation[] }).installations)
        .find((one) => one.id === id);
      if (found !== undefined) return { state: "found", value: found };
      // Half a list that lacks it says nothing.
      return gaps.length === 0 ? ABSENT : { state: "unreadable", why: gaps.join("; ") };
    });

  /** A change to an installation that is there and is not our own. */
  async function about(id: number, change: (installed: Installation) => Promise<CallOutcome>): Promise<CallOutcome> {
    const installed = await find(id);
    if (installed.state === "absent") return ABSENT;
    if (installed.state === "unreadable") return { state: "refused", why: installed.why };
    const { app_id: appId, app_slug: slug } = installed.value;
    if (appId === self)
      return { state: "refused", why: `leastwise itself signs in as \`${slug}\`: it never takes away its own access` };
    return change(installed.value);
  }

  /** The change as the app itself makes it, or the refusal in words; `otherwise` where its key is not named. */
  async function signed(
    { id, app_id: appId, app_slug: slug }: Installation,
    route: string,
    otherwise: string,
  ): Promise<CallOutcome> {
    let own: RestReader | undefined;
    try {
      own = await apps?.get(slug, appId);
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      return { state: "refused", why: [error.message, error.hint].filter((part) => part !== undefined).join(": ") };
    }
    if (own === undefined) return { state: "refused", why: otherwise };
    const as = own;
    return changing(async () => {
      try {
        return await send(as, route, { installation_id: id });
      } catch (error) {
        const { verdict } = refusalOf(error);
        if (verdict.kind !== "sign-in") throw error;
        const reason = `GitHub does not take the key that \`ownApps\` names for \`${slug}\`: ${verdict.reason}`;
        throw new Refused({ ...verdict, reason });
      }
    });
  }

  const suspended = (verb: "PUT" | "DELETE") => (id: number) =>
    about(id, (installed) =>
      signed(
        installed,
        `${verb} /app/installations/{installation_id}/suspended`,
        `GitHub lets only the app itself suspend and resume: name the key of \`${installed.app_slug}\` under \`ownApps\`, narrow its repositories instead, or do it under Settings → GitHub Apps → Configure`,
      ),
    );

  return {
    async installation(id) {
      const found = await find(id);
      if (found.state !== "found") return found;
      const { app_slug: slug, suspended_at: since } = found.value;
      return { state: "found", value: { slug, suspended: since !== null } };
    },
    suspendInstallation: suspended("PUT"),
    resumeInstallation: suspended("DELETE"),
    uninstallApp: (id) =>
      about(id, async (installed) => {
        const ofEnterprise = enterprise !== undefined && asApp;
        const first: CallOutcome = ofEnterprise
          ? await changing(() =>
              send(rest, "DELETE /enterprises/{enterprise}/apps/organizations/{org}/installations/{installation_id}", {
                org: organization,
                enterprise,
                installation_id: id,
              }),
            )
          : { state: "refused", why: noApp(enterprise, installed.app_slug) };
        if (first.state === "done") return first;
        // An app of the organization is no app of the enterprise: the app's own key may do what ours may not.
        const own = await signed(installed, "DELETE /app/installations/{installation_id}", "");
        return own.state === "refused" && own.why === "" ? first : own;
      }),
  };
}

function noApp(enterprise: string | undefined, slug: string): string {
  const closed = enterprise === undefined ? "no enterprise is configured" : "a token cannot do it";
  return `${closed}: GitHub lets only the app itself and an app of the enterprise uninstall: name the key of \`${slug}\` under \`ownApps\`, or suspend or narrow it instead`;
}

interface Installation {
  readonly id: number;
  readonly app_id: number;
  readonly app_slug: string;
  readonly suspended_at: string | null;
}
