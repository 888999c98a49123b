import { describe, expect, test } from "vitest";
import { OPERATION_MANIFESTS } from "../../connectors/github/operations/manifests.ts";
import type { Principal } from "../../src/model/principal.ts";
import type { Resource } from "../../src/model/resource.ts";
import type { RevocationOutcome } from "../../src/model/revocation.ts";
import { guard } from "../../src/revoke/guards.ts";
import { planRevocations } from "../../src/revoke/plan.ts";
import { Given, NOW } from "../analyse/given.ts";

const T = "github:O_1";

/** An organization with one of everything that can be taken away; `tenant` is what is known of it as a whole. */
function organization(tenant: Principal["attributes"] = {}, ownApp = false, suspended = false) {
  const given = new Given();
  const at = given.records.tenants.findIndex(({ id }) => id === T);
  const own = given.records.tenants[at];
  if (own !== undefined) given.records.tenants[at] = { ...own, attributes: tenant };
  const [robin, sam] = [given.member("robin-sample"), given.member("sam-sample")];
  const outsider = given.outsider("kim-sample");
  const web = given.repository("web");
  const app = given.app("sample-ci", { ownApp, suspended });
  const token = given.credential("fine-grained-token", "61", robin.id);
  const authorization = given.credential("single-sign-on-authorization", "62", robin.id);
  const resource = (kind: Resource["kind"], nativeId: string, id = `${T}:${nativeId}`): string => {
    given.records.resources.push({
      id,
      system: "github",
      tenantId: T,
      kind,
      nativeId,
      locator: nativeId,
      displayName: nativeId,
      attributes: {},
    });
    return id;
  };
  const github = { system: "github", tenantId: T } as const;
  const use = (of: string) =>
    given.entitlement({
      ...github,
      id: `${of}#use`,
      kind: "use",
      displayName: `use of ${of}`,
      targetId: of,
      resourceId: of,
    }).id;
  const selected = given.entitlement({
    ...github,
    id: `${web}#selection`,
    kind: "use",
    displayName: "selected sample/web",
    targetId: web,
    resourceId: web,
  }).id;
  const role = given.entitlement({
    ...github,
    id: `${T}/organization-role/138#assigned`,
    kind: "organization-role",
    displayName: "organization role all_repo_admin",
    targetId: `${T}/organization-role/138`,
    resourceId: T,
  }).id;
  const seat = given.entitlement({
    ...github,
    id: `${T}#copilot-seat`,
    kind: "seat",
    displayName: "Copilot seat",
    targetId: T,
  }).id;
  const installation = given.entitlement({
    ...github,
    id: `${app.id}#installation`,
    kind: "installation",
    displayName: "app sample-ci",
    targetId: app.id,
    resourceId: T,
  }).id;
  const subjects = {
    owner: given.organizationRole(robin, "owner"),
    member: given.organizationRole(sam, "member"),
    writes: given.onRepository("collaboration", robin.id, web, "write"),
    reads: given.onRepository("collaboration", sam.id, web, "read"),
    outside: given.onRepository("collaboration", outsider.id, web, "admin"),
    role: given.grant("organization-role", robin.id, role),
    seat: given.grant("seat", robin.id, seat),
    secret: given.grant("selection", web, use(resource("secret", "S", `${T}/secret/actions/S`))),
    runners: given.grant("selection", web, use(resource("runner-group", "runner-group-7"))),
    appSelection: given.grant("selection", app.id, selected),
    tokenSelection: given.grant("selection", token.id, selected),
    installation: given.grant("installation", app.id, installation),
    organizationInvitation: given.organizationRole(sam, "owner", "invitation"),
    repositoryInvitation: given.onRepository("invitation", sam.id, web, "admin"),
    token,
    authorization,
    stray: given.credential("single-sign-on-authorization", "63", null, {
      system: "github",
      tenantId: T,
      attributes: { login: "robin-sample" },
    }),
  };
  return { given, subjects, robin, sam, app };
}

type Subject = keyof ReturnType<typeof organization>["subjects"];

function planned(
  { given, subjects }: ReturnType<typeof organization>,
  subject: Subject,
  outcome: RevocationOutcome = "revoke",
) {
  const wanted = {
    subjectKind: ["token", "authorization", "stray"].includes(subject) ? ("credential" as const) : ("grant" as const),
    subjectId: subjects[subject].id,
    campaignId: null,
    decisionId: "decision-1",
    findingId: null,
    outcome,
    reason: "decided by its owner",
    noticeDays: 7,
  };
  // Whatever the order in which they are declared: the class decides.
  const plan = planRevocations(given.graph(), [wanted], OPERATION_MANIFESTS.toReversed(), NOW);
  return { revocation: plan.revocations[0], why: plan.byHand[0]?.why };
}

const ENTERPRISE = { enterpriseSlug: "acme" };

