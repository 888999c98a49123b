import { beforeAll, describe, expect, test } from "vitest";
import { analyse } from "../../src/analyse/run-rules.ts";
import { reviewCandidates, type Population } from "../../src/app/review-candidates.ts";
import { known } from "../../src/model/observed.ts";
import { DEFAULT_THRESHOLDS } from "../../src/model/thresholds.ts";
import type { Candidate } from "../../src/review/open-campaign.ts";
import { ACTION_TABLE, allow, daysAgo, deny, document, Given, NOW } from "../analyse/given.ts";
import { readSample } from "../demo/read-sample.ts";

function populationOf(given: Given): Population {
  const graph = given.graph();
  return reviewCandidates(
    graph,
    analyse(graph, { thresholds: DEFAULT_THRESHOLDS, now: NOW, table: ACTION_TABLE }).findings,
  );
}
const of = (population: Population, subjectId: string): Candidate["facts"] | undefined =>
  population.candidates.find((candidate) => candidate.subjectId === subjectId)?.facts;

describe("what is recommended in the sheets of the sample company", () => {
  let population: Population;
  beforeAll(async () => {
    const { graph, analysis } = await readSample();
    population = reviewCandidates(graph, analysis.findings);
  });
  const row = (who: string, access: string, system = "aws:"): Candidate["facts"] | undefined =>
    population.candidates.find(
      ({ facts }) =>
        facts.personOrMachine.startsWith(who) && facts.access === access && facts.system.startsWith(system),
    )?.facts;

  test.each([
    ["root", "access key 1", "critical", "revoke", "root of acme-sandbox has an active access key"],
    ["yan.xyzzy", "group web-deployers", "low", "revoke", "`yan.xyzzy` belongs to Yan Xyzzy, who left on 2026-05-15"],
    ["odo.amet", "access key …0005", "critical", "revoke", "has not been used for 200 days"],
    ["odo.amet", "group administrators", "high", "revoke", "belongs to Odo Amet, who left on 2026-08-31"],
    [
      "anyone",
      "assume role org-inventory",
      "low",
      "look_closer",
      "conditions that are not shown here, on `aws:PrincipalOrgID`",
    ],
    ["anyone", "assume role partner-upload", "high", "look_closer", "role `partner-upload` trusts everyone"],
    ["tenant 999911112222", "assume role vendor-billing", "low", "keep", "on `sts:ExternalId`"],
  ])("%s, %s: %s, %s", (who, access, risk, recommendation, reason) => {
    expect(row(who, access)).toMatchObject({
      risk,
      recommendation,
      recommendationReason: expect.stringContaining(reason) as unknown,
    });
  });

  test("nobody who left is recommended to keep anything, and nothing is kept for everyone", () => {
    const kept = population.candidates.filter(({ facts }) => facts.recommendation === "keep");
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.filter(({ facts }) => facts.employmentStatus === "left" || facts.principalType === "anyone")).toEqual(
      [],
    );
  });

  test("nothing is said twice in one cell", () => {
    for (const { facts } of population.candidates)
      for (const cell of [facts.access, facts.personOrMachine])
        expect(cell).not.toMatch(/^(.{3,})[ (]+\1\)?$|\bkey key\b/i);
    expect(row("Bo Placeholder", "permission set Administrator")?.personOrMachine).toBe("Bo Placeholder");
    expect(row("kai.lorem", "console password")?.personOrMachine).toBe("kai.lorem (Kai Lorem)");
  });

  test("a tenant as a whole is not its root user", () => {
    expect(row("tenant acme-management", "assume role OrganizationAccountAccessRole")).toMatchObject({
      principalType: "tenant",
      recommendation: "keep",
    });
  });

  test("what only takes access away is left out, and counted", () => {
    const reasons = population.excluded.filter(({ reason }) => reason === "only takes access away");
    // The groups that only deny, of everything and of all of IAM, and the membership in it.
    expect(reasons.length).toBe(4);
    expect(row("on-leave", "inline policy nothing")).toBeUndefined();
    expect(row("nia.sitamet", "group on-leave")).toBeUndefined();
    expect(row("nia.sitamet", "group administrators")).toBeDefined();
  });
});

describe("what is about a holder as a whole", () => {
  const gone = { employment: "left", endDate: daysAgo(60) } as const;

  test("is about every key and every grant of somebody who left", () => {
    const given = new Given();
    const user = given.user("u");
    given.person("p", gone);
    given.mapped("p", user);
    const key = given.credential("access-key", "KEY", user.id);
    const grant = given.attach(user, "Read", document(allow("s3:Get*")));
    const population = populationOf(given);
    for (const id of [key.id, grant.id])
      expect(of(population, id)).toMatchObject({
        risk: "high",
        recommendation: "revoke",
        recommendationReason: expect.stringContaining("who left on") as unknown,
      });
  });

  test("somebody who probably left is no plain keep and no plain revoke", () => {
    const given = new Given();
    const [user, group] = [given.user("u", { tags: known({ owner: "p@sample.example" }) }), given.group("g")];
    given.person("p", gone);
    const membership = given.join(user, group);
    given.attach(group, "Read", document(allow("s3:Get*")));
    expect(of(populationOf(given), membership.id)).toMatchObject({
      recommendation: "look_closer",
      recommendationReason: expect.stringContaining("probably belongs to Sample p, who left on") as unknown,
    });
  });

  test("a machine whose owner left is looked at, not revoked", () => {
    const given = new Given();
    const user = given.user("robot");
    given.person("p", gone);
    given.mapped("p", user, "service");
    given.owned("aws", "robot", "identity:q");
    given.person("q");
    const key = given.credential("access-key", "KEY", user.id);
    expect(of(populationOf(given), key.id)).toMatchObject({
      recommendation: "look_closer",
      recommendationReason: expect.stringContaining("is answered for by Sample p, who left") as unknown,
    });
  });

  test("keys of root, but not the trust in its tenant", () => {
    const given = new Given();
    const root = given.root({ secondFactor: known(false) });
    const key = given.credential("access-key", "ROOTKEY", root.id, { displayHint: "key 2" });
    const trust = given.trusted(
      given.role("r", {}, { Effect: "Allow", Principal: { AWS: root.locator }, Action: "sts:AssumeRole" }),
      root.id,
    );
    const population = populationOf(given);
    expect(of(population, key.id)).toMatchObject({
      access: "access key 2",
      recommendation: "revoke",
      risk: "critical",
    });
    expect(of(population, trust.id)).toMatchObject({
      personOrMachine: "tenant sample-production",
      recommendation: "keep",
      risk: "low",
    });
  });
});

