import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { EscalationMethod } from "../../../src/graph/escalation/method.ts";
import { ESCALATION_METHODS } from "../../../src/graph/escalation/methods/index.ts";
import { PROMISES } from "./method-promises.ts";
import { SAME_AS, WANTED_METHODS } from "./wanted-methods.ts";

describe("the list of escalation methods", () => {
  test.each(WANTED_METHODS)("has $id ($about), which needs $actions", ({ id, actions }) => {
    const method = ESCALATION_METHODS.find((each) => each.id === id);
    expect(method?.permissions.map(({ action }) => action)).toEqual(actions);
  });

  test("has nothing that is not written down here", () => {
    expect(
      ESCALATION_METHODS.map(({ id }) => id).filter((id) => !WANTED_METHODS.some((each) => each.id === id)),
    ).toEqual([]);
  });

  test("tells of ids that are another method's", () => {
    const told = ESCALATION_METHODS.flatMap(({ id, alsoKnownAs = [] }) => alsoKnownAs.map((other) => [other, id]));
    expect(Object.fromEntries(told)).toEqual(SAME_AS);
  });

  test("is in order of id, and no id is used twice", () => {
    const ids = ESCALATION_METHODS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(Object.keys(SAME_AS).filter((id) => ids.includes(id))).toEqual([]);
  });

  test("has one file per method, named by its id, and no file besides", async () => {
    const files = await readdir("src/graph/escalation/methods");
    expect(files.toSorted()).toEqual([...ESCALATION_METHODS.map(({ id }) => `${id}.ts`), "index.ts"].toSorted());
  });

  test("never says the same twice, and no two methods have the same name", () => {
    const said = ESCALATION_METHODS.map(({ actor, permissions, alternatives, target, gains }) =>
      JSON.stringify([actor, permissions, alternatives, target, gains]),
    );
    expect(new Set(said).size).toBe(said.length);
    expect(new Set(ESCALATION_METHODS.map(({ name }) => name)).size).toBe(ESCALATION_METHODS.length);
  });

  test("keeps what AWS has retired, and marks it", () => {
    const retired = ESCALATION_METHODS.filter(({ legacy }) => legacy === true).map(({ id }) => id);
    expect(retired.every((id) => id.startsWith("lw-codestar-"))).toBe(true);
    expect(retired).toHaveLength(3);
  });
});

describe("every escalation method", () => {
  test.each(PROMISES)("$promise", ({ kept }) => {
    expect(ESCALATION_METHODS.filter((method) => !kept(method)).map(({ id }) => id)).toEqual([]);
  });

  const sound = ESCALATION_METHODS.find(({ id }) => id === "lambda-001");
  test.each(PROMISES)("is caught where it breaks the promise: $promise", ({ kept, broken }) => {
    if (sound === undefined) throw new Error("lambda-001 is missing");
    expect(kept({ ...sound, ...broken } as EscalationMethod)).toBe(false);
  });
});