describe("what is planned for a thing of GitHub", () => {
  test.each<[Subject, RevocationOutcome, string, string, ReturnType<typeof organization>?]>([
    ["owner", "revoke", "lower-organization-owner", "A"],
    ["owner", "reduce", "lower-organization-owner", "A"],
    ["member", "revoke", "remove-organization-member", "B"],
    ["writes", "revoke", "remove-direct-collaborator", "A"],
    ["writes", "reduce", "lower-direct-collaborator", "A"],
    ["outside", "revoke", "remove-outside-collaborator", "B"],
    ["role", "revoke", "remove-organization-role", "A"],
    ["seat", "revoke", "cancel-copilot-seat", "A"],
    ["secret", "revoke", "narrow-secret", "A"],
    ["secret", "reduce", "narrow-secret", "A"],
    ["runners", "revoke", "narrow-runner-group", "A"],
    ["appSelection", "revoke", "narrow-app-installation", "A"],
    ["installation", "revoke", "uninstall-app", "C", organization(ENTERPRISE)],
    ["installation", "revoke", "suspend-app-installation", "A", organization(ENTERPRISE, true)],
    ["installation", "reduce", "suspend-app-installation", "A", organization({}, true)],
    ["installation", "revoke", "uninstall-own-app", "C", organization({}, true, true)],
    ["organizationInvitation", "revoke", "cancel-organization-invitation", "B"],
    ["repositoryInvitation", "revoke", "cancel-repository-invitation", "B"],
    ["token", "revoke", "revoke-fine-grained-token", "B"],
    ["authorization", "revoke", "remove-single-sign-on-authorization", "B"],
  ])("%s, %s: %s, class %s", (subject, outcome, operation, undoClass, all = organization()) => {
    const { revocation, why } = planned(all, subject, outcome);
    expect(why).toBeUndefined();
    expect(revocation).toMatchObject({ operation: `github/${operation}`, undoClass, simulated: false });
    expect(revocation?.undoNeeds).toBe(OPERATION_MANIFESTS.find(({ id }) => id === `github/${operation}`)?.undoNeeds);
  });

  test.each<[Subject, RevocationOutcome, string, ReturnType<typeof organization>?]>([
    ["reads", "reduce", "narrow it"],
    ["member", "reduce", "narrow it"],
    ["outside", "reduce", "narrow it"],
    ["token", "reduce", "narrow it"],
    ["tokenSelection", "revoke", "as a whole only"],
    ["installation", "revoke", "suspend it first"],
    ["installation", "reduce", "suspend it first", organization({}, true, true)],
    ["installation", "revoke", "suspend it first", organization({ enterpriseSlug: null })],
  ])("%s, %s, is for people, with the reason: %s", (subject, outcome, words, all = organization()) => {
    const { revocation, why } = planned(all, subject, outcome);
    expect(revocation).toBeUndefined();
    expect(why).toContain(words);
  });

  test("a repository that a secret is open to holds it itself: the target names both", () => {
    expect(planned(organization(), "secret").revocation?.target).toMatchObject({
      principal: { kind: "repository", locator: "sample/web" },
      resource: { kind: "secret", id: `${T}/secret/actions/S` },
    });
  });
});

describe("the guards, on things of GitHub", () => {
  const stopped = (
    all: ReturnType<typeof organization>,
    subject: Subject,
    self: readonly string[] = [],
    protectedPatterns: readonly string[] = [],
  ): string | null => {
    const { revocation } = planned(all, subject);
    if (revocation === undefined) throw new Error(`${subject} is not planned`);
    return guard([revocation], { graph: all.given.graph(), self, protectedPatterns }).stopped[0]?.why ?? null;
  };
  const OWN = expect.stringContaining("itself signs in");

  test.each<[string, Subject, readonly string[], unknown]>([
    ["the app we sign in with", "installation", ["sample-ci[bot]"], OWN],
    ["a repository of the app we sign in with", "appSelection", ["sample-ci[bot]"], OWN],
    ["another app", "installation", ["sample-cd[bot]", "sample-ci-two[bot]"], null],
    ["the token we sign in with, by its owner, whatever the case", "token", ["Robin-Sample"], OWN],
    ["the authorization of the token we sign in with", "authorization", ["robin-sample"], OWN],
    ["an authorization whose owner nobody listed", "stray", ["robin-sample"], OWN],
    ["an authorization of somebody else whom nobody listed", "stray", ["sam-sample"], null],
    ["somebody else's token", "token", ["sam-sample"], null],
    ["a secret of a repository", "secret", ["sam-sample"], null],
  ])("%s", (_, subject, self, why) => {
    const all = organization(ENTERPRISE);
    // A second owner, so that the last one is not what stops it.
    all.given.organizationRole(all.sam, "owner");
    expect(stopped(all, subject, self)).toEqual(why);
  });

  test("the last owner is not even made a member", () => {
    const all = organization();
    expect(stopped(all, "owner")).toContain("the last administrator");
    all.given.organizationRole(all.sam, "owner");
    expect(stopped(all, "owner")).toBeNull();
  });

  test("a repository on the protected list keeps its secrets", () => {
    expect(stopped(organization(), "secret", [], ["sample/web"])).toContain("protected list");
  });
});
