import { describe, expect, test } from "vitest";
import type { RevocationTarget } from "../../src/model/revocation.ts";
import { describeTarget } from "../../src/revoke/describe-target.ts";
import { otherRoutes, remainingGrants } from "../../src/revoke/proof.ts";
import { grantId } from "../../src/text/stable-id.ts";
import { allow, document, Given } from "../analyse/given.ts";

const TEXT = document(allow("s3:*"));

function targetOf(
  given: Given,
  subject: { readonly id: string },
  kind: "grant" | "credential" = "grant",
): RevocationTarget {
  const described = describeTarget(given.graph(), kind, subject.id);
  if (described === undefined) throw new Error(`there is no ${subject.id}`);
  return described.target;
}

/** What was given, without the grant that was taken away. */
function without(given: Given, grant: { readonly id: string }): Given {
  given.records.grants.splice(
    given.records.grants.findIndex(({ id }) => id === grant.id),
    1,
  );
  return given;
}

describe("what is left of the access after a change", () => {
  test("nothing, where the grant was the only route", () => {
    const given = new Given();
    const grant = given.attach(given.user("robin-sample"), "PowerSample", TEXT);
    const target = targetOf(given, grant);
    expect(remainingGrants(given.graph(), target)).toEqual([grant.id]);
    expect(remainingGrants(without(given, grant).graph(), target)).toEqual([]);
  });

  test("the second route: the same policy through a group", () => {
    const given = new Given();
    const user = given.user("robin-sample");
    const group = given.group("deployers");
    given.join(user, group);
    const viaGroup = given.attach(group, "PowerSample", TEXT);
    const direct = given.attach(user, "PowerSample", TEXT);
    const target = targetOf(given, direct);
    expect(remainingGrants(without(given, direct).graph(), target)).toEqual([
      grantId("attachment", user.id, viaGroup.entitlementId, [group.id]),
    ]);
  });

  test("other access of the same holder, and the same access of others, are none of it", () => {
    const given = new Given();
    const user = given.user("robin-sample");
    const gone = given.attach(user, "PowerSample", TEXT);
    given.attach(user, "OtherSample", TEXT);
    given.attach(given.user("kim-sample"), "PowerSample", TEXT);
    const target = targetOf(given, gone);
    expect(remainingGrants(without(given, gone).graph(), target)).toEqual([]);
  });

  test("a credential is not held through anything", () => {
    const given = new Given();
    const user = given.user("robin-sample");
    given.attach(user, "PowerSample", TEXT);
    const key = given.credential("access-key", "KEYSAMPLE1", user.id);
    expect(remainingGrants(given.graph(), targetOf(given, key, "credential"))).toEqual([]);
  });
});

describe("what will be left, foreseen from a graph read before the change", () => {
  const given = new Given();
  const user = given.user("robin-sample");
  const [first, second] = ["deployers", "operators"].map((name) => given.group(name));
  if (first === undefined || second === undefined) throw new Error("no groups");
  const memberships = [given.join(user, first), given.join(user, second)] as const;
  const direct = given.attach(user, "PowerSample", TEXT);
  const viaFirst = given.attach(first, "PowerSample", TEXT);
  given.attach(second, "PowerSample", TEXT);
  const graph = given.graph();
  const through = (group: { readonly id: string }): string =>
    grantId("attachment", user.id, direct.entitlementId, [group.id]);

  test("is what does not rest on the grant that goes", () => {
    expect(otherRoutes(graph, targetOf(given, direct))).toEqual([through(first), through(second)].sort());
    expect(otherRoutes(graph, targetOf(given, viaFirst))).toEqual([]);
    expect(otherRoutes(graph, targetOf(given, memberships[0]))).toEqual([]);
  });

  test("nor on what the same run took away before, a membership on the way included", () => {
    expect(otherRoutes(graph, targetOf(given, direct), new Set([viaFirst.id]))).toEqual([through(second)]);
    expect(otherRoutes(graph, targetOf(given, direct), new Set(memberships.map(({ id }) => id)))).toEqual([]);
  });
});
