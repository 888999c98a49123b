import { describe, expect, test } from "vitest";
import { diffSnapshots } from "../../src/graph/diff.ts";
import type { CoverageState, RecordKind } from "../../src/model/coverage.ts";
import type { Credential } from "../../src/model/credential.ts";
import { known, unknown } from "../../src/model/observed.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { allow, daysAgo, document, Given } from "../analyse/given.ts";

const base = (): Given => {
  const given = new Given();
  given.attach(given.user("u"), "Read", document(allow("s3:Get*")));
  return given;
};

describe("what changed between two snapshots", () => {
  test("nothing, when nothing did, and a newer last use is no change", () => {
    const [before, after] = [base(), base()];
    before.credential("access-key", "k", "aws:111122223333:u", { lastUsedAt: known(daysAgo(9)) });
    after.credential("access-key", "k", "aws:111122223333:u", { lastUsedAt: known(daysAgo(1)) });
    expect(diffSnapshots(before.snapshot(), after.snapshot())).toEqual({ changes: [], coverage: [] });
  });

  test("a new grant is added, by the name people know", () => {
    const after = base();
    after.inline(after.records.principals[0] ?? after.user("x"), "more", document(allow("s3:*")));
    const { changes } = diffSnapshots(base().snapshot(), after.snapshot());
    expect(changes.filter(({ table }) => table === "grants")).toMatchObject([
      { change: "added", name: "u: inline policy more" },
    ]);
  });

  test("a changed document is a changed policy", () => {
    const after = new Given();
    after.attach(after.user("u"), "Read", document(allow("*")));
    expect(diffSnapshots(base().snapshot(), after.snapshot()).changes).toMatchObject([
      { table: "policies", change: "changed", fields: ["document"] },
    ]);
  });

  test("what is gone was removed", () => {
    const before = base();
    before.user("gone");
    expect(diffSnapshots(before.snapshot(), base().snapshot()).changes).toMatchObject([
      { table: "principals", change: "removed", name: "arn:aws:iam::111122223333:user/gone" },
    ]);
  });

  test("what is gone together with its coverage is not visible, not removed", () => {
    const before = base();
    before.user("gone");
    const { changes, coverage } = diffSnapshots(
      before.snapshot(),
      base().cannotRead("principal", "denied", "refused").snapshot(),
    );
    expect(changes).toMatchObject([{ change: "not-visible" }]);
    expect(coverage).toEqual([
      { tenantId: "aws:111122223333", kind: "principal", step: null, before: "complete", after: "denied" },
    ]);
  });

  test("a gap elsewhere hides nothing: whoever is missing from a complete list was removed", () => {
    const before = base();
    before.user("gone");
    const { changes } = diffSnapshots(
      before.snapshot(),
      base().cannotRead("password-policy").cannotRead("access-key").snapshot(),
    );
    expect(changes).toMatchObject([{ table: "principals", change: "removed", certain: true }]);
  });

  test.each<[kind: RecordKind, given: (g: Given) => unknown, table: string]>([
    ["access-key", (g) => g.credential("access-key", "k", "aws:111122223333:u"), "credentials"],
    ["second-factor", (g) => g.credential("mfa-device", "k", "aws:111122223333:u"), "credentials"],
    ["deploy-key", (g) => g.credential("deploy-key", "k", "github:O_1:R_web"), "credentials"],
    ["repository", (g) => g.credential("deploy-key", "k", "github:O_1:R_web"), "credentials"],
    ["member", (g) => g.member("m"), "principals"],
    ["outside-collaborator", (g) => g.outsider("m"), "principals"],
    ["app-installation", (g) => g.app("m", {}), "principals"],
    ["repository", (g) => g.repository("web"), "resources"],
    ["policy", (g) => g.policy("aws:111122223333:P", document(allow("*"))), "policies"],
    ["organization", (g) => g.policy("aws:111122223333:P", document(allow("*")), { kind: "scp" }), "policies"],
  ])("without %s its records are not visible, and removed where only others are missing", (kind, add, table) => {
    const before = base();
    add(before);
    const hidden = diffSnapshots(before.snapshot(), base().cannotRead(kind, "partial", "cut").snapshot()).changes;
    expect(hidden).toMatchObject([{ table, change: "not-visible", certain: false }]);
    expect(
      diffSnapshots(
        before.snapshot(),
        base().cannotRead("server-certificate").cannotRead("activity").cannotRead("password-policy").snapshot(),
      ).changes,
    ).toMatchObject([{ table, change: "removed" }]);
  });

  describe("where several steps answer for one kind", () => {
    /** Coverage by several steps, in place of the one row that stands for all. */
    const answered = (given: Given, kind: RecordKind, steps: Readonly<Record<string, CoverageState>>): Snapshot => {
      const snapshot = given.snapshot();
      const rows = Object.entries(steps).map(([step, state]) => ({
        tenantId: "aws:111122223333",
        kind,
        step,
        state,
        reason: null,
        items: 0,
      }));
      return { ...snapshot, coverage: [...snapshot.coverage.filter((row) => row.kind !== kind), ...rows] };
    };
    const withKey = (kind: Credential["kind"], more: Partial<Credential> = {}): Given => {
      const given = base();
      given.credential(kind, "k", more.holderId ?? "aws:111122223333:u", more);
      return given;
    };

    test("a device is only removed when the devices were listed: the report says who has one, not which", () => {
      const before = answered(withKey("mfa-device"), "second-factor", {
        "mfa-devices": "complete",
        "credential-report": "complete",
      });
      const { changes, coverage } = diffSnapshots(
        before,
        answered(base(), "second-factor", { "mfa-devices": "skipped", "credential-report": "complete" }),
      );
      expect(changes).toMatchObject([{ change: "not-visible", certain: false }]);
      expect(coverage).toEqual([
        {
          tenantId: "aws:111122223333",
          kind: "second-factor",
          step: "mfa-devices",
          before: "complete",
          after: "skipped",
        },
      ]);
      const gone = answered(base(), "second-factor", { "mfa-devices": "complete", "credential-report": "skipped" });
      expect(diffSnapshots(before, gone).changes).toMatchObject([{ change: "removed", certain: true }]);
      expect(diffSnapshots(gone, before).changes).toMatchObject([{ change: "added", certain: true }]);
    });

    test("a key of the report is not removed because keys now come with their ids, nor the other way round", () => {
      const report = { attributes: { fromCredentialReport: true } };
      const counted = answered(withKey("access-key", report), "access-key", { "credential-report": "complete" });
      const listed = answered(withKey("access-key"), "access-key", { "access-keys": "complete" });
      const [empty, unlisted] = [
        answered(base(), "access-key", { "access-keys": "complete" }),
        answered(base(), "access-key", { "credential-report": "complete" }),
      ];
      expect(diffSnapshots(counted, empty).changes).toMatchObject([{ change: "not-visible" }]);
      expect(diffSnapshots(listed, unlisted).changes).toMatchObject([{ change: "not-visible" }]);
      expect(diffSnapshots(unlisted, listed).changes).toMatchObject([{ change: "added", certain: false }]);
      expect(diffSnapshots(listed, empty).changes).toMatchObject([{ change: "removed" }]);
    });

    test("a password is told by either step", () => {
      const before = answered(withKey("console-password"), "console-password", { "login-profiles": "complete" });
      const after = answered(base(), "console-password", { "credential-report": "complete" });
      expect(diffSnapshots(before, after).changes).toMatchObject([{ change: "removed", certain: true }]);
    });

    test("a key of root is shown beside root, not in the list of access keys", () => {
      const before = withKey("access-key", { holderId: "aws:111122223333:root" });
      const seen = answered(before, "root", { "credential-report": "complete" });
      const unread = answered(base(), "root", { "credential-report": "skipped" });
      expect(diffSnapshots(seen, unread).changes).toMatchObject([{ change: "not-visible" }]);
      const read = answered(base(), "root", { "credential-report": "complete" });
      expect(diffSnapshots(seen, read).changes).toMatchObject([{ change: "removed" }]);
    });
  });

  test.each<[kind: Credential["kind"], hint: string, name: string]>([
    ["console-password", "console password", "u: console password"],
    ["access-key", "key 1", "u: access key 1"],
    ["access-key", "…2X7Q", "u: access key …2X7Q"],
  ])("a credential (%s %s) is named with its holder", (kind, displayHint, name) => {
    const after = base();
    after.credential(kind, "k", "aws:111122223333:u", { displayHint });
    expect(diffSnapshots(base().snapshot(), after.snapshot()).changes).toMatchObject([{ change: "added", name }]);
  });

  test("a gap in another tenant hides nothing here, but Identity Center speaks of every tenant", () => {
    const elsewhere = (state: CoverageState) =>
      (["principal", "identity-center"] as const).map((kind) => ({
        tenantId: "aws:444455556666",
        kind,
        step: "given",
        state,
        reason: null,
        items: 0,
      }));
    const before = base();
    before.user("gone");
    before.role("set", { nativeType: "permission-set" });
    const [whole, cut] = [before.snapshot(), base().snapshot()];
    const { changes } = diffSnapshots(
      { ...whole, coverage: [...whole.coverage, ...elsewhere("complete")] },
      { ...cut, coverage: [...cut.coverage, ...elsewhere("denied")] },
    );
    expect(changes.filter(({ table }) => table === "principals")).toMatchObject([
      { id: "aws:111122223333:gone", change: "removed" },
      { id: "aws:111122223333:set", change: "not-visible" },
    ]);
  });

  test("what appears together with its coverage may be older", () => {
    const after = base();
    after.user("seen");
    const { changes } = diffSnapshots(base().cannotRead("principal", "denied", "refused").snapshot(), after.snapshot());
    expect(changes).toMatchObject([{ change: "added", certain: false }]);
  });

  test("a value that could not be read this time did not change", () => {
    const [before, after] = [base(), base()];
    before.user("x", { secondFactor: known(true) });
    after.user("x", { secondFactor: unknown("no report") });
    expect(diffSnapshots(before.snapshot(), after.snapshot()).changes).toEqual([]);
    expect(diffSnapshots(after.snapshot(), before.snapshot()).changes).toEqual([]);
  });

  test("a document that could not be read this time is not visible", () => {
    const after = new Given();
    after.attach(after.user("u"), "Read", null);
    expect(diffSnapshots(base().snapshot(), after.snapshot()).changes).toMatchObject([
      { table: "policies", change: "not-visible", fields: ["document"] },
    ]);
  });

  test("a document that was not read either time is no news, whatever the reasons", () => {
    const [before, after] = [new Given(), new Given()];
    for (const given of [before, after]) given.policy("aws:111122223333:P", null);
    after.records.policies[0] = {
      ...after.records.policies[0],
      document: unknown("refused"),
    } as (typeof after.records.policies)[number];
    expect(diffSnapshots(before.snapshot(), after.snapshot()).changes).toEqual([]);
  });

  test("changes come in order of table and id, whatever the order of the records", () => {
    const after = base();
    for (const name of ["b", "a"]) after.inline(after.user(name), "more", document(allow("s3:*")));
    const { changes } = diffSnapshots(base().snapshot(), after.snapshot());
    expect([...new Set(changes.map(({ table }) => table))]).toEqual([
      "principals",
      "entitlements",
      "grants",
      "policies",
    ]);
    expect(changes.filter(({ table }) => table === "principals").map(({ id }) => id)).toEqual([
      "aws:111122223333:a",
      "aws:111122223333:b",
    ]);
  });
});
