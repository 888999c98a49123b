import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known } from "../../src/model/observed.ts";
import type { OperationManifest } from "../../src/model/operation.ts";
import { planHash, planRevocations, type Wanted } from "../../src/revoke/plan.ts";
import { allow, daysAgo, document, Given, NOW } from "../analyse/given.ts";

const operation = (
  id: string,
  appliesTo: OperationManifest["appliesTo"],
  more: Partial<OperationManifest> = {},
): OperationManifest => ({
  id,
  title: id.slice(id.indexOf("/") + 1).replaceAll("-", " "),
  undoClass: "A",
  rehearsalOnly: false,
  permissions: [],
  appliesTo,
  ...more,
});

const DEACTIVATE = operation("aws/deactivate-access-key", {
  subjectKind: "credential",
  credentialKinds: ["access-key"],
  principalKinds: ["user"],
});
const DELETE_KEY = operation(
  "aws/delete-access-key",
  { subjectKind: "credential", credentialKinds: ["access-key"] },
  { undoClass: "C", rehearsalOnly: true },
);
const PASSWORD = operation(
  "aws/delete-login-profile",
  { subjectKind: "credential", credentialKinds: ["console-password"] },
  { undoClass: "B", rehearsalOnly: true },
);
const DETACH = operation("aws/detach-managed-policy", {
  subjectKind: "grant",
  grantKinds: ["attachment"],
  entitlementKinds: ["policy"],
});
const LEAVE_GROUP = operation("aws/remove-from-group", {
  subjectKind: "grant",
  grantKinds: ["membership"],
  principalKinds: ["user"],
  principalNativeTypes: ["iam-user"],
});
const COLLABORATOR = operation("github/remove-collaborator", {
  subjectKind: "grant",
  grantKinds: ["collaboration"],
  principalNativeTypes: ["organization-member"],
});
const OUTSIDER = operation(
  "github/remove-outside-collaborator",
  { subjectKind: "grant", grantKinds: ["collaboration"] },
  { rehearsalOnly: true, undoClass: "B" },
);
const GITHUB_ANY_CREDENTIAL = operation("github/delete-anything", { subjectKind: "credential" });
const OPERATIONS = [
  GITHUB_ANY_CREDENTIAL,
  DEACTIVATE,
  DELETE_KEY,
  PASSWORD,
  DETACH,
  LEAVE_GROUP,
  COLLABORATOR,
  OUTSIDER,
];

const want = (
  subject: { readonly id: string; readonly kind?: string },
  subjectKind: Wanted["subjectKind"],
  more: Partial<Wanted> = {},
): Wanted => ({
  subjectKind,
  subjectId: subject.id,
  campaignId: "campaign-1",
  decisionId: `decision-of-${subject.id}`,
  findingId: null,
  outcome: "revoke",
  reason: "decided by its owner",
  noticeDays: 7,
  ...more,
});

/** A user with two keys, a password, a policy and a group; a member and an outsider on a repository. */
function company() {
  const given = new Given();
  const user = given.user("ci-sample");
  const group = given.group("deployers");
  const member = given.member("robin-sample");
  const outsider = given.outsider("kim-sample");
  const repository = given.repository("website");
  return {
    given,
    user,
    key: given.credential("access-key", "KEYSAMPLE1", user.id, { lastUsedAt: known(daysAgo(200)) }),
    otherKey: given.credential("access-key", "KEYSAMPLE2", user.id),
    password: given.credential("console-password", "ci-sample/password", user.id),
    ssh: given.credential("ssh-public-key", "SSHSAMPLE", user.id),
    policy: given.attach(user, "PowerSample", document(allow("s3:*"))),
    membership: given.join(user, group),
    groupPolicy: given.attach(group, "ReadSample", document(allow("s3:Get*"))),
    collaboration: given.onRepository("collaboration", member.id, repository, "write"),
    outside: given.onRepository("collaboration", outsider.id, repository, "write"),
  };
}

