import { expect, test } from "vitest";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { collect, coverageOf, openFake } from "./open-fake.ts";

const MEMBERS = "/orgs/acme-sample/members";
const OUTSIDE = "/orgs/acme-sample/outside_collaborators";

async function read(bad: BadDays = {}) {
  const { session, fake } = await openFake();
  const before = await collect(session, "members", "outside-collaborators");
  fake.bad = bad;
  const after = await collect(session, "insecure-second-factors");
  expect(fake.problems).toEqual([]);
  return { people: before.principals, after };
}

const insecure = ({ principals }: SnapshotRecords, value: boolean): readonly string[] =>
  principals.filter(({ attributes }) => attributes["secondFactorInsecure"] === value).map(({ locator }) => locator);

test("whose second factor is an SMS is told, and that the others' is none", async () => {
  const { people, after } = await read();
  expect(insecure(after, true)).toEqual(["acme-wyn-fred"]);
  expect(insecure(after, false).length).toBe(people.length - 1);
  expect(coverageOf(after, "insecure-second-factor")).toMatchObject({ state: "complete", items: 1 });
});

test("who does not own the organization is shown nobody, which is not nobody", async () => {
  const { after } = await read({ notOwner: true });
  expect(after.principals).toEqual([]);
  expect(coverageOf(after, "insecure-second-factor")).toMatchObject({
    state: "denied",
    reason: expect.stringContaining("owners only"),
  });
});

test.each([
  ["members", MEMBERS, []],
  ["outside collaborators", OUTSIDE, ["acme-wyn-fred"]],
])("without the list of %s nobody is cleared", async (_name, path, found) => {
  const { after } = await read({ forbid: { [path]: { message: "no" } } });
  expect(insecure(after, true)).toEqual(found);
  expect(insecure(after, false)).toEqual([]);
  expect(coverageOf(after, "insecure-second-factor")?.state).toBe("partial");
});
