import { beforeAll, describe, expect, test } from "vitest";
import { shownBy, type Filed } from "../../src/graph/shown-by.ts";
import type { RecordKind } from "../../src/model/coverage.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { readSample } from "../demo/read-sample.ts";

const T = "github:O_1";
const R = `${T}:R_1`;
const USER = `${T}:U_1`;

interface Case {
  readonly name: string;
  readonly table: Filed["table"];
  readonly row: Readonly<Record<string, unknown>>;
  readonly kinds: readonly RecordKind[];
}

const grant = (kind: string, entitlementId: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  kind,
  entitlementId,
  principalId: USER,
  governedElsewhere: false,
  ...more,
});

const CASES: readonly Case[] = [
  {
    name: "somebody invited to a repository",
    table: "principals",
    row: { nativeType: "invited-collaborator" },
    kinds: ["repository-invitation"],
  },
  {
    name: "somebody invited to the organization",
    table: "principals",
    row: { nativeType: "invited" },
    kinds: ["invitation"],
  },
  {
    name: "a team of the enterprise",
    table: "principals",
    row: { nativeType: "enterprise-team" },
    kinds: ["enterprise-team"],
  },
  {
    name: "somebody of the enterprise alone",
    table: "principals",
    row: { nativeType: "enterprise-member" },
    kinds: ["enterprise-role"],
  },
  {
    name: "somebody who is only mentioned",
    table: "principals",
    row: { nativeType: "collaborator" },
    kinds: ["collaborator"],
  },
  {
    name: "a seat",
    table: "entitlements",
    row: { kind: "seat", id: `${T}#copilot-seat`, targetId: T },
    kinds: ["copilot-seat"],
  },
  {
    name: "the role everybody has",
    table: "entitlements",
    row: { kind: "organization-role", id: `${T}#organization-role/member`, targetId: T },
    kinds: ["member"],
  },
  {
    name: "a role of the organization",
    table: "entitlements",
    row: { kind: "organization-role", id: `${T}#organization-role/9`, targetId: `${T}/organization-role/9` },
    kinds: ["organization-role"],
  },
  {
    name: "use of a group of runners",
    table: "entitlements",
    row: { kind: "use", id: `${T}:runner-group-2#use`, targetId: `${T}:runner-group-2` },
    kinds: ["runner"],
  },
  {
    name: "use of the organization's secret",
    table: "entitlements",
    row: { kind: "use", id: `${T}/secret/actions/A#use`, targetId: `${T}/secret/actions/A` },
    kinds: ["secret"],
  },
  {
    name: "a seat that somebody has",
    table: "grants",
    row: grant("seat", `${T}#copilot-seat`),
    kinds: ["copilot-seat"],
  },
  {
    name: "a role of the organization that somebody has",
    table: "grants",
    row: grant("organization-role", `${T}#organization-role/9`),
    kinds: ["organization-role"],
  },
  {
    name: "a repository that may use a variable",
    table: "grants",
    row: grant("selection", `${T}/variable/actions/A#use`, { principalId: R }),
    kinds: ["variable"],
  },
  {
    name: "a repository that an app was opened to",
    table: "grants",
    row: grant("selection", `${R}#selection`, { principalId: `${T}:installation-3` }),
    kinds: ["app-installation", "installation-repository"],
  },
  {
    name: "a repository that a token was opened to",
    table: "grants",
    row: grant("selection", `${R}#selection`, { principalId: `${T}:token-3` }),
    kinds: ["fine-grained-token", "token-repository"],
  },
  {
    name: "an invitation to a repository",
    table: "grants",
    row: grant("invitation", `${R}#repository-role/write`),
    kinds: ["repository", "repository-invitation"],
  },
  {
    name: "an invitation to the organization",
    table: "grants",
    row: grant("invitation", `${T}#organization-role/member`),
    kinds: ["invitation"],
  },
  { name: "a member of a team", table: "grants", row: grant("membership", `${T}:T_1#membership`), kinds: ["team"] },
  {
    name: "a member of a team that the enterprise fills",
    table: "grants",
    row: grant("membership", `${T}:T_1#membership`, { governedElsewhere: true }),
    kinds: ["team", "enterprise-team"],
  },
  {
    name: "the organization's secret",
    table: "resources",
    row: { kind: "secret", id: `${T}/secret/actions/A` },
    kinds: ["secret"],
  },
  {
    name: "a repository's variable",
    table: "resources",
    row: { kind: "variable", id: `${R}/variable/actions/A` },
    kinds: ["repository", "variable"],
  },
  {
    name: "an environment's secret",
    table: "resources",
    row: { kind: "secret", id: `${R}/environment/production/secret/A` },
    kinds: ["repository", "environment", "secret"],
  },
  { name: "a runner", table: "resources", row: { kind: "runner", id: `${T}:runner-1` }, kinds: ["runner"] },
  {
    name: "a group of runners",
    table: "resources",
    row: { kind: "runner-group", id: `${T}:runner-group-1` },
    kinds: ["runner"],
  },
  {
    name: "the organization's webhook",
    table: "resources",
    row: { kind: "webhook", id: `${T}:hook-1` },
    kinds: ["webhook"],
  },
  {
    name: "a repository's webhook",
    table: "resources",
    row: { kind: "webhook", id: `${R}:hook-1` },
    kinds: ["repository", "webhook"],
  },
  {
    name: "an address of the allow list",
    table: "resources",
    row: { kind: "ip-allow-list-entry", id: `${T}:IALE_1` },
    kinds: ["ip-allow-list"],
  },
  { name: "the organization's ruleset", table: "policies", row: { kind: "ruleset", holderId: T }, kinds: ["ruleset"] },
  {
    name: "a repository's environment",
    table: "policies",
    row: { kind: "environment", holderId: R },
    kinds: ["repository", "environment"],
  },
  {
    name: "a custom role",
    table: "policies",
    row: { kind: "repository-role", holderId: T },
    kinds: ["custom-repository-role"],
  },
];

describe("what shows a record of GitHub", () => {
  test.each(CASES)("$name", ({ table, row, kinds }) => {
    expect(shownBy({ table, row: { system: "github", tenantId: T, id: USER, ...row } } as unknown as Filed)).toEqual(
      kinds,
    );
  });

  let snapshot: Snapshot;
  beforeAll(async () => void ({ snapshot } = (await readSample()).graph));

  test.each(["principals", "credentials", "entitlements", "grants", "policies", "resources"] as const)(
    "is a list that was read, for all of the %s of the sample",
    (table) => {
      const rows = snapshot[table].filter(({ system }) => system === "github");
      const covered = new Set(
        snapshot.coverage.filter(({ tenantId }) => tenantId.startsWith("github:")).map(({ kind }) => kind),
      );
      const unshown = rows.filter((row) => shownBy({ table, row } as Filed).some((kind) => !covered.has(kind)));
      expect(rows.length).toBeGreaterThan(0);
      expect(unshown.map(({ id }) => id)).toEqual([]);
    },
  );
});
