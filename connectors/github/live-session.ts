import { join } from "node:path";
import type { ConnectorEnvironment, ConnectorSession, DoctorFinding } from "../../src/contracts/connector.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import type { Instant } from "../../src/model/instant.ts";
import { recordable } from "../shared/recordable.ts";
import { RecordingWriter } from "../shared/recording.ts";
import type { GitHubClient } from "./client.ts";
import { liveClient } from "./live.ts";
import { withOwnApps } from "./live/changes-own-apps.ts";
import { actingAs } from "./live/acting-as.ts";
import { checkOrganization } from "./live/check-organization.ts";
import { openOctokits, PATIENT, type OpenOctokit, type Pace } from "./live/open-octokit.ts";
import { refusalOf } from "./live/refused.ts";
import { Spending } from "./live/spending.ts";
import { forecastOf, keptCounts, sizeOf, type Size } from "./live/size-organization.ts";
import { recordedClient } from "./recorded.ts";
import { openSession } from "./session.ts";
import type { OrganizationSettings } from "./settings.ts";

/** Where a session writes. */
export interface LiveFolders {
  /** Where answers are recorded; null for nowhere. */
  readonly recordTo: string | null;
  /** Where answers are kept from one collection to the next; left out for nowhere. */
  readonly keptIn?: string;
}

/** Opens the organizations at GitHub, recording what it answers where that is wanted. Throws `sign-in` without a token. */
export async function openLiveSession(
  organizations: readonly OrganizationSettings[],
  { recordTo, keptIn }: LiveFolders,
  environment: ConnectorEnvironment,
  pace: Pace = PATIENT,
): Promise<ConnectorSession> {
  const spending = new Spending();
  const open = await openOctokits(organizations, environment, pace, (kind) => {
    spending[kind] += 1;
  });
  const { clock } = environment;
  const startedAt = clock.now();
  const writer = recordTo === null ? undefined : await RecordingWriter.open(recordTo, clock.now());
  const clients = open.map((one) => {
    const { settings, octokit, baseUrl, kind } = one;
    const client = liveClient(octokit, {
      organization: settings.organization,
      baseUrl,
      clock,
      enterprise: settings.enterprise ?? null,
      credential: kind === "other" ? "unknown" : kind,
      // What a run that was cut off has recorded it need not ask for again, nor what it kept since.
      ...(keptIn === undefined ? {} : { kept: { folder: keptIn, startedAt: writer?.startedAt ?? startedAt } }),
      spending,
    });
    const live = withOwnApps(client, one);
    return writer === undefined ? live : recordingClient(live, writer, environment);
  });
  return openSession({
    mode: "live",
    clients,
    recordedAt: null,
    environment,
    spent: () => spending.spent(),
    // What the token cannot see is told by the steps themselves.
    forecast: async () => forecastOf(await Promise.all(open.map((one) => foretold(one, keptIn, clock.now())))),
    async self() {
      const names = new Set<string>();
      for (const one of open) {
        const name = await actingAs(one);
        if (name !== null) names.add(name);
      }
      return [...names];
    },
    async check() {
      const lines: DoctorFinding[] = [];
      for (const one of open) lines.push(...(await checkOrganization(one, clock.now())));
      return lines;
    },
  });
}

/** How large it is, and what of it is kept; undefined where the token is not told. */
async function foretold(one: OpenOctokit, keptIn: string | undefined, now: Instant): Promise<Size | undefined> {
  const size = await sizeOf(one).catch((error: unknown) => {
    const { unreachable, verdict } = refusalOf(error);
    if (!unreachable) return undefined;
    throw new AuditError("provider-answer", "github-unreachable", `${one.baseUrl}: ${verdict.reason}`, {
      hint: "check the network, the proxy and `baseUrl`",
      cause: error,
    });
  });
  if (size === undefined || keptIn === undefined) return size;
  return { ...size, kept: await keptCounts(keptIn, one, now) };
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
      if (writer.isComplete(key)) {
        const before = await recorded.read(step, context);
        // Another run that ended meanwhile cleared it away.
        if (before.state !== "skipped") return before;
      }
      const answer = await live.read(step, context);
      const content = "requests" in answer ? recordable({ requests: answer.requests }) : null;
      const state =
        answer.state === "complete" ? { state: answer.state } : { state: answer.state, reason: answer.reason };
      await writer.write(key, `${path}/${step}.json`, content, state);
      return answer;
    },
  };
}
