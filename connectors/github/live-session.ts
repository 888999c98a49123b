import { join } from "node:path";
import type { ConnectorEnvironment, ConnectorSession, DoctorFinding } from "../../src/contracts/connector.ts";
import { recordable } from "../shared/recordable.ts";
import { RecordingWriter } from "../shared/recording.ts";
import type { GitHubClient } from "./client.ts";
import { liveClient } from "./live.ts";
import { checkOrganization } from "./live/check-organization.ts";
import { openOctokits, PATIENT, type Pace } from "./live/open-octokit.ts";
import { forecastOf, sizeOf } from "./live/size-organization.ts";
import { recordedClient } from "./recorded.ts";
import { openSession } from "./session.ts";
import type { OrganizationSettings } from "./settings.ts";

/** Opens the organizations at GitHub, recording what it answers where that is wanted. Throws `sign-in` without a token. */
export async function openLiveSession(
  organizations: readonly OrganizationSettings[],
  recordTo: string | null,
  environment: ConnectorEnvironment,
  pace: Pace = PATIENT,
): Promise<ConnectorSession> {
  let calls = 0;
  const open = await openOctokits(organizations, environment, pace, () => {
    calls += 1;
  });
  const { clock } = environment;
  const writer = recordTo === null ? undefined : await RecordingWriter.open(recordTo, clock.now());
  const clients = open.map(({ settings, octokit, baseUrl, kind }) => {
    const live = liveClient(
      octokit,
      settings.organization,
      baseUrl,
      clock,
      settings.enterprise ?? null,
      kind === "other" ? "unknown" : kind,
    );
    return writer === undefined ? live : recordingClient(live, writer, environment);
  });
  return openSession({
    mode: "live",
    clients,
    recordedAt: null,
    environment,
    calls: () => calls,
    // What the token cannot see is told by the steps themselves.
    forecast: async () => forecastOf(await Promise.all(open.map((one) => sizeOf(one).catch(() => undefined)))),
    async self() {
      const logins = new Set<string>();
      for (const { octokit, kind } of open) {
        // An app has no login; what must never be revoked is itself.
        const login =
          kind === "app"
            ? await octokit.request("GET /app").then(
                ({ data }) => data?.slug,
                () => undefined,
              )
            : await octokit.request("GET /user").then(
                ({ data }) => data.login,
                () => undefined,
              );
        if (login !== undefined) logins.add(login);
      }
      return [...logins];
    },
    async check() {
      const lines: DoctorFinding[] = [];
      for (const one of open) lines.push(...(await checkOrganization(one, clock.now())));
      return lines;
    },
  });
}

/** Keeps every answer, known secrets left out; what is complete in the recording already is not asked again. */
function recordingClient(live: GitHubClient, writer: RecordingWriter, { clock }: ConnectorEnvironment): GitHubClient {
  const path = `github/${live.organization}`;
  const folder = join(writer.folder, path);
  const recorded = recordedClient({
    organization: live.organization,
    folder,
    stateOf: () => undefined,
    changeable: false,
    clock,
  });
  return {
    ...live,
    async read(step, context) {
      const key = `${path}/${step}`;
      if (writer.isComplete(key)) return recorded.read(step, context);
      const answer = await live.read(step, context);
      const content = "requests" in answer ? recordable({ requests: answer.requests }) : null;
      const state =
        answer.state === "complete" ? { state: answer.state } : { state: answer.state, reason: answer.reason };
      await writer.write(key, `${path}/${step}.json`, content, state);
      return answer;
    },
  };
}
