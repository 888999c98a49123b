import { describe, expect, test } from "vitest";
import { diffSnapshots } from "../../src/graph/diff.ts";
import { known } from "../../src/model/observed.ts";
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
    expect(changes.filter(({ table }) => table === "grants")).toMatchObject([{ change: "added", name: "u: inline policy more" }]);
  });

  test("a changed document is a changed policy", () => {
    const after = new Given();
    after.attach(after.user("u"), "Read", document(allow("*")));
    expect(diffSnapshots(base().snapshot(), after.snapshot()).changes).toMatchObject([{ table: "policies", change: "changed", fields: ["document"] }]);
  });

  test("what is gone was removed", () => {
    const before = base();
    before.user("gone");
    expect(diffSnapshots(before.snapshot(), base().snapshot()).changes).toMatchObject([{ table: "principals", change: "removed", name: "arn:aws:iam::111122223333:user/gone" }]);
  });

  test("what is gone together with its coverage is not visible, not removed", () => {
    const before = base();
    before.user("gone");
    const { changes, coverage } = diffSnapshots(before.snapshot(), base().cannotRead("principal", "denied", "refused").snapshot());
    expect(changes).toMatchObject([{ change: "not-visible" }]);
    expect(coverage).toEqual([{ tenantId: "aws:111122223333", kind: "principal", before: "complete", after: "denied" }]);
  });
});