test("that one member should lose it is no reason to take it from the whole group", () => {
  const given = new Given();
  const [user, group] = [given.user("u"), given.group("g")];
  given.person("p");
  given.mapped("p", user);
  given.credential("access-key", "KEY", user.id);
  const membership = given.join(user, group);
  const attachment = given.attach(group, "Admin", document(allow("*")));
  given.approved("aws", "u", "policy Admin", daysAgo(30));
  const population = populationOf(given);
  expect(of(population, membership.id)).toMatchObject({
    recommendation: "revoke",
    recommendationReason: expect.stringContaining("ran out on") as unknown,
  });
  expect(of(population, attachment.id)?.recommendation).toBe("look_closer");
});

describe("a policy that only denies", () => {
  test.each<[name: string, text: string | null, left: boolean]>([
    ["denies only", document(deny("iam:*"), deny("s3:*")), true],
    ["denies and allows", document(deny("iam:*"), allow("s3:Get*")), false],
    ["says nothing", document(), false],
    ["could not be read", null, false],
    ["is no policy", "{", false],
  ])("left out where it denies and nothing else: one that %s", (_name, text, expected) => {
    const given = new Given();
    const [user, group] = [given.user("u"), given.group("g")];
    const grants = [
      given.inline(user, "deny-iam", text),
      given.inline(group, "deny-iam", text),
      given.join(user, group),
    ];
    const { excluded, candidates } = populationOf(given);
    expect(candidates.length + excluded.length).toBe(grants.length);
    expect(excluded).toEqual(
      expected ? grants.map(({ id }) => ({ subjectId: id, reason: "only takes access away" })).sort(byId) : [],
    );
  });

  test("a group without any policy, or with one that allows, is still access", () => {
    const given = new Given();
    const [user, empty, mixed] = [given.user("u"), given.group("empty"), given.group("mixed")];
    given.inline(mixed, "deny-iam", document(deny("iam:*")));
    given.inline(mixed, "read", document(allow("s3:Get*")));
    const joined = [given.join(user, empty), given.join(user, mixed)];
    const population = populationOf(given);
    for (const { id } of joined) expect(of(population, id)).toBeDefined();
  });
});

const byId = (a: { readonly subjectId: string }, b: { readonly subjectId: string }): number =>
  a.subjectId < b.subjectId ? -1 : 1;

test("a trust policy that cannot be read is said to be so", () => {
  const given = new Given();
  const role = given.role("r");
  const policies = given.records.policies as { id: string; document: unknown }[];
  for (const policy of policies)
    if (policy.id === `${role.id}/trust`) policy.document = { known: false, why: "the policy was not read" };
  given.records.principals.push({
    ...role,
    id: "external:aws:*",
    kind: "anyone",
    nativeType: "anyone",
    displayName: "anyone",
    locator: "*",
  });
  const trust = given.trusted(role, "external:aws:*");
  expect(of(populationOf(given), trust.id)).toMatchObject({
    recommendation: "look_closer",
    recommendationReason: expect.stringContaining("could not be read: the policy was not read") as unknown,
  });
});

describe("who decides", () => {
  test("a manager or owner who left decides nothing any more", () => {
    const given = new Given();
    given.person("boss", { employment: "left" });
    given.person("kim", { managerId: "identity:boss" });
    const [user, machine] = [given.user("kim"), given.user("ci")];
    given.mapped("kim", user);
    given.owned("aws", "ci", "boss", "boss");
    const [key, other] = [
      given.credential("access-key", "K1", user.id),
      given.credential("access-key", "K2", machine.id),
    ];
    const { candidates } = populationOf(given);
    const who = (id: string) => candidates.find(({ subjectId }) => subjectId === id);
    expect(who(key.id)).toMatchObject({ managerId: null });
    // Whoever ended before the snapshot has left, whatever the roster's word for it still is.
    given.records.identities.forEach((person, at) => {
      if (person.id === "identity:boss")
        given.records.identities[at] = { ...person, employment: "leaving", endDate: daysAgo(2) };
    });
    expect(populationOf(given).candidates.find(({ subjectId }) => subjectId === key.id)).toMatchObject({
      managerId: null,
    });
    expect(who(other.id)).toMatchObject({ technicalOwner: null, businessOwner: null });
  });
});
