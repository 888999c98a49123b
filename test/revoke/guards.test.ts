import { describe, expect, test } from "vitest";
import { known, unknown } from "../../src/model/observed.ts";
import type { Principal } from "../../src/model/principal.ts";
import type { Revocation } from "../../src/model/revocation.ts";
import { describeTarget } from "../../src/revoke/describe-target.ts";
import { guard, runLimit } from "../../src/revoke/guards.ts";
import { allow, deny, document, Given } from "../analyse/given.ts";
import { aRevocation } from "./a-revocation.ts";

const ADMIN = document(allow("*"));
const OWN = "leastwise itself signs in as this principal: it never takes away its own access";

/** A revocation of a grant or credential of what was given. */
function revoking(given: Given, subject: { readonly id: string }): Revocation {
  const graph = given.graph();
  const kind = graph.grant(subject.id) === undefined ? "credential" : "grant";
  const described = describeTarget(graph, kind, subject.id);
  if (described === undefined) throw new Error(`there is no ${subject.id}`);
  return aRevocation({ id: `revocation:of-${subject.id}`, target: described.target });
}

/** Guards the changes together and answers why each was stopped; null for those let through, in the order asked. */
function verdict(
  given: Given,
  subjects: readonly { readonly id: string }[],
  more: { readonly self?: readonly string[]; readonly protectedPatterns?: readonly string[] } = {},
): (string | null)[] {
  const revocations = subjects.map((subject) => revoking(given, subject));
  const { allowed, stopped } = guard(revocations, { graph: given.graph(), self: [], protectedPatterns: [], ...more });
  expect(allowed.length + stopped.length).toBe(revocations.length);
  return revocations.map((revocation) => stopped.find((one) => one.revocation === revocation)?.why ?? null);
}

const lastOf = (tenant: string): string => `it would take away the last administrator of \`${tenant}\``;
const LAST = lastOf("sample-production");

describe("never oneself", () => {
  const role =
    (path: string) =>
    (given: Given): Principal =>
      given.role("leastwise-sample", { locator: `arn:aws:iam::111122223333:role/${path}leastwise-sample` });

  test.each([
    [
      "a user by its own ARN",
      "arn:aws:iam::111122223333:user/auditor-sample",
      (given: Given) => given.user("auditor-sample"),
      true,
    ],
    ["a role by its own ARN", "arn:aws:iam::111122223333:role/leastwise-sample", role(""), true],
    [
      "a role by the ARN of a session",
      "arn:aws:sts::111122223333:assumed-role/leastwise-sample/monthly",
      role(""),
      true,
    ],
    [
      "a role with a path, which the session's ARN leaves out",
      "arn:aws:sts::111122223333:assumed-role/leastwise-sample/monthly",
      role("audit/tools/"),
      true,
    ],
    [
      "a role in another partition's notation of the session",
      "arn:aws-us-gov:sts::111122223333:assumed-role/leastwise-sample/monthly",
      role(""),
      true,
    ],
    [
      "a role of the same name in another tenant is not oneself",
      "arn:aws:sts::222233334444:assumed-role/leastwise-sample/monthly",
      role(""),
      false,
    ],
    [
      "a role whose name only begins the same is not oneself",
      "arn:aws:sts::111122223333:assumed-role/leastwise/monthly",
      role(""),
      false,
    ],
    [
      "a user called like the role is not oneself",
      "arn:aws:sts::111122223333:assumed-role/auditor-sample/monthly",
      (given: Given) => given.user("auditor-sample"),
      false,
    ],
    ["a GitHub login", "robin-sample", (given: Given) => given.member("robin-sample"), true],
  ])("%s", (_name, self, make, own) => {
    const given = new Given();
    const principal = make(given);
    const subject =
      principal.system === "aws"
        ? given.attach(principal, "ReadSample", document(allow("s3:Get*")))
        : given.onRepository("collaboration", principal.id, given.repository("website"), "write");
    expect(verdict(given, [subject], { self: [self] })).toEqual([own ? OWN : null]);
  });

  test("a key of the user it signs in as is its own access too", () => {
    const given = new Given();
    const user = given.user("auditor-sample");
    expect(
      verdict(
        given,
        [given.credential("access-key", "KEYSAMPLE1", user.id), given.credential("access-key", "KEYSAMPLE2", user.id)],
        { self: [user.locator] },
      ),
    ).toEqual([OWN, OWN]);
  });

  test("what a group it belongs to is granted is its own access too", () => {
    const given = new Given();
    const group = given.group("auditors");
    const other = given.group("readers");
    const user = given.user("auditor-sample");
    given.join(user, group);
    const granted = given.attach(group, "AuditSample", document(allow("iam:Get*")));
    expect(
      verdict(given, [granted, given.attach(other, "ReadSample", document(allow("s3:Get*")))], {
        self: [user.locator],
      }),
    ).toEqual(["leastwise itself signs in as a member of this: it never takes away its own access", null]);
  });
});

