import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { github } from "../../../connectors/github/index.ts";
import { openLiveSession } from "../../../connectors/github/live-session.ts";
import { connectorContract, readAll, type ContractProvider } from "../../contracts/connector-contract.ts";
import { CANARY, startFakeGitHub } from "../../fakes/github/fake-github.ts";
import { environmentWith, SAMPLE, settingsOf, TOKEN } from "./open-fake.ts";
import { targetOf } from "../target-of.ts";

/** What can be put back exactly; a deploy key comes back under a new id, which `operations.test.ts` looks at. */
const CHANGES = [
  ["github/remove-team-membership", "acme-rex-awaiter", "team platform"],
  ["github/remove-team-repository", "legacy-tools", "write on acme-sample/payments-api"],
  ["github/remove-direct-collaborator", "acme-rex-awaiter", "admin on acme-sample/infrastructure"],
] as const;

async function changesIn(open: ContractProvider["open"]): Promise<ContractProvider["changes"]> {
  const records = await readAll(await open());
  return CHANGES.map(([operation, holder, what]) => ({
    operation,
    target: targetOf(records, holder, what),
    restores: true,
  }));
}

connectorContract("the live GitHub connector", async () => {
  const fake = await startFakeGitHub({
    forbid: { "/orgs/acme-sample/installations": { message: "Resource not accessible by personal access token" } },
  });
  const open = () =>
    openLiveSession([settingsOf(fake)], { recordTo: null }, environmentWith(), { throttled: false, second: 1 });
  return {
    open,
    refused: ["installations", "fine-grained-tokens"],
    canaries: [CANARY, TOKEN],
    changes: await changesIn(open),
    dispose: () => fake.close(),
  };
});

connectorContract("the recorded GitHub connector", async () => {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-github-"));
  await cp(SAMPLE, folder, { recursive: true });
  await rm(join(folder, "github/acme-sample/invitations.json"));
  const open = () => github.open({ mode: "recorded", path: folder, workingCopy: true }, environmentWith());
  return {
    open,
    refused: ["invitations"],
    canaries: [CANARY, TOKEN],
    changes: await changesIn(open),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});
