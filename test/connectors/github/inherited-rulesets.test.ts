import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { repositoryControls } from "../../../src/graph/github/repository-controls.ts";
import type { Protection } from "../../../src/model/protection.ts";
import type { Snapshot, SnapshotRecords } from "../../../src/model/snapshot.ts";
import { ruleset, setSampleControls } from "../../fakes/github/slices/controls-sample.ts";
import { controlsOf } from "../../fakes/github/slices/controls-state.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { coverageOf, environmentWith, openFake, type OpenFake } from "./open-fake.ts";

const T = "github:O_sample0001";
const [WEB, DESIGN, PAYMENTS] = [`${T}:R_sample001`, `${T}:R_sample003`, `${T}:R_sample006`];
const REFUSED = { "/orgs/acme-sample/rulesets": { message: "Resource not accessible by personal access token" } };
const LISTS = {
  "/repos/acme-sample/web/rulesets": { message: "no" },
  "/repos/acme-sample/payments-api/rulesets": { message: "no" },
};

/** The organization's ruleset as its repositories show it: what it is about is not told there. */
const GATE = ruleset(501, "gate", {
  source_type: "Organization",
  source: "acme-sample",
  rules: [{ type: "update" }],
});

const MINTING = `on: push
permissions: { id-token: write }
jobs: { deploy: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }
`;

/** Runs all steps as somebody who is refused that; repositories say what they inherit. */
async function collectRefused(
  { session, fake }: Pick<OpenFake, "session" | "fake">,
  forbid: NonNullable<OpenFake["fake"]["bad"]["forbid"]>,
): Promise<SnapshotRecords> {
  const parts = [];
  for (const one of session.steps) {
    // The sweep counts a repository's own rulesets only.
    if (one.step.id === "rulesets") {
      const { rulesets } = controlsOf(fake.state);
      for (const name of ["acme-sample/web", "acme-sample/payments-api"])
        rulesets[name] = [...(rulesets[name] ?? []), GATE];
      fake.bad = { forbid, notOwner: true };
    }
    parts.push((await session.run(one)).records);
    fake.bad = {};
  }
  return mergeRecords(parts);
}

async function collectAll(session: ConnectorSession): Promise<SnapshotRecords> {
  const parts = [];
  for (const one of session.steps) parts.push((await session.run(one)).records);
  return mergeRecords(parts);
}

async function openSample(recordTo?: string): Promise<OpenFake> {
  const opened = await openFake({}, recordTo === undefined ? {} : { recordTo });
  setSampleControls(opened.fake.state);
  const { files } = controlsOf(opened.fake.state);
  files["acme-sample/web"] = { ...files["acme-sample/web"], ".github/workflows/deploy.yml": MINTING };
  return opened;
}

const controlsIn = (records: SnapshotRecords, repository: string) =>
  repositoryControls(
    buildGraph({
      ...records,
      id: "s",
      takenAt: "2026-11-20T08:00:00Z",
      asOf: "2026-11-20T08:00:00Z",
    } as unknown as Snapshot),
  )(repository)?.protections;

describe("rulesets of an organization that does not show them", () => {
  test("are those that repositories which may mint tokens inherit, each read once, with bypass unknown", async () => {
    const opened = await openSample();
    const records = await collectRefused(opened, REFUSED);
    const found = records.policies.filter(({ id }) => id === `${T}:ruleset-501`);
    expect(found).toMatchObject([{ holderId: T, name: "gate", document: { known: true } }]);
    const text = found[0]?.document.known === true ? found[0].document.value : "{}";
    expect(JSON.parse(text) as Protection).toMatchObject({
      level: "organization",
      repositories: { include: ["payments-api", "web"], exclude: [], ids: null, byProperty: false },
      rules: [{ kind: "update", bypass: { known: false } }],
    });
    expect(opened.fake.requests.filter((one) => one.endsWith("/rulesets/501"))).toHaveLength(1);
    expect(opened.fake.requests.filter((one) => one.endsWith("/rulesets")).sort()).toEqual([
      "GET /orgs/acme-sample/rulesets",
      "GET /repos/acme-sample/payments-api/rulesets",
      "GET /repos/acme-sample/web/rulesets",
    ]);
    expect(coverageOf(records, "ruleset")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("rulesets of the organization: the token lacks"),
    });
  });

  test("are known layers of those repositories, and unknown of all others", async () => {
    const records = await collectRefused(await openSample(), REFUSED);
    const names = (id: string): unknown => {
      const protections = controlsIn(records, id);
      return protections?.known === true ? protections.value.map(({ name }) => name) : protections?.why;
    };
    expect(names(WEB)).toEqual(["main", "gate"]);
    expect(names(PAYMENTS)).toEqual(["main", "release/*", "gate"]);
    expect(names(DESIGN)).toBe("rulesets of the organization were not read");
  });

  test("stay unread where repositories do not tell either", async () => {
    const records = await collectRefused(await openSample(), { ...REFUSED, ...LISTS });
    expect(coverageOf(records, "ruleset")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("the token lacks"),
    });
    for (const id of [WEB, PAYMENTS, DESIGN]) expect(controlsIn(records, id)?.known, id).toBe(false);
  });

  test("of a repository that alone does not tell are unknown there", async () => {
    const lists = { "/repos/acme-sample/payments-api/rulesets": { message: "no" } };
    const records = await collectRefused(await openSample(), { ...REFUSED, ...lists });
    expect([WEB, PAYMENTS, DESIGN].map((id) => controlsIn(records, id)?.known)).toEqual([true, false, false]);
  });

  test("read back from the recording the same", async () => {
    const folder = await temporaryFolder();
    const live = await collectRefused(await openSample(folder), REFUSED);
    const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
    const recorded = await collectAll(again);
    const those = ({ policies }: SnapshotRecords) => policies.filter(({ kind }) => kind === "ruleset");
    expect(those(recorded)).toEqual(those(live));
    expect(coverageOf(recorded, "ruleset")).toEqual(coverageOf(live, "ruleset"));
  });
});
