import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { allOperations } from "../../src/app/revoke-plan.ts";
import { rehearsalGround, rehearse, undoRehearsed } from "../../src/app/revoke-rehearse.ts";
import type { ConnectorEnvironment } from "../../src/contracts/connector.ts";
import { buildGraph } from "../../src/graph/build-graph.ts";
import type { AccessGraph } from "../../src/graph/access-graph.ts";
import { planRevocations, type Wanted } from "../../src/revoke/plan.ts";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { ACME, testWorld } from "../cli/run-cli.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { HandClock } from "./fake-provider.ts";

const MOMENT = { asOf: "2026-11-20T08:00:00Z", asOfSource: "recording" } as const;
const PRODUCTION = "222233334444";

/** A working copy of the sample, its graph, and a data directory. */
async function ground(change: (path: string) => Promise<void> = async () => {}) {
  const clock = new HandClock("2026-11-20T09:00:00Z");
  const world = testWorld(clock);
  const environment: ConnectorEnvironment = {
    clock,
    secrets: world.secrets,
    log: { progress: () => {}, warn: () => {} },
  };
  const data = await openDataDirectory(await temporaryFolder(), { clock });
  const copy = await rehearsalGround(world, environment, ACME, MOMENT);
  onTestFinished(async () => {
    await data.close();
    await world.files.remove(copy.path);
  });
  await change(copy.path);
  const graph = buildGraph(await copy.read());
  const plan = (subjectKind: Wanted["subjectKind"], subjectId: string) =>
    planRevocations(
      graph,
      [
        {
          subjectKind,
          subjectId,
          campaignId: null,
          decisionId: null,
          findingId: "finding-1",
          outcome: "revoke",
          reason: "test",
          noticeDays: 0,
        },
      ],
      allOperations(world),
      clock.now(),
    ).revocations;
  const keys = async () =>
    JSON.parse(await readFile(join(copy.path, `aws/${PRODUCTION}/access-keys.json`), "utf8")) as Record<
      string,
      { AccessKeyId: string; Status: string }[]
    >;
  return { world, environment, data, copy, graph, plan, keys, clock };
}

/** Somebody in a group, who then gets the group's policy directly as well. */
const TWICE = { user: "", policy: "" };

async function holdTwice(path: string): Promise<void> {
  const file = join(path, `aws/${PRODUCTION}/account-authorization-details.json`);
  type Holder = {
    UserName?: string;
    GroupName?: string;
    GroupList?: string[];
    AttachedManagedPolicies?: { PolicyName: string; PolicyArn: string }[];
  };
  const sweep = JSON.parse(await readFile(file, "utf8")) as { UserDetailList: Holder[]; GroupDetailList: Holder[] };
  for (const user of sweep.UserDetailList) {
    const policy = sweep.GroupDetailList.find(
      ({ GroupName }) => GroupName !== undefined && user.GroupList?.includes(GroupName) === true,
    )?.AttachedManagedPolicies?.[0];
    if (policy === undefined || user.UserName === undefined) continue;
    user.AttachedManagedPolicies = [...(user.AttachedManagedPolicies ?? []), policy];
    Object.assign(TWICE, { user: user.UserName, policy: policy.PolicyName });
    return writeFile(file, JSON.stringify(sweep));
  }
  throw new Error("the sample has nobody in a group with a policy");
}

/** The credential whose id ends like that. */
function credential(graph: AccessGraph, nativeId: string): string {
  const found = graph.snapshot.credentials.find((one) => one.nativeId === nativeId);
  if (found === undefined) throw new Error(`the sample has no ${nativeId}`);
  return found.id;
}

