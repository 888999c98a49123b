import type { Octokit } from "@octokit/rest";
import type { ConnectorEnvironment } from "../../../src/contracts/connector.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { KeyOfApp, OrganizationSettings } from "../settings.ts";
import { appSignIn, signInAs, type AppSignIn } from "./app-sign-in.ts";
import type { SignInKind } from "./hidden-from.ts";
import { refusalOf } from "./refused.ts";
import { notifies } from "./changes-notify.ts";

/** Pinned: GitHub keeps a version for two years, and a new one may rename fields. */
const API_VERSION = "2022-11-28";
/** Where GitHub itself answers. */
const GITHUB = "https://api.github.com";
/** Times a limit is waited for before the step is given up. */
const WAITS = 3;

/** How calls are paced. Only tests change it: the plugin's second between two GraphQL calls is right for GitHub. */
export interface Pace {
  /** False leaves the pauses between calls out; limits that GitHub names are then not waited for either. */
  readonly throttled: boolean;
  /** Milliseconds that stand for a second of waiting. */
  readonly second: number;
}

/** The pace GitHub asks for. */
export const PATIENT: Pace = { throttled: true, second: 1_000 };

/** The SDK with its plugins for one organization. */
export interface OpenOctokit {
  readonly settings: OrganizationSettings;
  readonly octokit: Octokit;
  readonly baseUrl: string;
  /** By its beginning: what kind of token it is, never the token. */
  readonly tokenKind: string;
  readonly kind: SignInKind;
  /**
   * Signs in as another app, for what GitHub lets only the app itself do. Its key is read now and not before. Throws `settings`
   * or `sign-in` where that is no key.
   */
  asApp(app: KeyOfApp): Promise<Octokit>;
}

/**
 * Opens the SDK for every organization, loaded here and nowhere earlier: other commands start without it. Throws `sign-in`
 * where a token is missing, before any call.
 */
export async function openOctokits(
  organizations: readonly OrganizationSettings[],
  environment: ConnectorEnvironment,
  pace: Pace,
  onCall: (kind: "rest" | "graphql") => void,
): Promise<readonly OpenOctokit[]> {
  const apps = organizations.map((settings) => appSignIn(settings, environment));
  const tokens = organizations.map((settings, i) => (apps[i] === null ? tokenOf(settings, environment) : ""));
  const [{ Octokit: Plain }, { throttling }, { retry }] = await Promise.all([
    import("@octokit/rest"),
    import("@octokit/plugin-throttling"),
    import("@octokit/plugin-retry"),
  ]);
  const Patient = Plain.plugin(throttling, retry);
  // The plugin takes it, though its types do not say so; what it knows of itself stays.
  const pacedWrites = {
    triggersNotification: (path: string): boolean => throttling.triggersNotification(path) || notifies(path),
  };
  const opened: OpenOctokit[] = [];
  for (const [i, settings] of organizations.entries()) {
    const wait = (what: string) => (after: number, _options: object, _octokit: unknown, retried: number) => {
      const goesOn = retried < WAITS;
      environment.log.warn(`GitHub's ${what} was reached: ${goesOn ? `waiting ${after} s` : "giving up"}`);
      return goesOn;
    };
    const baseUrl = settings.baseUrl ?? GITHUB;
    const token = tokens[i] ?? "";
    const app = apps[i] ?? null;
    const common = {
      userAgent: "leastwise",
      baseUrl,
      // Octokit's own warnings would land in the middle of an answer.
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      throttle: {
        ...pacedWrites,
        enabled: pace.throttled,
        retryAfterBaseValue: pace.second,
        onRateLimit: wait("rate limit"),
        onSecondaryRateLimit: wait("secondary rate limit"),
      },
      retry: { retryAfterBaseValue: pace.second },
    };
    const watched = (one: Octokit): Octokit => {
      one.hook.before("request", (options) => {
        onCall(options.url === "/graphql" ? "graphql" : "rest");
        options.headers["x-github-api-version"] = API_VERSION;
      });
      return one;
    };
    const signedBy = async (auth: AppSignIn & { readonly installationId?: number }): Promise<Octokit> => {
      const { createAppAuth: authStrategy } = await import("@octokit/auth-app");
      return watched(new Patient({ ...common, authStrategy, auth }));
    };
    const asApp: OpenOctokit["asApp"] = (own) => signedBy(signInAs(own, settings.organization, environment));
    if (app === null) {
      const octokit = watched(new Patient({ ...common, auth: token }));
      opened.push({ settings, octokit, baseUrl, tokenKind: kindOf(token), kind: signInKind(token), asApp });
      continue;
    }
    const installationId = settings.app?.installation ?? (await installationIn(await signedBy(app), settings));
    // Renewed by the SDK before it runs out, an hour after it was made.
    const octokit = await signedBy({ ...app, installationId });
    opened.push({ settings, octokit, baseUrl, tokenKind: "a GitHub App", kind: "app", asApp });
  }
  return opened;
}

/** Where the app is installed in the organization. Throws `sign-in` where it is not, or where GitHub does not take its key. */
async function installationIn(asItself: Octokit, { organization, app }: OrganizationSettings): Promise<number> {
  try {
    const { data } = await asItself.request("GET /orgs/{org}/installation", { org: organization });
    return data.id;
  } catch (error) {
    const { verdict } = refusalOf(error);
    throw new AuditError(
      "sign-in",
      "github-app",
      verdict.kind === "gone"
        ? `the app ${app?.id ?? ""} is not installed in \`${organization}\``
        : `GitHub does not accept the app ${app?.id ?? ""} for \`${organization}\`: ${verdict.reason}`,
      { hint: "install it in the organization, and check the id and the private key", cause: error },
    );
  }
}

function tokenOf({ tokenFrom, organization }: OrganizationSettings, { secrets }: ConnectorEnvironment): string {
  const token = secrets.read(tokenFrom);
  if (token !== undefined && token.trim() !== "") return token.trim();
  throw new AuditError(
    "settings",
    "github-token",
    `there is no token in \`${tokenFrom}\` for the organization \`${organization}\``,
    { hint: `export ${tokenFrom}=… before running, or name another variable in \`tokenFrom\`` },
  );
}

/** GitHub's beginnings of tokens ("Behind GitHub's new authentication token formats"). */
const KINDS: readonly (readonly [start: string, kind: string])[] = [
  ["github_pat_", "a fine-grained personal token"],
  ["ghp_", "a classic personal token"],
  ["gho_", "a token of an OAuth app"],
  ["ghu_", "a user's token of a GitHub App"],
  ["ghs_", "a token of a GitHub App's installation"],
];

const kindOf = (token: string): string => KINDS.find(([start]) => token.startsWith(start))?.[1] ?? "a token";

function signInKind(token: string): SignInKind {
  if (token.startsWith("ghp_")) return "classic";
  if (token.startsWith("github_pat_")) return "fine-grained";
  return token.startsWith("ghs_") ? "app" : "other";
}
