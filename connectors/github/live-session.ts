import { join } from "node:path";
import type { ConnectorEnvironment, ConnectorSession, DoctorFinding } from "../../src/contracts/connector.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { RecordingWriter } from "../shared/recording.ts";
import type { GitHubClient } from "./client.ts";
import { liveClient } from "./live.ts";
import { recordedClient } from "./recorded.ts";
import { openSession } from "./session.ts";
import type { OrganizationSettings } from "./settings.ts";

/** Pinned: GitHub keeps a version for two years, and a new one may rename fields. */
const API_VERSION = "2022-11-28";

/** Opens the organizations at GitHub. The SDK is loaded here and nowhere earlier: other commands start without it. */
export async function openLiveSession(
  organizations: readonly OrganizationSettings[],
  recordTo: string | null,
  environment: ConnectorEnvironment,
): Promise<ConnectorSession> {
  const [{ Octokit }, { throttling }, { retry }] = await Promise.all([
    import("@octokit/rest"),
    import("@octokit/plugin-throttling"),
    import("@octokit/plugin-retry"),
  ]);
  const Patient = Octokit.plugin(throttling, retry);
  let calls = 0;
  const open = organizations.map((settings) => {
    const token = environment.secrets.read(settings.tokenFrom);
    if (token === undefined || token === "") {
      throw new AuditError(
        "sign-in",
        "github-token",
        `there is no token in \`${settings.tokenFrom}\` for the organization \`${settings.organization}\``,
        {
          hint: `export ${settings.tokenFrom}=… before running, or name another variable in \`tokenFrom\``,
        },
      );
    }
    const wait = (what: string) => (after: number, _options: object, _octokit: unknown, retried: number) => {
      environment.log.warn(`GitHub's ${what} was reached: waiting ${after} s`);
      return retried < 3;
    };
    const octokit = new Patient({
      auth: token,
      userAgent: "leastwise",
      ...(settings.baseUrl === undefined ? {} : { baseUrl: settings.baseUrl }),
      // Octokit's own warnings would land in the middle of an answer.
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      throttle: { onRateLimit: wait("rate limit"), onSecondaryRateLimit: wait("secondary rate limit") },
      // 502 on a deep page is answered by a smaller page, not by asking the same again.
      retry: { doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451, 502, 504] },
    });
    octokit.hook.before("request", (options) => {
      calls += 1;
      options.headers["x-github-api-version"] = API_VERSION;
    });
    return { settings, octokit };
  });
  const writer = recordTo === null ? undefined : await RecordingWriter.open(recordTo, environment.clock.now());
  const clients = open.map(({ settings, octokit }) => {
    const live = liveClient(octokit, settings.organization);
    return writer === undefined || recordTo === null ? live : recordingClient(live, writer, recordTo);
  });
  return openSession({
    mode: "live",
    clients,
    recordedAt: null,
    environment,
    calls: () => calls,
    async forecast() {
      let members = 0;
      let repositories = 0;
      for (const { settings, octokit } of open) {
        try {
          const answer = await octokit.graphql<{
            organization: { membersWithRole: { totalCount: number }; repositories: { totalCount: number } };
          }>(
            "query forecast($organization: String!) { organization(login: $organization) { membersWithRole { totalCount } repositories { totalCount } } }",
            { organization: settings.organization },
          );
          members += answer.organization.membersWithRole.totalCount;
          repositories += answer.organization.repositories.totalCount;
        } catch {
          // What the token cannot see is told by the steps themselves.
          return { calls: open.length * 20, seconds: 30, basis: "the size of the organization could not be read" };
        }
      }
      const estimate =
        open.length * 8 + Math.ceil(members / 50) + 2 * Math.ceil(repositories / 50) + Math.ceil(repositories / 5);
      return {
        calls: estimate,
        seconds: Math.ceil(estimate / 8),
        basis: `${members} members, ${repositories} repositories, a fifth of them with deploy keys`,
      };
    },
    async self() {
      const logins: string[] = [];
      for (const { octokit } of open) {
        // A token that may not say who it is can revoke nothing of a person either.
        const login = await octokit.request("GET /user").then(
          ({ data }) => data.login,
          () => undefined,
        );
        if (login !== undefined) logins.push(login);
      }
      return logins;
    },
    async check() {
      const lines: DoctorFinding[] = [];
      for (const { settings, octokit } of open) lines.push(...(await checkOrganization(octokit, settings)));
      return lines;
    },
  });
}

/** What a new user wants to know before the first run. */
async function checkOrganization(
  octokit: {
    request(
      route: string,
      parameters?: Record<string, string>,
    ): Promise<{ data: unknown; headers: Record<string, unknown> }>;
  },
  { organization, tokenFrom }: OrganizationSettings,
): Promise<DoctorFinding[]> {
  const lines: DoctorFinding[] = [];
  try {
    const { headers } = await octokit.request("GET /orgs/{org}", { org: organization });
    lines.push({ level: "ok", text: `\`${organization}\` answers with the token in ${tokenFrom}` });
    const scopes = headers["x-oauth-scopes"];
    if (typeof scopes === "string" && scopes !== "") {
      const missing = ["read:org", "repo"].filter(
        (scope) => !scopes.split(", ").some((own) => own === scope || (scope === "read:org" && own === "admin:org")),
      );
      if (missing.length > 0)
        lines.push({
          level: "warning",
          text: `the token lacks the scope ${missing.join(", ")}`,
          hint: "teams, collaborators and deploy keys will not be readable",
        });
    }
    const expires = headers["github-authentication-token-expiration"];
    if (typeof expires === "string") lines.push({ level: "ok", text: `the token expires on ${expires.slice(0, 10)}` });
    lines.push({
      level: "warning",
      text: "fine-grained tokens are listed to GitHub Apps only",
      hint: "with a personal token the rules about tokens are not evaluated",
    });
  } catch (error) {
    lines.push({
      level: "problem",
      text: `\`${organization}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: "check the token's owner, its expiry and single sign-on",
    });
  }
  return lines;
}

/** Keeps every answer; what is complete in the recording already is not asked again. */
function recordingClient(live: GitHubClient, writer: RecordingWriter, folder: string): GitHubClient {
  const recorded = recordedClient(live.organization, join(folder, "github", live.organization), () => undefined, false);
  return {
    ...live,
    async read(step, context) {
      const key = `github/${live.organization}/${step}`;
      if (writer.isComplete(key)) return recorded.read(step, context);
      const answer = await live.read(step, context);
      const content = "requests" in answer ? `${JSON.stringify({ requests: answer.requests }, null, 1)}\n` : null;
      await writer.write(
        key,
        `github/${live.organization}/${step}.json`,
        content,
        answer.state === "complete" ? { state: "complete" } : { state: answer.state, reason: answer.reason },
      );
      return answer;
    },
  };
}