describe("what is protected", () => {
  const given = new Given();
  const user = given.user("break-glass-sample");
  const key = given.credential("access-key", "KEYSAMPLE1", user.id);
  const policy = given.attach(user, "PowerSample", document(allow("s3:*")));
  const onRepository = given.onRepository(
    "collaboration",
    given.member("kim-sample").id,
    given.repository("payroll"),
    "write",
  );

  test.each([
    ["a pattern over the ARN", "arn:aws:iam::*:user/break-glass-*", [true, true, false]],
    ["the principal's id", user.id, [true, true, false]],
    ["the principal's name in other letters", "BREAK-GLASS-SAMPLE", [true, true, false]],
    ["the key's id", "KEYSAMPLE1", [true, false, false]],
    ["the policy's name", "PowerSample", [false, true, false]],
    ["the repository", "sample/pay*", [false, false, true]],
    ["a name that only begins the same", "break-glass", [false, false, false]],
  ])("%s is never changed", (_name, pattern, expected) => {
    const stopped = `it is on the protected list: \`${pattern}\``;
    expect(verdict(given, [key, policy, onRepository], { protectedPatterns: ["nobody-*", pattern] })).toEqual(
      expected.map((hit) => (hit ? stopped : null)),
    );
  });
});

describe("never the last administrator", () => {
  test("one of two administrators may go", () => {
    const given = new Given();
    const first = given.attach(given.user("admin-one"), "Admin", ADMIN);
    given.attach(given.user("admin-two"), "Admin", ADMIN);
    expect(verdict(given, [first])).toEqual([null]);
  });

  test("of two that would both go the second is stopped", () => {
    const given = new Given();
    const first = given.attach(given.user("admin-one"), "Admin", ADMIN);
    const second = given.attach(given.user("admin-two"), "Admin", ADMIN);
    expect(verdict(given, [first, second])).toEqual([null, LAST]);
    expect(verdict(given, [second, first])).toEqual([null, LAST]);
  });

  test("the group's policy is the last of all its members at once", () => {
    const given = new Given();
    const admins = given.group("admins");
    const memberships = ["admin-one", "admin-two"].map((name) => given.join(given.user(name), admins));
    const policy = given.attach(admins, "Admin", ADMIN);
    expect(verdict(given, [policy])).toEqual([LAST]);
    expect(verdict(given, memberships)).toEqual([null, LAST]);
  });

  test("who is administrator twice loses nothing with the first of the two, everything with the second", () => {
    const given = new Given();
    const user = given.user("admin-one");
    const admins = given.group("admins");
    given.attach(admins, "GroupAdmin", ADMIN);
    const membership = given.join(user, admins);
    const direct = given.attach(user, "Admin", ADMIN);
    expect(verdict(given, [direct])).toEqual([null]);
    expect(verdict(given, [direct, membership])).toEqual([null, LAST]);
  });

  test.each([
    ["root: nobody may have to rely on it", (given: Given) => void given.root()],
    ["a role that only a service may assume", (given: Given) => void serviceRole(given)],
    ["a role that nobody may assume", (given: Given) => void given.attach(given.role("orphan-admin"), "Admin", ADMIN)],
    ["a permission set that is assigned to nobody", (given: Given) => void permissionSet(given)],
    [
      "a user whose administration is denied",
      (given: Given) => {
        const user = given.user("denied-admin");
        given.attach(user, "Admin", ADMIN);
        given.attach(user, "NoMore", document({ Effect: "Deny", Action: "*", Resource: "*" }));
      },
    ],
    ["an empty group", (given: Given) => void given.attach(given.group("empty-admins"), "Admin", ADMIN)],
    [
      "a user whose policy could not be read",
      (given: Given) => void given.attach(given.user("unread"), "Unread", null),
    ],
  ])("%s does not count as an administrator who is left", (_name, also) => {
    const given = new Given();
    const only = given.attach(given.user("admin-one"), "Admin", ADMIN);
    also(given);
    expect(verdict(given, [only])).toEqual([LAST]);
  });

  test.each([
    [
      "a role that somebody may assume",
      (given: Given) => {
        const role = given.role("admin-role");
        given.attach(role, "Admin", ADMIN);
        given.trusted(role, given.user("operator").id);
      },
    ],
    [
      "a person who holds a permission set",
      (given: Given) => {
        const set = permissionSet(given);
        given.grant(
          "assignment",
          given.user("person", { nativeType: "identity-center-user" }).id,
          `${set.id}#permission-set`,
        );
      },
    ],
  ])("%s counts as one", (_name, also) => {
    const given = new Given();
    const only = given.attach(given.user("admin-one"), "Admin", ADMIN);
    also(given);
    expect(verdict(given, [only])).toEqual([null]);
  });

  test("the last way to sign in of the only administrator stays, whatever else the user has", () => {
    const given = new Given();
    const user = given.user("admin-one");
    given.attach(user, "Admin", ADMIN);
    const key = given.credential("access-key", "KEYSAMPLE1", user.id);
    given.credential("access-key", "KEYSAMPLE2", user.id, { status: known("inactive") });
    // None of these lets anybody administer anything.
    for (const kind of ["mfa-device", "ssh-public-key", "service-specific-credential", "signing-certificate"] as const)
      given.credential(kind, `${kind}-sample`, user.id);
    expect(verdict(given, [key])).toEqual([LAST]);
  });

  test("one of two keys may go, both may not; a password is a way in as well", () => {
    const given = new Given();
    const user = given.user("admin-one");
    given.attach(user, "Admin", ADMIN);
    const first = given.credential("access-key", "KEYSAMPLE1", user.id);
    const second = given.credential("access-key", "KEYSAMPLE2", user.id);
    expect(verdict(given, [first])).toEqual([null]);
    expect(verdict(given, [first, second])).toEqual([null, LAST]);
    given.credential("console-password", "admin-one/password", user.id);
    expect(verdict(given, [first, second])).toEqual([null, null]);
  });

  test("the last key of one administrator may go while there is another", () => {
    const given = new Given();
    const keys = ["admin-one", "admin-two"].map((name) => {
      const user = given.user(name);
      given.attach(user, "Admin", ADMIN);
      return given.credential("access-key", `KEY-${name}`, user.id);
    });
    expect(verdict(given, keys)).toEqual([null, LAST]);
  });

  test("a key whose state is not known is not relied on", () => {
    const given = new Given();
    const user = given.user("admin-one");
    given.attach(user, "Admin", ADMIN);
    const key = given.credential("access-key", "KEYSAMPLE1", user.id);
    given.credential("access-key", "KEYSAMPLE2", user.id, { status: unknown("not read") });
    expect(verdict(given, [key])).toEqual([LAST]);
  });

  test("changes that have nothing to do with administration pass, also where there is one administrator", () => {
    const given = new Given();
    given.attach(given.user("admin-one"), "Admin", ADMIN);
    const user = given.user("reader");
    expect(
      verdict(given, [
        given.attach(user, "ReadSample", document(allow("s3:Get*"))),
        given.credential("access-key", "KEYSAMPLE9", user.id),
      ]),
    ).toEqual([null, null]);
  });

  test("of the owners of a GitHub organization the last stays, and invited ones are none", () => {
    const given = new Given();
    const first = given.organizationRole(given.member("owner-one"), "owner");
    const second = given.organizationRole(given.member("owner-two"), "owner");
    given.organizationRole(given.invited("owner-three"), "owner", "invitation");
    given.organizationRole(given.member("kim-sample"), "member");
    expect(verdict(given, [first])).toEqual([null]);
    expect(verdict(given, [first, second])).toEqual([null, lastOf("sample")]);
  });

  test("a change that another guard stopped does not count as done", () => {
    const given = new Given();
    const kept = given.user("admin-one");
    const first = given.attach(kept, "Admin", ADMIN);
    const second = given.attach(given.user("admin-two"), "Admin", ADMIN);
    expect(verdict(given, [first, second], { protectedPatterns: ["admin-one"] })).toEqual([
      "it is on the protected list: `admin-one`",
      null,
    ]);
  });
});

