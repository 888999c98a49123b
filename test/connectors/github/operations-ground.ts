import { onTestFinished } from "vitest";
import type { GitHubClient } from "../../../connectors/github/client.ts";
import { liveClient } from "../../../connectors/github/live.ts";
import { liveChanges } from "../../../connectors/github/live/changes.ts";
import { GraphReader } from "../../../connectors/github/live/graph-reader.ts";
import { openOctokits } from "../../../connectors/github/live/open-octokit.ts";
import { RestReader } from "../../../connectors/github/live/rest-reader.ts";
import { OPERATIONS } from "../../../connectors/github/operations/index.ts";
import { OPERATION_MANIFESTS } from "../../../connectors/github/operations/manifests.ts";
import { bindOperation } from "../../../connectors/github/operations/operation.ts";
import type { Operation } from "../../../src/contracts/connector.ts";
import type { RevocationTarget, TargetPart } from "../../../src/model/revocation.ts";
import { startFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import { operationsOf, selectable } from "../../fakes/github/slices/operations.ts";
import { environmentWith, settingsOf } from "./open-fake.ts";

const T = "github:O_sample";

/** One end of a target, as the records name it. */
export const part = (kind: string, nativeId: string, locator: string, id = `${T}:${nativeId}`): TargetPart => ({
  id,
  kind,
  nativeId,
  locator,
  displayName: locator,
});

/** A target of the sample's organization. */
export const target = (
  parts: Partial<Pick<RevocationTarget, "principal" | "entitlement" | "resource" | "credential">>,
): RevocationTarget => ({
  system: "github",
  tenantId: T,
  tenantNativeId: "O_sample",
  subjectKind: parts.credential === undefined ? "grant" : "credential",
  subjectId: "sample-subject",
  principal: null,
  entitlement: null,
  resource: null,
  credential: null,
  ...parts,
});

/** A fake with something for every operation to act on. */
export interface Ground {
  readonly fake: FakeGitHub;
  readonly client: GitHubClient;
  operation(id: string): Operation;
}

/** Opens a client over a fake; with `reach`, also what needs an enterprise and an app's own key. */
export async function ground(reach = true): Promise<Ground> {
  const fake = await startFakeGitHub();
  onTestFinished(() => fake.close());
  fill(fake);
  const environment = environmentWith();
  const [open] = await openOctokits([settingsOf(fake)], environment, { throttled: false, second: 1 }, () => {});
  if (open === undefined) throw new Error("nothing was opened");
  const { octokit, baseUrl } = open;
  const rest = new RestReader(octokit, baseUrl);
  const graph = new GraphReader(octokit, "acme-sample", baseUrl);
  const client: GitHubClient = {
    ...liveClient(octokit, { organization: "acme-sample", baseUrl, clock: environment.clock }),
    ...liveChanges(
      rest,
      graph,
      "acme-sample",
      reach ? { enterprise: "acme", apps: new Map([["sample-ci", rest]]) } : {},
    ),
  };
  return {
    fake,
    client,
    operation(id) {
      const own = OPERATIONS.find((one) => one.id === id);
      const manifest = OPERATION_MANIFESTS.find((one) => one.id === id);
      if (own === undefined || manifest === undefined) throw new Error(`there is no operation ${id}`);
      return bindOperation(own, manifest, async () => client);
    },
  };
}

function fill({ state }: FakeGitHub): void {
  const own = operationsOf(state);
  const [web, payments] = [selectable(state, "acme-sample/web"), selectable(state, "acme-sample/payments-api")];
  const both = () => [web, payments].sort((a, b) => a.id - b.id);
  own.asApp = true;
  own.roles["138"] = {
    users: { "acme-kai-lorem": "indirect", "acme-rex-awaiter": "direct" },
    teams: { platform: "direct" },
  };
  own.authorizations.push({ credential_id: 61, login: "acme-rex-awaiter", credential_accessed_at: null });
  for (const store of ["actions", "dependabot", "codespaces"])
    own.secrets[`${store}/SAMPLE_SECRET`] = { visibility: "selected", repositories: both() };
  own.secrets["actions/OPEN_SECRET"] = { visibility: "all", repositories: [] };
  own.runnerGroups["7"] = { visibility: "selected", repositories: both() };
  own.runnerGroups["8"] = { visibility: "selected", repositories: both(), inherited: true };
  own.appRepositories["4000001"] = both();
  own.repositoryInvitations["acme-sample/web"] = [
    { id: 71, node_id: "RI_sample71", login: "acme-gil-outsider", permissions: "write", expired: false },
  ];
  own.seats = {
    "acme-rex-awaiter": { pending_cancellation_date: null, last_activity_at: "2026-11-01T08:00:00Z" },
    "acme-kai-lorem": { pending_cancellation_date: null, last_activity_at: null, team: "platform" },
  };
}
