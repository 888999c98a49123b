import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { PEOPLE_QUERIES } from "../../../connectors/github/queries-people.ts";
import { parseGitHubSettings } from "../../../connectors/github/settings.ts";
import type { GitHubRole } from "../../../src/model/github-role.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { CANARY } from "../../fakes/github/fake-github.ts";
import { githubSchema } from "../../fakes/github/graph-answers.ts";
import { controlsOf } from "../../fakes/github/slices/controls-state.ts";
import { peopleOf } from "../../fakes/github/slices/people-state.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, coverageOf, environmentWith } from "./open-fake.ts";
import { ADA, collectWith, openPeople, OTHER, PAYMENTS, STEPS, T, WEB } from "./people-ground.ts";

const grantsOf = (records: SnapshotRecords, kind: string) =>
  records.grants
    .filter((grant) => grant.kind === kind)
    .map(({ principalId, entitlementId }) => [principalId, entitlementId])
    .sort();
const resource = (records: SnapshotRecords, id: string) => records.resources.find((one) => one.id === id);
const principal = (records: SnapshotRecords, id: string) => records.principals.find((one) => one.id === id);

describe("people and credentials of GitHub", () => {
  test.each(Object.entries(PEOPLE_QUERIES))("the query %s is valid in GitHub's schema", (_name, query) => {
    expect(validate(githubSchema(), parse(query))).toEqual([]);
  });

  test("all are read, by GitHub's own description, and the recording reads back the same", async () => {
    const folder = await temporaryFolder();
    const { session, fake } = await openPeople({ enterprise: "acme", recordTo: folder });
    const live = await collect(session);
    expect(fake.problems).toEqual([]);
    for (const [, kind] of STEPS)
      expect(coverageOf(live, kind), kind).toMatchObject({ state: "complete", reason: null });
    expect(coverageOf(live, "unused-variable")).toMatchObject({ state: "skipped" });
    const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
    const recorded = await collect(again);
    for (const table of [
      "tenants",
      "principals",
      "credentials",
      "resources",
      "entitlements",
      "grants",
      "policies",
      "coverage",
    ] as const)
      expect(recorded[table], table).toEqual(live[table]);
  });

  test("of values, addresses, secrets and keys nothing is kept", async () => {
    const folder = await temporaryFolder();
    const { session } = await openPeople({ enterprise: "acme", recordTo: folder });
    const records = JSON.stringify(await collect(session));
    const at = join(folder, "github/acme-sample");
    const files = await Promise.all((await readdir(at)).map((file) => readFile(join(at, file), "utf8")));
    const secrets = [CANARY, "abcd9999", "SHA256:nobodys", "ghp_noteOfNobodyAtAll00000001"];
    expect(secrets.filter((secret) => [records, ...files].some((text) => text.includes(secret)))).toEqual([]);
    // The test can fail: what is kept of them is there.
    expect(files.some((text) => text.includes("hooks.acme.invalid"))).toBe(true);
    expect(records.includes("…9999")).toBe(true);
  });

  test("roles are policies, and whoever was assigned one holds it; through a team the team does", async () => {
    const records = await collect((await openPeople()).session);
    const role = `${T}#organization-role/8136`;
    expect(grantsOf(records, "organization-role")).toEqual([
      [`${T}:T_sample02`, `${T}#organization-role/20001`],
      [ADA, role],
    ]);
    expect(records.entitlements.find(({ id }) => id === role)).toMatchObject({
      kind: "organization-role",
      targetId: `${T}/organization-role/8136`,
      resourceId: T,
      level: "admin",
    });
    const documents = records.policies
      .filter(({ kind }) => kind === "organization-role" || kind === "repository-role")
      .map(({ id, holderId, document }) => [
        id,
        holderId,
        document.known && (JSON.parse(document.value) as GitHubRole),
      ]);
    expect(documents).toEqual([
      [
        `${T}/organization-role/20001`,
        T,
        {
          name: "auditor",
          source: "organization",
          base: null,
          permissions: { known: true, value: ["read_audit_logs"] },
        },
      ],
      [
        `${T}/organization-role/8136`,
        T,
        { name: "all_repo_admin", source: "predefined", base: "admin", permissions: { known: true, value: [] } },
      ],
      [
        `${T}/repository-role/30001`,
        T,
        {
          name: "releaser",
          source: "organization",
          base: "write",
          permissions: { known: true, value: ["create_tag"] },
        },
      ],
    ]);
  });

  test("teams of the enterprise reach repositories, and others govern who is in them", async () => {
    const records = await collect((await openPeople({ enterprise: "acme" })).session);
    const team = `${T}:ET_1`;
    expect(principal(records, team)).toMatchObject({
      kind: "team",
      nativeType: "enterprise-team",
      attributes: { governedBy: "Staff", databaseId: 77 },
    });
    expect(records.grants.filter(({ entitlementId }) => entitlementId === `${team}#membership`)).toMatchObject([
      { kind: "membership", principalId: ADA, governedElsewhere: true },
    ]);
    expect(records.grants.filter(({ principalId }) => principalId === team)).toMatchObject([
      { kind: "team-grant", entitlementId: `${WEB}#repository-role/write` },
    ]);
    expect(records.tenants[0]?.attributes).toMatchObject({ enterpriseSlug: "acme", enterpriseId: 4711 });
    expect(principal(records, OTHER)?.attributes).toMatchObject({ enterpriseOwner: true, license: "enterprise" });
    expect(principal(records, ADA)?.attributes).toMatchObject({ enterpriseRoles: "Cost reader" });
  });

  test("without a named enterprise the organization still tells its teams, and licenses are skipped", async () => {
    const { session, fake } = await openPeople();
    const records = await collect(session);
    expect(fake.requests.filter((one) => one.includes("/enterprises/"))).toEqual([]);
    expect(coverageOf(records, "enterprise-team")).toMatchObject({ state: "complete", items: 1 });
    expect(coverageOf(records, "enterprise-role")).toMatchObject({ state: "complete" });
    expect(coverageOf(records, "license")).toMatchObject({
      state: "skipped",
      reason: "no enterprise is named in the settings (`enterprise: <slug>` under the organization)",
    });
  });

  test.each([
    ["groups of an enterprise that manages its users", { external: true }],
    ["team synchronization", { external: false }],
  ])("a team that is filled by %s is governed elsewhere", async (_name, { external }) => {
    const { session } = await openPeople({
      set: ({ state }) => {
        if (external) return;
        peopleOf(state).externalGroups = null;
        peopleOf(state).synchronized = { platform: ["Platform people"] };
      },
    });
    const records = await collect(session);
    expect(coverageOf(records, "identity-provider-group")).toMatchObject({ state: "complete", items: 1 });
    expect(principal(records, `${T}:T_sample02`)?.attributes).toMatchObject({ governedBy: "Platform people" });
    const memberships = records.grants.filter(({ kind }) => kind === "membership");
    const own = memberships.filter(({ entitlementId }) => entitlementId === `${T}:T_sample02#membership`);
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ governedElsewhere }) => governedElsewhere)).toBe(true);
    const others = memberships.filter((grant) => !own.includes(grant) && !grant.entitlementId.includes("ET_1"));
    expect(others.some(({ governedElsewhere }) => governedElsewhere)).toBe(false);
  });

  test("who has no identity is told apart from who was not read", async () => {
    const { session } = await openPeople();
    const records = await collect(session);
    expect(principal(records, ADA)?.attributes["ssoLinked"]).toBe(true);
    expect(principal(records, OTHER)?.attributes["ssoLinked"]).toBe(false);
    const { session: hidden, fake } = await openPeople();
    const { own, coverage } = await collectWith({ session: hidden, fake }, "single-sign-on-identities", {
      notOwner: true,
    });
    expect(own.principals ?? []).toEqual([]);
    expect(coverage.find(({ kind }) => kind === "single-sign-on-identity")).toMatchObject({ state: "partial" });
    const { session: none } = await openPeople({ set: ({ state }) => (peopleOf(state).identities = null) });
    const without = await collect(none);
    expect(principal(without, OTHER)?.attributes["ssoLinked"]).toBeUndefined();
    expect(coverageOf(without, "single-sign-on-identity")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("that of its enterprise is read where the settings name it"),
    });
  });

  test("the identity provider of the enterprise counts where the organization has none", async () => {
    const { session } = await openPeople({
      enterprise: "acme",
      set({ state }) {
        const people = peopleOf(state);
        if (people.enterprise !== null) people.enterprise.identities = people.identities;
        people.identities = null;
      },
    });
    const records = await collect(session);
    expect(coverageOf(records, "single-sign-on-identity")).toMatchObject({ state: "complete", items: 1 });
    expect(principal(records, ADA)?.attributes).toMatchObject({ ssoLinked: true, ssoName: "ada@acme.invalid" });
    expect(records.tenants[0]?.attributes["singleSignOn"]).toBe(true);
  });

  test("more identities than a page are all read", async () => {
    const { session, fake } = await openPeople({
      set({ state }) {
        const all = state.members.flatMap(({ node }) => (node === null ? [] : [{ id: node.id, login: node.login }]));
        const people = peopleOf(state);
        people.identities = Array.from({ length: 3 }).flatMap(() =>
          all.map((user) => ({ samlIdentity: { nameId: "x" }, scimIdentity: null, user })),
        );
        for (const [at, one] of people.identities.entries()) Object.assign(one, { guid: String(at) });
      },
    });
    const records = await collect(session, "members", "single-sign-on-identities");
    expect(peopleOf(fake.state).identities?.length).toBeGreaterThan(100);
    expect(fake.problems).toEqual([]);
    expect(coverageOf(records, "single-sign-on-identity")).toMatchObject({ state: "complete" });
    expect(records.principals.filter(({ attributes }) => attributes["ssoLinked"] === false)).toEqual([]);
  });

  test("authorisations carry when they were used and end, and of themselves four characters", async () => {
    const records = await collect((await openPeople()).session);
    const own = records.credentials.filter(({ kind }) => kind === "single-sign-on-authorization");
    expect(own).toMatchObject([
      {
        holderId: ADA,
        displayHint: "old script REDACTED …9999",
        lastUsedAt: { known: true, value: "2026-11-01T00:00:00Z" },
        expiresAt: { known: true, value: "2027-01-01T00:00:00Z" },
        attributes: { type: "personal access token", scopes: "admin:org, repo" },
      },
      {
        holderId: null,
        displayHint: "SSH key …rint",
        lastUsedAt: { known: true, value: "never" },
        attributes: { login: "gone-sample" },
      },
    ]);
  });

  test("apps and tokens with some repositories reach these", async () => {
    const records = await collect((await openPeople({ enterprise: "acme" })).session);
    const selections = grantsOf(records, "selection").filter(([, what]) => what?.endsWith("#selection") === true);
    expect(selections).toEqual(
      [
        [`${T}:installation-4000003`, `${WEB}#selection`],
        [`${T}:installation-4000003`, `${PAYMENTS}#selection`],
        [`${T}:token-2000001`, `${WEB}#selection`],
      ].sort(),
    );
    expect(records.credentials.filter(({ kind }) => kind === "token-request")).toMatchObject([
      { holderId: ADA, status: { known: true, value: "inactive" }, attributes: { permissions: "contents:write" } },
    ]);
  });

  test.each(["own", "user"] as const)("without an enterprise GitHub's %s view of an app has to do", async (view) => {
    const { session } = await openPeople({
      set({ state }) {
        const { installationRepositories: all } = peopleOf(state);
        const chosen = ["acme-sample/web"];
        all.enterprise = null;
        if (view === "own") all.own = chosen;
        else all.user = Object.fromEntries(state.installations.map(({ id }) => [id, chosen]));
        if (view === "own") keepOneSelective(state.installations);
      },
    });
    const records = await collect(session);
    expect(coverageOf(records, "installation-repository")).toMatchObject({ state: "complete" });
    expect(grantsOf(records, "selection")).toContainEqual([`${T}:installation-4000003`, `${WEB}#selection`]);
  });

  test("what nobody may see of apps is denied, with who may", async () => {
    const { session } = await openPeople({
      set: ({ state }) =>
        Object.assign(peopleOf(state).installationRepositories, { enterprise: null, own: null, user: null }),
    });
    const records = await collect(session);
    expect(coverageOf(records, "installation-repository")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("only to an app of the enterprise"),
    });
  });

  test("secrets, variables, runners and hooks stand where they belong, with who may use them", async () => {
    const { session, fake } = await openPeople();
    const records = await collect(session);
    expect(resource(records, `${T}/secret/actions/SIGNING`)).toMatchObject({
      kind: "secret",
      attributes: {
        store: "actions",
        scope: "organization",
        visibility: "selected",
        updatedAt: "2025-02-01T00:00:00Z",
      },
    });
    expect(resource(records, `${T}/secret/dependabot/REGISTRY`)?.attributes["store"]).toBe("dependabot");
    expect(resource(records, `${WEB}/secret/actions/DEPLOY`)?.attributes["scope"]).toBe("repository");
    expect(resource(records, `${PAYMENTS}/environment/production/secret/LEDGER`)?.attributes["store"]).toBe(
      "environment",
    );
    expect(resource(records, `${T}/variable/actions/REGION`)).toMatchObject({ kind: "variable" });
    expect(resource(records, `${T}:runner-11`)?.attributes).toMatchObject({ groupId: 2, ephemeral: false });
    expect(resource(records, `${T}:runner-group-2`)?.attributes).toMatchObject({ allowsPublicRepositories: true });
    expect(resource(records, `${T}:hook-701`)?.attributes).toMatchObject({
      host: "hooks.acme.invalid",
      hasSecret: true,
      insecureSsl: false,
    });
    expect(resource(records, `${WEB}:hook-711`)?.attributes).toMatchObject({
      hasSecret: false,
      insecureSsl: true,
      lastStatus: "unused",
    });
    const uses = grantsOf(records, "selection").filter(([, what]) => what?.endsWith("#use") === true);
    expect(uses).toEqual(
      [
        [WEB, `${T}/secret/actions/SIGNING#use`],
        [PAYMENTS, `${T}:runner-group-2#use`],
      ].sort(),
    );
    const withoutJobs = fake.state.repositories.filter(({ isArchived }) => isArchived).map((one) => one.nameWithOwner);
    expect(withoutJobs.length).toBeGreaterThan(0);
    for (const name of withoutJobs) expect(fake.requests).not.toContain(`GET /repos/${name}/actions/secrets`);
  });

  test.each([
    ["run: deploy --to ${{ vars.REGION }}", true],
    ["run: deploy --to ${{ vars['REGION'] }}", true],
    ["run: deploy --to ${{ env.vars.REGION }}", false],
    ["run: deploy", false],
    ["uses: acme-other/workflows/.github/workflows/deploy.yml@v1", true],
  ])("a repository whose job says %j is asked for its variables: %j", async (step, asked) => {
    const { session, fake } = await openPeople();
    const job = step.startsWith("uses:") ? `    ${step}` : `    runs-on: ubuntu-latest\n    steps:\n      - ${step}`;
    const file = `on: push\njobs:\n  ship:\n${job}\n`;
    controlsOf(fake.state).files["acme-sample/web"] = { ".github/workflows/ship.yml": file };
    await collect(session, "repositories", "workflows", "variables");
    expect(fake.requests.includes("GET /repos/acme-sample/web/actions/variables")).toBe(asked);
  });

  test("whom the identity provider suspended is told of the login that is linked, from every page", async () => {
    const { session, fake } = await openPeople();
    const others = Array.from({ length: 120 }, (_, at) => ({
      id: `o${at}`,
      userName: `o${at}@acme.invalid`,
      active: true,
    }));
    peopleOf(fake.state).scimUsers = [...others, { id: "1", userName: "ada@acme.invalid", active: false }];
    const records = await collect(session, "members", "single-sign-on-identities", "scim-users");
    const told = records.principals.filter(({ attributes }) => attributes["scimActive"] !== undefined);
    expect(told.map(({ id, attributes }) => [id, attributes["scimActive"]])).toEqual([[ADA, false]]);
    expect(coverageOf(records, "scim-user")).toMatchObject({ state: "complete", items: 121 });
    expect(fake.requests.filter((one) => one.includes("/scim/")).length).toBe(2);
    expect(fake.problems).toEqual([]);
  });

  test("a secret whose repositories are refused is there, and open to nobody knows which", async () => {
    const opened = await openPeople();
    const path = "/orgs/acme-sample/actions/secrets/SIGNING/repositories";
    const { own, coverage } = await collectWith(opened, "secrets", { forbid: { [path]: { message: "no" } } });
    expect(own.resources?.map(({ id }) => id)).toContain(`${T}/secret/actions/SIGNING`);
    expect(own.grants).toEqual([]);
    expect(coverage.find(({ kind }) => kind === "secret")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("which repositories may use it was not read of `SIGNING`"),
    });
  });

  test("invitations, seats and codespaces carry what tells whether anybody cares", async () => {
    const records = await collect((await openPeople()).session);
    const invited = records.grants.find(
      ({ entitlementId, kind }) => kind === "invitation" && entitlementId.startsWith(WEB),
    );
    expect(invited).toMatchObject({
      principalId: `${T}:U_invited`,
      entitlementId: `${WEB}#repository-role/write`,
      grantedBy: { known: true, value: "acme-uma-garply" },
      expiresAt: { known: true, value: "2026-11-08T00:00:00Z" },
    });
    expect(principal(records, `${T}:U_invited`)?.nativeType).toBe("invited-collaborator");
    expect(records.grants.filter(({ kind }) => kind === "seat")).toMatchObject([
      {
        principalId: ADA,
        entitlementId: `${T}#copilot-seat`,
        lastUsedAt: { known: true, value: "2026-08-01T00:00:00Z" },
        grantedBy: { known: true, value: "team platform" },
      },
    ]);
    expect(principal(records, ADA)?.attributes).toMatchObject({
      codespaces: 2,
      codespacesLastUsedAt: "2026-10-02T00:00:00Z",
    });
  });

  test("lists of any size are read to their end", async () => {
    const { session, fake } = await openPeople({
      set({ state }) {
        const { secrets, seats, hooks, runners } = peopleOf(state);
        const [seat, hook, runner, secret] = [seats[0], hooks[0], runners[0], secrets.actions[0]];
        for (let at = 0; at < 230; at += 1) {
          if (seat !== undefined) seats.push(seat);
          if (hook !== undefined) hooks.push({ ...hook, id: 10_000 + at });
          if (runner !== undefined) runners.push({ ...runner, id: 20_000 + at });
          if (secret !== undefined) secrets.actions.push({ ...secret, name: `S_${at}`, visibility: "all" });
        }
      },
    });
    const records = await collect(session);
    expect(fake.problems).toEqual([]);
    expect(coverageOf(records, "copilot-seat")).toMatchObject({ state: "complete", items: 231 });
    expect(records.resources.filter(({ id }) => id.startsWith(`${T}:hook-`)).length).toBe(231);
    expect(records.resources.filter(({ kind }) => kind === "runner").length).toBe(231);
    expect(records.resources.filter(({ id }) => id.startsWith(`${T}/secret/actions/`)).length).toBe(231);
  });

  test("an enterprise is named by its slug, and nothing else", () => {
    const settings = (enterprise: unknown) => ({ organizations: [{ organization: "acme-sample", enterprise }] });
    expect(parseGitHubSettings(settings("acme")).organizations[0]?.enterprise).toBe("acme");
    expect(() => parseGitHubSettings(settings("https://github.com/enterprises/acme"))).toThrow(/slug of an enterprise/);
  });
});

function keepOneSelective(installations: { id: number; repository_selection: string }[]): void {
  for (const one of installations) one.repository_selection = one.id === 4_000_003 ? "selected" : "all";
}