describe("a rehearsal on the sample", () => {
  test("two keys, one stale: only the stale one is ever touched, in the files as well", async () => {
    const { world, data, copy, graph, plan, keys, clock } = await ground();
    const [stale, fresh] = ["AKIASAMPLE2000000016", "AKIASAMPLE2000000017"];
    const before = await keys();
    expect(before["ci-web"]?.map(({ AccessKeyId, Status }) => [AccessKeyId, Status])).toEqual([
      [stale, "Active"],
      [fresh, "Active"],
    ]);

    const planned = plan("credential", credential(graph, stale));
    const rehearsal = await rehearse(world, data, DEFAULT_SETTINGS, copy, planned);
    expect(
      rehearsal.rehearsed.map(({ revocation, verification }) => [
        revocation.operation,
        revocation.state,
        verification?.passed,
        verification?.simulated,
      ]),
    ).toEqual([["aws/deactivate-access-key", "executed", true, true]]);
    const after = await keys();
    expect(after["ci-web"]?.map(({ AccessKeyId, Status }) => [AccessKeyId, Status])).toEqual([
      [stale, "Inactive"],
      [fresh, "Active"],
    ]);
    const { "ci-web": touched, ...others } = after;
    expect(touched).toBeDefined();
    expect({ ...others, "ci-web": before["ci-web"] }).toEqual(before);
    expect(rehearsal.gone.length).toBeGreaterThan(0);
    const subjects = rehearsal.before.findings
      .filter(({ id }) => rehearsal.gone.includes(id))
      .map(({ credential: key, subject }) => key?.id ?? subject.id);
    expect(subjects.filter((id) => id.endsWith(fresh))).toEqual([]);

    clock.at = "2026-11-20T10:00:00Z";
    const [revocation] = planned;
    if (revocation === undefined) throw new Error("nothing was planned");
    expect(await undoRehearsed(world, data, copy, revocation)).toMatchObject({
      back: true,
      undone: { revocation: { state: "undone", simulated: true } },
    });
    expect(await keys()).toEqual(before);
  });

  test("evaluates again and says what would be gone, and changes nothing of what it copied", async () => {
    const { world, data, copy, graph, plan } = await ground();
    const original = await readFile(join(ACME, `aws/${PRODUCTION}/account-authorization-details.json`), "utf8");
    const grant = graph.snapshot.grants.find(
      (one) =>
        one.kind === "attachment" &&
        one.tenantId === `aws:${PRODUCTION}` &&
        graph.principal(one.principalId)?.kind === "user",
    );
    if (grant === undefined) throw new Error("the sample has no policy on a user");
    const rehearsal = await rehearse(world, data, DEFAULT_SETTINGS, copy, plan("grant", grant.id));
    expect(rehearsal.rehearsed.map(({ verification }) => verification?.passed)).toEqual([true]);
    expect(buildGraph(await copy.read()).grant(grant.id)).toBeUndefined();
    expect(rehearsal.before.findings.length - rehearsal.gone.length + rehearsal.appeared.length).toBe(
      rehearsal.after.findings.length,
    );
    expect(await readFile(join(ACME, `aws/${PRODUCTION}/account-authorization-details.json`), "utf8")).toBe(original);
    // Nothing of it moves a stored revocation or counts as proof.
    expect(await data.state.list("revocation")).toEqual([]);
    expect((await data.state.list("verification")).every(({ simulated }) => simulated)).toBe(true);
  });

  test("names the grants through which the same access would still be held", async () => {
    const { world, data, copy, graph, plan } = await ground(holdTwice);
    const user = graph.find(`arn:aws:iam::${PRODUCTION}:user/${TWICE.user}`)[0]?.id ?? "";
    const twice = graph
      .holdingsOf(user)
      .find(
        ({ via, entitlementId }) =>
          via.length === 0 && graph.entitlement(entitlementId)?.displayName.includes(TWICE.policy),
      );
    if (twice === undefined) throw new Error(`${TWICE.user} does not hold ${TWICE.policy} directly`);
    const other = graph
      .holdingsOf(twice.principalId)
      .filter((one) => one.entitlementId === twice.entitlementId && one.id !== twice.id);
    const rehearsal = await rehearse(world, data, DEFAULT_SETTINGS, copy, plan("grant", twice.id));
    expect(other.length).toBe(1);
    expect(rehearsal.rehearsed.map(({ remainingGrants }) => remainingGrants)).toEqual([other.map(({ id }) => id)]);
  });

  test("the guards stand in a rehearsal too", async () => {
    const { world, data, copy, graph, plan, keys } = await ground();
    const settings = { ...DEFAULT_SETTINGS, revoke: { ...DEFAULT_SETTINGS.revoke, protected: ["ci-web"] } };
    const before = await keys();
    const rehearsal = await rehearse(
      world,
      data,
      settings,
      copy,
      plan("credential", credential(graph, "AKIASAMPLE2000000016")),
    );
    expect([rehearsal.rehearsed, rehearsal.stopped.map(({ why }) => why), rehearsal.gone]).toEqual([
      [],
      ["it is on the protected list: `ci-web`"],
      [],
    ]);
    expect(await keys()).toEqual(before);
  });

  test("what was not rehearsed cannot be undone", async () => {
    const { world, data, copy, graph, plan } = await ground();
    const [revocation] = plan("credential", credential(graph, "AKIASAMPLE2000000016"));
    if (revocation === undefined) throw new Error("nothing was planned");
    await expect(undoRehearsed(world, data, copy, revocation)).rejects.toMatchObject({
      kind: "settings",
      code: "nothing-to-undo",
    });
  });
});