describe("planning", () => {
  const all = company();
  const graph = all.given.graph();

  test.each([
    ["a key is deactivated, not deleted: the first operation that fits", want(all.key, "credential"), DEACTIVATE],
    ["a password has an operation of its own", want(all.password, "credential"), PASSWORD],
    ["a managed policy is detached from the user", want(all.policy, "grant"), DETACH],
    ["and from a group", want(all.groupPolicy, "grant"), DETACH],
    ["a user leaves a group", want(all.membership, "grant"), LEAVE_GROUP],
    ["a member is told apart from an outside collaborator", want(all.collaboration, "grant"), COLLABORATOR],
    ["an outside collaborator gets the other operation", want(all.outside, "grant"), OUTSIDER],
  ])("%s", (_name, wanted, expected) => {
    const plan = planRevocations(graph, [wanted], OPERATIONS, NOW);
    expect(plan.byHand).toEqual([]);
    expect(plan.revocations).toEqual([
      expect.objectContaining({
        operation: expected.id,
        undoClass: expected.undoClass,
        simulated: expected.rehearsalOnly,
        state: "scheduled",
        stateReason: null,
        reason: "decided by its owner",
        campaignId: "campaign-1",
        decisionId: wanted.decisionId,
      }),
    ]);
    expect(plan.revocations[0]?.target).toMatchObject({ subjectKind: wanted.subjectKind, subjectId: wanted.subjectId });
  });

  test("the sentence names who, where and what, and the target names each part so that an operation can act", () => {
    const [revocation] = planRevocations(graph, [want(all.collaboration, "grant")], OPERATIONS, NOW).revocations;
    expect(revocation?.summary).toBe("remove collaborator: `robin-sample` in sample: write on website");
    expect(revocation?.target).toMatchObject({
      system: "github",
      tenantNativeId: "O_1",
      principal: { locator: "robin-sample" },
      resource: { locator: "sample/website" },
      entitlement: { kind: "repository-role" },
      credential: null,
    });
  });

  test.each([
    [
      "what no operation takes away",
      want(all.ssh, "credential"),
      OPERATIONS,
      "no operation takes this away yet",
      "`ci-sample` in sample-production: ssh-public-key `SSHSAMPLE`",
    ],
    [
      "what only another system's operation would fit",
      want(all.ssh, "credential"),
      [GITHUB_ANY_CREDENTIAL],
      "no operation takes this away yet",
      "`ci-sample` in sample-production: ssh-public-key `SSHSAMPLE`",
    ],
    [
      "what is not in the snapshot any more",
      want({ id: "gone" }, "grant"),
      OPERATIONS,
      "it is not in the newest snapshot any more: collect again and look",
      "`gone`",
    ],
  ])("%s is left to people, with the reason", (_name, wanted, operations, why, summary) => {
    const plan = planRevocations(graph, [wanted], operations, NOW);
    expect(plan.revocations).toEqual([]);
    expect(plan.byHand).toEqual([{ wanted, summary, why }]);
  });

  test("a membership that another system governs is left to people, whatever operation would fit", () => {
    const given = new Given();
    const membership = given.grant(
      "membership",
      given.user("kim-sample").id,
      `${given.group("synced").id}#membership`,
      { governedElsewhere: true },
    );
    const plan = planRevocations(given.graph(), [want(membership, "grant")], OPERATIONS, NOW);
    expect(plan.revocations).toEqual([]);
    expect(plan.byHand).toEqual([
      expect.objectContaining({ why: "another system governs this membership: remove it in the identity provider" }),
    ]);
  });

  test.each([
    ["a week's notice", 7, "2026-11-27T08:00:00Z"],
    ["no notice for leavers", 0, NOW],
    ["a month", 30, "2026-12-20T08:00:00Z"],
  ])("%s decides when it is due", (_name, noticeDays, dueAt) => {
    const [revocation] = planRevocations(
      graph,
      [want(all.key, "credential", { noticeDays })],
      OPERATIONS,
      NOW,
    ).revocations;
    expect(revocation).toMatchObject({ plannedAt: NOW, dueAt });
  });

  test("the last use the plan was made on is part of it, and unknown is not `never`", () => {
    const lastUse = (subject: { readonly id: string }, kind: Wanted["subjectKind"]) =>
      planRevocations(graph, [want(subject, kind)], OPERATIONS, NOW).revocations[0]?.lastUsedAtPlanned;
    expect(lastUse(all.key, "credential")).toBe(daysAgo(200));
    expect(lastUse(all.policy, "grant")).toBe(null);
  });

  test("one of two keys is planned and the other is not in the plan at all", () => {
    const plan = planRevocations(graph, [want(all.key, "credential")], OPERATIONS, NOW);
    expect(plan.revocations).toHaveLength(1);
    expect(JSON.stringify(plan)).toContain("KEYSAMPLE1");
    expect(JSON.stringify(plan)).not.toContain("KEYSAMPLE2");
  });

  test("what two reasons ask for is done once, for the first", () => {
    const plan = planRevocations(
      graph,
      [
        want(all.key, "credential", { reason: "first" }),
        want(all.key, "credential", { reason: "second", decisionId: "other" }),
      ],
      OPERATIONS,
      NOW,
    );
    expect(plan.revocations.map(({ reason }) => reason)).toEqual(["first"]);
  });
});

