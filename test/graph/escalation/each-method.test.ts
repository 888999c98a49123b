import { describe, expect, test } from "vitest";
import { Escalation } from "../../../src/graph/escalation/escalation.ts";
import type { EscalationMethod, NeededPermission } from "../../../src/graph/escalation/method.ts";
import { ESCALATION_METHODS } from "../../../src/graph/escalation/methods/index.ts";
import { ACTION_TABLE } from "../../analyse/given.ts";
import { methodWorld, type Statement, type Twist } from "./method-world.ts";

/** Every spelling of every method that carries further, with a name. */
const WAYS = ESCALATION_METHODS.filter((method) => method.legacy !== true && method.onlyFor === undefined).flatMap(
  (method) =>
    (method.alternatives ?? [method.permissions]).map((permissions, at) => ({
      name: `${method.id}${at === 0 ? "" : ` (spelling ${at + 1})`}`,
      method,
      permissions,
    })),
);
type Way = (typeof WAYS)[number];
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

/** The states of the actor's paths by this method alone. */
function states({ method, permissions }: Way, twist?: Twist): string[] {
  const { given, actor } = methodWorld(method, permissions, twist);
  const { paths } = new Escalation(given.graph(), ACTION_TABLE, [method]).paths({ principalId: actor.id });
  return paths.filter(({ hops }) => hops.some(({ technique }) => technique.id === method.id)).map(({ state }) => state);
}

const conditionsOf = ({ method, permissions }: Way, twist?: Twist): string[] => {
  const { given, actor } = methodWorld(method, permissions, twist);
  const { paths } = new Escalation(given.graph(), ACTION_TABLE, [method]).paths({ principalId: actor.id });
  return paths.flatMap(({ hops }) => hops.flatMap(({ conditions }) => conditions.map(({ key }) => key)));
};

/** Each permission of a way, with what is left of the statement in the world without it. */
const each = (way: Way, make: (statement: Statement, permission: NeededPermission) => object | undefined): Twist[] =>
  way.permissions.map((permission, position) => ({
    statement: (at, statement) => (at === position ? make(statement, permission) : statement),
  }));
/** Who would administer but for a Deny holds every permission besides: there is nothing to take away. */
const SPARING = WAYS.filter(({ method }) => method.gains !== "sheds-denies");
const cannotSayMore = ({ onlyExistingVersions }: EscalationMethod): boolean => onlyExistingVersions === true;

describe("a way to administration, by each method alone,", () => {
  test.each(WAYS)("$name: is there where exactly its needs hold", (way) => {
    expect(states(way)).toEqual([cannotSayMore(way.method) ? "unknown" : "yes"]);
  });

  test.each(SPARING)("$name: is gone without any one of its permissions", (way) => {
    for (const twist of each(way, () => undefined)) expect(states(way, twist)).toEqual([]);
  });

  test.each(SPARING)("$name: is gone where a permission is held on another resource", (way) => {
    const others = each(way, (statement, { on }) =>
      on === "somewhere" ? undefined : { ...statement, Resource: `${String(statement.Resource)}-other` },
    );
    for (const twist of others) expect(states(way, twist)).toEqual([]);
  });

  test.each(WAYS)("$name: is gone where another policy denies any one of them", (way) => {
    for (const { action } of way.permissions)
      expect(states(way, { beside: [{ Effect: "Deny", Action: action, Resource: "*" }] })).toEqual([]);
  });

  test.each(WAYS)("$name: is gone where the organization denies any one of them", (way) => {
    for (const { action } of way.permissions)
      expect(states(way, { scp: { Effect: "Deny", Action: action, Resource: "*" } })).toEqual([]);
  });

  test.each(WAYS.filter(({ method }) => method.gains !== "sheds-boundary"))(
    "$name: is gone where the boundary leaves any one of them out",
    (way) => {
      for (const { action } of way.permissions)
        expect(states(way, { boundary: { Effect: "Allow", NotAction: action, Resource: "*" } })).toEqual([]);
    },
  );

  test.each(SPARING)("$name: is conditional where a permission is, and names the key", (way) => {
    const twists = each(way, (statement) => ({ ...statement, Condition: { ...statement.Condition, ...MFA } }));
    for (const twist of twists) {
      expect(states(way, twist)).toEqual([cannotSayMore(way.method) ? "unknown" : "conditional"]);
      expect(conditionsOf(way, twist)).toContain("aws:MultiFactorAuthPresent");
    }
  });

  test.each(WAYS.filter(({ permissions }) => permissions.some(({ context }) => context !== undefined)))(
    "$name: is gone where the role may be passed to another service only",
    (way) => {
      const twists = each(way, (statement, { context }) =>
        context === undefined
          ? undefined
          : { ...statement, Condition: { StringEquals: { "iam:PassedToService": "other.amazonaws.com" } } },
      );
      for (const twist of twists) expect(states(way, twist)).toEqual([]);
    },
  );

  test.each(
    WAYS.filter(({ method: { target } }) => target?.trustsActor ?? target?.trustsService ?? target?.trustsProvider),
  )("$name: is gone where the role trusts somebody else", (way) => {
    expect(states(way, { trustsNobody: true })).toEqual([]);
  });

  test.each(WAYS.filter(({ method: { target } }) => target?.trustsActor ?? target?.trustsService))(
    "$name: is conditional where the trust is, and names the key",
    (way) => {
      const twist: Twist = { trustCondition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };
      expect(states(way, twist)).toEqual(["conditional"]);
      expect(conditionsOf(way, twist)).toContain("aws:SourceVpc");
    },
  );

  test.each(WAYS.filter(({ method: { target } }) => target?.trustsActor ?? target?.trustsService))(
    "$name: is unknown where the trust was not read",
    (way) => {
      expect(states(way, { trustUnread: true })).toEqual(["unknown"]);
    },
  );

  test.each(
    WAYS.filter(
      ({ method: { target } }) => target?.keys ?? target?.password ?? target?.secondFactor ?? target?.provider,
    ),
  )("$name: is gone where the facts about the target are others, unknown where they were not read", (way) => {
    expect(states(way, { otherFacts: true })).toEqual([]);
    expect(states(way, { unread: true })).toEqual(["unknown"]);
  });

  test.each(WAYS.filter(({ method }) => method.target?.runsOn !== undefined))(
    "$name: is gone where nothing runs as the role",
    (way) => {
      expect(states(way, { nothingRuns: true })).toEqual([]);
    },
  );

  test.each(
    WAYS.filter(({ permissions }) => permissions.some(({ on }) => on === "held-policy" || on === "target-policy")),
  )("$name: is gone where the policy is AWS's own", (way) => {
    expect(states(way, { awsManaged: true })).toEqual([]);
  });
});

test("what opens one service only, or a retired one, is no way to administration", () => {
  const none = ESCALATION_METHODS.filter((method) => method.legacy === true || method.onlyFor !== undefined);
  expect(none.length).toBeGreaterThan(3);
  for (const method of none) expect(states({ name: method.id, method, permissions: method.permissions })).toEqual([]);
});