describe("the run as a whole", () => {
  test.each([
    ["as many as one run may make", 25, 25, false, undefined],
    ["one more than that", 26, 25, false, "26 changes are due and one run may make 25: nothing is changed"],
    ["none, where none may be made", 0, 0, false, undefined],
    ["the kill switch, whatever is due", 1, 25, true, "the kill switch is on: nothing is changed"],
    ["the kill switch comes before the number", 26, 25, true, "the kill switch is on: nothing is changed"],
  ])("%s", (_name, due, maximum, killSwitch, why) => {
    expect(runLimit(due, maximum, killSwitch)).toBe(why);
  });
});

function serviceRole(given: Given): void {
  const role = given.role("service-admin");
  given.attach(role, "Admin", ADMIN);
  const service = given.user("ec2.amazonaws.com", { kind: "service", nativeType: "service" });
  given.trusted(role, service.id);
}

function permissionSet(given: Given): Principal {
  const set = given.role("AdminSet", { nativeType: "permission-set" });
  given.entitlement({
    id: `${set.id}#permission-set`,
    kind: "permission-set",
    displayName: "permission set AdminSet",
    targetId: set.id,
  });
  given.attach(set, "Admin", ADMIN);
  return set;
}

describe("never more access than before", () => {
  const [ALL_S3, NO_IAM] = [document(allow("s3:*")), document(deny("iam:*"))];

  test.each<[string, (given: Given) => { readonly id: string }, RegExp | null]>([
    [
      "a policy that denies what another of the principal allows is not taken away",
      (g) => {
        const u = g.user("u");
        g.attach(u, "Admin", ADMIN);
        return g.inline(u, "deny-iam", NO_IAM);
      },
      /^`deny-iam` denies something that `Admin` may allow, so that taking it away would give more access: change it by hand$/,
    ],
    [
      "one that denies what nothing else allows may go",
      (g) => {
        const u = g.user("u");
        g.attach(u, "S3", ALL_S3);
        return g.inline(u, "deny-iam", NO_IAM);
      },
      null,
    ],
    [
      "everything but some actions counts as allowing the rest",
      (g) => {
        const u = g.user("u");
        g.attach(u, "Not", document({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }));
        return g.inline(u, "deny-iam", NO_IAM);
      },
      /^`deny-iam` denies something that `Not` may allow/,
    ],
    [
      "leaving a group whose policies deny is the same",
      (g) => {
        const [u, team] = [g.user("u"), g.group("mfa-or-nothing")];
        g.attach(u, "Admin", ADMIN);
        g.attach(team, "Deny", document(deny("*")));
        return g.join(u, team);
      },
      /^`Deny` denies something that `Admin` may allow/,
    ],
    [
      "taking a denial from a group is about its members",
      (g) => {
        const [u, team] = [g.user("u"), g.group("team")];
        g.attach(u, "Admin", ADMIN);
        g.join(u, team);
        return g.attach(team, "Deny", document(deny("*")));
      },
      /^`Deny` denies something that `Admin` may allow/,
    ],
    [
      "a denial that is held in another way as well stays anyhow",
      (g) => {
        const [u, team] = [g.user("u"), g.group("team")];
        g.attach(u, "S3", ALL_S3);
        g.join(u, team);
        g.attach(team, "DenyS3", document(deny("s3:*")));
        return g.attach(u, "DenyS3", document(deny("s3:*")));
      },
      null,
    ],
    [
      "a policy that could not be read may deny something",
      (g) => {
        const u = g.user("u");
        g.attach(u, "S3", ALL_S3);
        return g.attach(u, "Hidden", null);
      },
      /^what `Hidden` denies could not be read/,
    ],
    [
      "a policy that only allows may go, whatever else there is",
      (g) => {
        const u = g.user("u");
        g.inline(u, "deny-iam", NO_IAM);
        return g.attach(u, "S3", ALL_S3);
      },
      null,
    ],
  ])("%s", (_name, give, why) => {
    const given = new Given();
    // Somebody else administers the tenant: that guard is not what this is about.
    given.attach(given.user("other"), "Other", ADMIN);
    const subject = give(given);
    const [answer] = verdict(given, [subject]);
    if (why === null) expect(answer).toBe(null);
    else expect(answer).toMatch(why);
  });
});

