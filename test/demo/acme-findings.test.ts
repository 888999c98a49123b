import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RULES } from "../../src/analyse/rules/index.ts";
import { chokePointsIn } from "../../src/app/choke-points.ts";
import { Escalation } from "../../src/graph/escalation/escalation.ts";
import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import type { Finding } from "../../src/model/finding.ts";
import { DECOYS as COMPANY_DECOYS, type Edit } from "./decoys.ts";
import { GITHUB_DECOYS } from "./decoys-github.ts";
import { NOT_IN_SAMPLE } from "./not-in-sample.ts";
import { readSample, SAMPLE, type ReadSample } from "./read-sample.ts";

const DECOYS = [...COMPANY_DECOYS, ...GITHUB_DECOYS];

let sample: ReadSample;
beforeAll(async () => void (sample = await readSample()));

/** Every name by which somebody would say what a finding is about. */
function namesOf({ subject, credential }: Finding, { graph }: ReadSample): string[] {
  const key = graph.credential(credential?.id ?? subject.id);
  const holder = graph.principal(key?.holderId ?? "");
  return [
    subject.id,
    subject.displayName,
    subject.locator,
    key?.nativeId,
    key?.displayHint,
    holder?.displayName,
  ].filter((name) => name !== undefined);
}

const isFound = (thing: string, rule: string, read: ReadSample): boolean =>
  read.analysis.findings.some((finding) => finding.rule === rule && namesOf(finding, read).includes(thing));

/**
 * What nobody can tell from the sample, by rule: who may move the main branch of `network`, when an app that the log does not name was last used, when the
 * owner of the enterprise was, and what the address is of somebody who was invited by login.
 */
const UNDECIDED: Readonly<Record<string, number>> = {
  "push-to-admin": 1,
  "stale-app": 1,
  "dormant-member": 1,
  "invitation-outside-domains": 1,
};

/** Rules about the one organization there is: whatever it examines is found. */
const ABOUT_ALL = new Set([
  "organization-owner-count",
  "unsigned-commits",
  "members-create-public-repositories",
  "members-create-teams",
  "members-delete-repositories",
  "organization-not-verified",
  "ip-allow-list-off",
]);

describe("every rule has a true case in the sample", () => {
  test.each(RULES.filter(({ id }) => !(id in NOT_IN_SAMPLE)).map(({ id }) => [id]))("%s", (id) => {
    const rule = sample.analysis.rules.find((one) => one.id === id);
    expect(rule).toMatchObject({ state: "evaluated", undecided: UNDECIDED[id] ?? 0 });
    expect(rule?.found).toBeGreaterThan(0);
    // A case among others: a rule that reports whatever it examines would pass the line above.
    if (!ABOUT_ALL.has(id)) expect(rule?.examined).toBeGreaterThan(rule?.found ?? 0);
    expect(sample.analysis.findings.filter(({ rule: of }) => of === id).length).toBe(rule?.found);
  });

  test("but for those that the same company cannot show beside the others", () => {
    for (const id of Object.keys(NOT_IN_SAMPLE))
      expect(sample.analysis.findings.filter(({ rule }) => rule === id)).toEqual([]);
  });

  test("and a person can read them all: 40 to 160 findings, few of them critical", () => {
    const { findings } = sample.analysis;
    expect(findings.length).toBeGreaterThanOrEqual(40);
    expect(findings.length).toBeLessThanOrEqual(160);
    expect(findings.filter(({ severity }) => severity === "critical").length).toBeLessThanOrEqual(5);
    for (const severity of ["critical", "high", "medium", "low"]) {
      expect(findings.map((finding) => finding.severity)).toContain(severity);
    }
  });
});

describe("who can become what in the sample", () => {
  const found = (rule: string, thing: string): Finding | undefined =>
    sample.analysis.findings.find((finding) => finding.rule === rule && namesOf(finding, sample).includes(thing));

  test.each([
    ["one hop", "escalation-to-admin", "oz.promiset", ["lambda-003"], "with the role `nightly-report`"],
    [
      "two hops",
      "escalation-to-admin",
      "cal.iterato",
      ["sts-001", "lambda-001"],
      "assumes the role `build-runner`, then",
    ],
    [
      "under a condition",
      "conditional-escalation-to-admin",
      "sue.corge",
      ["sts-001", "iam-005"],
      "under a condition on `aws:MultiFactorAuthPresent`",
    ],
    [
      "by two policies together",
      "admin-in-effect",
      "pam.asynca",
      [],
      "the policies `build-anything` and `look-after-people` together",
    ],
  ])("%s", (_name, rule, thing, techniques, says) => {
    const finding = found(rule, thing);
    expect(finding?.summary).toContain(says);
    const held = ["member-of", "assigned", "granted"];
    expect(finding?.path?.map(({ technique }) => technique.id).filter((id) => !held.includes(id))).toEqual(techniques);
  });

  test("a vendor's tenant is named, and so is who can become many", () => {
    expect(found("trust-without-external-id", "vendor-monitoring")?.summary).toContain("`464622532012` (Datadog)");
    expect(found("wide-blast-radius", "joy.testwell")?.summary).toMatch(/can become 13 other principals \(\d+ %\)/);
  });

  test("one grant cuts most ways to administration, and four cut all of them, those of GitHub too", async () => {
    const escalation = new Escalation(sample.graph, await loadActionTable());
    const { tenants } = chokePointsIn(sample.graph, escalation);
    const coming = escalation.admins().admins.filter(({ how, state }) => how === "path" && state === "yes").length;
    expect(tenants.map(({ tenantName }) => tenantName)).toEqual(["acme-production"]);
    expect(tenants[0]).toMatchObject({ escalating: coming, exact: true, cannotCut: false });
    expect(tenants[0]?.removals.length).toBe(4);
    expect(tenants[0]?.ranking.slice(0, 2)).toMatchObject([
      { grant: { holder: "token.actions.githubusercontent.com", access: "assume role github-infrastructure" } },
      { grant: { holder: "nightly-report", access: "policy AdministratorAccess" }, cutsOff: 4 },
    ]);
  });
});

describe("what looks bad and is not", () => {
  let folder: string;
  let bare: ReadSample;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "leastwise-decoys-"));
    cpSync(SAMPLE, folder, { recursive: true });
    // Some decoys share an excuse: it is taken away once.
    const edits = new Map(DECOYS.flatMap(({ excuse }) => excuse).map((edit) => [edit.join("|"), edit]));
    for (const edit of edits.values()) take(edit, folder);
    bare = await readSample(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(DECOYS.map((decoy) => [decoy.thing, decoy.rule, decoy.why, decoy] as const))(
    "%s is not reported by %s: %s",
    (_thing, _rule, _why, { thing, rule, excuse }) => {
      expect(exists(thing, sample), `${thing} is in the sample`).toBe(true);
      expect(isFound(thing, rule, sample)).toBe(false);
      if (excuse.length > 0) expect(isFound(thing, rule, bare), "without its excuse it is").toBe(true);
    },
  );
});

/** Makes one edit; each must find something to change, else the sample has moved on from its decoy. */
function take([file, what, becomes]: Edit, folder: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(what, becomes);
  if (after === before) throw new Error(`${file} has no ${String(what)}`);
  writeFileSync(path, after);
}

function exists(thing: string, { graph }: ReadSample): boolean {
  const { principals, credentials, resources } = graph.snapshot;
  return [
    ...[...principals, ...resources].flatMap(({ id, displayName, locator }) => [id, displayName, locator]),
    ...credentials.flatMap(({ nativeId, displayHint }) => [nativeId, displayHint]),
  ].includes(thing);
}
