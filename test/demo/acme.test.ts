import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { connectors } from "../../connectors/index.ts";
import { analyse, type Analysis } from "../../src/analyse/run-rules.ts";
import { RULES } from "../../src/analyse/rules/index.ts";
import { mergeRecords } from "../../src/collect/merge-records.ts";
import { buildGraph } from "../../src/graph/build-graph.ts";
import { DEFAULT_THRESHOLDS } from "../../src/model/thresholds.ts";
import { acmeFiles } from "../tools/make-acme.ts";

const FOLDER = "src/demo/acme";
const NOW = "2026-11-20T08:00:00Z";

/** Things that look bad and are not: who, the rule that must stay silent, and why. */
const DECOYS: readonly (readonly [who: string, rule: string, why: string])[] = [
  ["nia.sitamet", "direct-admin-policy", "allows everything, but the same policy denies IAM, STS and Organizations"],
  ["mo.dolor", "direct-admin-policy", "has AdministratorAccess, but a boundary that only reads data"],
  ["abe.metasyn", "admin-by-grant", "may do everything in the sandbox, but an SCP denies IAM there"],
  ["experiment-runner", "direct-admin-policy", "allows everything inline, but its boundary does not"],
  ["vic.waldo", "idle-access-key", "its key was used 44 days ago, a day inside the limit"],
  ["yan.xyzzy", "leaver-has-access", "left, but nothing signs in as this user any more"],
  ["vendor-billing", "trust-without-external-id", "a foreign tenant with an external id"],
  ["org-inventory", "wildcard-trust", "everyone, but only of the own organization"],
  ["github-release", "oidc-trust-without-subject", "names the branch whose tokens it takes"],
  ["brand-new", "idle-role", "was made ten days ago"],
  ["AWSServiceRoleForSupport", "idle-role", "belongs to AWS"],
  ["kai.lorem", "access-without-approval", "an administrator with an approval that still holds"],
  ["sample-ci", "overbroad-app", "reads everything, writes nothing that matters"],
  ["backup-agent", "machine-without-technical-owner", "the identity map names who answers for it"],
];

describe("the sample company", () => {
  let analysis: Analysis;
  let nameOf: (id: string) => string;
  beforeAll(async () => {
    const environment = { clock: { now: () => NOW }, secrets: { read: () => undefined }, log: { progress() {}, warn() {} } };
    const parts = [];
    for (const connector of connectors) {
      const session = await connector.open({ mode: "recorded", path: FOLDER, workingCopy: false }, environment);
      for (const step of session.steps) parts.push((await session.run(step)).records);
    }
    const graph = buildGraph({ ...mergeRecords(parts), asOf: NOW, asOfSource: "recording" });
    analysis = analyse(graph, { thresholds: DEFAULT_THRESHOLDS, now: NOW });
    nameOf = (id) => {
      const credential = graph.credential(id);
      return graph.principal(credential?.holderId ?? id)?.displayName ?? id;
    };
  });

  test("is what its generator writes", () => {
    const written = new Map(readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [relative(FOLDER, join(entry.parentPath, entry.name)), readFileSync(join(entry.parentPath, entry.name), "utf8")]));
    expect([...written.keys()].sort()).toEqual([...acmeFiles().keys()].sort());
    for (const [path, text] of acmeFiles()) expect(written.get(path), path).toBe(text);
  });

  test.each(RULES.map(({ id }) => [id]))("%s is evaluated and finds something", (id) => {
    expect(analysis.rules.find((rule) => rule.id === id)).toMatchObject({ state: "evaluated", found: expect.any(Number) });
    expect(analysis.findings.some((finding) => finding.rule === id)).toBe(true);
  });

  test.each(DECOYS)("%s is not reported by %s: %s", (who, rule) => {
    expect(analysis.findings.filter((finding) => finding.rule === rule).map((finding) => nameOf(finding.subject.id))).not.toContain(who);
  });

  test("stays of a size a person reads", () => {
    expect(analysis.findings.length).toBeGreaterThan(50);
    expect(analysis.findings.length).toBeLessThan(130);
  });

  test("holds nothing that looks like a secret", () => {
    for (const [path, text] of acmeFiles()) expect(text, path).not.toMatch(/gh[pousr]_[A-Za-z0-9]{20}|github_pat_|-----BEGIN|"SecretAccessKey"|AKIA(?!SAMPLE)[A-Z0-9]{16}/);
  });
});