describe("administrators who are none for certain", () => {
  const MFA = document(allow("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }));

  test("where nobody is one without a condition, the last one under a condition stays", () => {
    const given = new Given();
    expect(verdict(given, [given.attach(given.user("only"), "AdminMfa", MFA)])).toEqual([LAST]);
  });

  test("so does the last one of whom something could not be read", () => {
    const given = new Given();
    const only = given.user("only");
    const grant = given.attach(only, "Admin", ADMIN);
    given.bounded(only, null);
    expect(verdict(given, [grant])).toEqual([LAST]);
  });

  test("where somebody is one for certain, one under a condition may go", () => {
    const given = new Given();
    given.attach(given.user("sure"), "Admin", ADMIN);
    given.credential("access-key", "KEY1", `${given.records.principals[0]?.id}`);
    expect(verdict(given, [given.attach(given.user("perhaps"), "AdminMfa", MFA)])).toEqual([null]);
  });

  test.each(["key", "grant"] as const)("who cannot sign in is no other administrator: the last %s stays", (what) => {
    const given = new Given();
    const [works, ghost] = [given.user("works"), given.user("ghost")];
    const grant = given.attach(works, "Admin", ADMIN);
    given.attach(ghost, "Admin", ADMIN);
    const key = given.credential("access-key", "KEY1", works.id);
    expect(verdict(given, [what === "key" ? key : grant])).toEqual([LAST]);
  });

  test("a role that only somebody deleted may assume is nobody's", () => {
    const given = new Given();
    const works = given.user("works");
    const grant = given.attach(works, "Admin", ADMIN);
    given.credential("access-key", "KEY1", works.id);
    const role = given.role("left-over");
    given.attach(role, "Admin", ADMIN);
    given.records.principals.push({ ...works, id: "external:aws:AIDASAMPLE", kind: "external", nativeType: "deleted" });
    given.trusted(role, "external:aws:AIDASAMPLE");
    expect(verdict(given, [grant])).toEqual([LAST]);
  });

  test("who is protected keeps what it has through a group", () => {
    const given = new Given();
    const [glass, admins] = [given.user("break-glass"), given.group("admins")];
    given.join(glass, admins);
    const grant = given.attach(admins, "Admin", ADMIN);
    given.attach(given.user("other"), "Admin", ADMIN);
    expect(verdict(given, [grant], { protectedPatterns: ["break-glass"] })).toEqual([
      "it is on the protected list: `break-glass`",
    ]);
  });
});

describe("changes that go together, or went before", () => {
  test("of two ways to one denial the second stays: together they would lift it", () => {
    const given = new Given();
    given.attach(given.user("other"), "Admin", ADMIN);
    const [u, one, two] = [given.user("u"), given.group("one"), given.group("two")];
    given.attach(u, "Data", document(allow("s3:*")));
    for (const group of [one, two]) given.attach(group, "NoDelete", document(deny("s3:DeleteBucket")));
    expect(verdict(given, [given.join(u, one), given.join(u, two)])).toEqual([
      null,
      expect.stringContaining("`NoDelete` denies something that `Data` may allow"),
    ]);
  });

  test("what was taken away after the snapshot counts as gone: the last key stays", () => {
    const given = new Given();
    const only = given.user("only");
    given.attach(only, "Admin", ADMIN);
    const keys = ["KEY1", "KEY2"].map((name) => given.credential("access-key", name, only.id));
    const [first, second] = keys.map((key) => revoking(given, key));
    if (first === undefined || second === undefined) throw new Error("no keys");
    const context = { graph: given.graph(), self: [], protectedPatterns: [] };
    expect(guard([second], context).stopped).toEqual([]);
    expect(guard([second], { ...context, done: [first] }).stopped.map(({ why }) => why)).toEqual([LAST]);
  });
});