describe("the plan as a promise", () => {
  const all = company();
  const graph = all.given.graph();
  const everything: readonly Wanted[] = [
    ...[all.key, all.otherKey, all.password, all.ssh].map((credential) => want(credential, "credential")),
    ...[all.policy, all.membership, all.groupPolicy, all.collaboration, all.outside].map((grant) =>
      want(grant, "grant"),
    ),
    want({ id: "gone" }, "grant"),
  ];
  const some = fc.shuffledSubarray([...everything]);

  test("nothing is planned that nobody asked for, and everything asked for is planned or left to people", () => {
    fc.assert(
      fc.property(some, fc.shuffledSubarray([...OPERATIONS]), (wanted, operations) => {
        const plan = planRevocations(graph, wanted, operations, NOW);
        const answered = [
          ...plan.revocations.map(({ target }) => target.subjectId),
          ...plan.byHand.map((hand) => hand.wanted.subjectId),
        ];
        expect(answered.sort()).toEqual(wanted.map(({ subjectId }) => subjectId).sort());
        for (const revocation of plan.revocations)
          expect(operations.map(({ id }) => id)).toContain(revocation.operation);
      }),
    );
  });

  test("the same wishes in any order give the same ids and the same hash", () => {
    const plan = planRevocations(graph, everything, OPERATIONS, NOW);
    fc.assert(
      fc.property(fc.shuffledSubarray([...everything], { minLength: everything.length }), (shuffled) => {
        const again = planRevocations(company().given.graph(), shuffled, OPERATIONS, NOW);
        expect(again.hash).toBe(plan.hash);
        expect(again.revocations).toEqual(plan.revocations);
      }),
      { numRuns: 20 },
    );
  });

  test("looking at it a day later changes neither ids nor hash", () => {
    const today = planRevocations(graph, everything, OPERATIONS, NOW);
    const tomorrow = planRevocations(graph, everything, OPERATIONS, "2026-11-21T08:00:00Z");
    expect(tomorrow.hash).toBe(today.hash);
    expect(tomorrow.revocations.map(({ id }) => id)).toEqual(today.revocations.map(({ id }) => id));
  });

  test("every different set of changes has a different hash", () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(some, (wanted) => {
        const plan = planRevocations(graph, wanted, OPERATIONS, NOW);
        const what = plan.revocations.map(({ target }) => target.subjectId).join();
        expect(seen.get(plan.hash) ?? what).toBe(what);
        seen.set(plan.hash, what);
      }),
    );
    expect(seen.size).toBeGreaterThan(10);
  });

  test("another operation on the same thing, and another target of the same name, change the hash", () => {
    const { revocations, hash } = planRevocations(graph, [want(all.key, "credential")], OPERATIONS, NOW);
    const deleted = planRevocations(graph, [want(all.key, "credential")], [DELETE_KEY], NOW);
    expect(deleted.hash).not.toBe(hash);
    const [revocation] = revocations;
    if (revocation === undefined) throw new Error("nothing was planned");
    expect(planHash([revocation])).toBe(hash);
    expect(planHash([{ ...revocation, target: { ...revocation.target, tenantNativeId: "222233334444" } }])).not.toBe(
      hash,
    );
  });
});
