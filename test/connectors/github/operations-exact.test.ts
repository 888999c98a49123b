import { describe, expect, test } from "vitest";
import { OPERATIONS } from "../../../connectors/github/operations/index.ts";
import { OPERATION_MANIFESTS } from "../../../connectors/github/operations/manifests.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { dumpState } from "../../fakes/github/github-state.ts";
import { operationsOf } from "../../fakes/github/slices/operations.ts";
import { ground, part, target } from "./operations-ground.ts";

const rex = part("user", "U_rex", "acme-rex-awaiter");
const platform = part("team", "T_platform", "platform");
const web = part("repository", "R_web", "acme-sample/web");
const infrastructure = part("repository", "R_infra", "acme-sample/infrastructure");
const payments = part("repository", "R_payments", "acme-sample/payments-api");
const archive = part("repository", "R_archive", "acme-sample/archive-site");
const app = part("app", "installation-4000001", "sample-ci");
const role = part("organization-role", "github:O_sample/organization-role/138", "organization-role all_repo_admin");
const secret = (store: string, name = "SAMPLE_SECRET") =>
  part("secret", name, name, `github:O_sample/secret/${store}/${name}`);
const group = (id: number) => part("runner-group", `runner-group-${id}`, `group ${id}`);

interface Case {
  readonly id: string;
  readonly target: RevocationTarget;
  /** Beginning of the path that hides the place when GitHub answers "not found" (or 403) there. */
  readonly place?: readonly [path: string, status: number];
  /** Beginning of the path of the change alone. */
  readonly change?: string;
}

const ORG = "/orgs/acme-sample";

/** Every operation that is undone exactly, with something it acts on. */
const CASES: readonly Case[] = [
  { id: "github/remove-team-membership", target: target({ principal: rex, entitlement: platform }) },
  {
    id: "github/remove-team-repository",
    target: target({ principal: platform, resource: infrastructure }),
    place: [`${ORG}/teams/platform`, 404],
  },
  {
    id: "github/lower-team-repository",
    target: target({ principal: platform, resource: infrastructure }),
    place: [`${ORG}/teams/platform`, 404],
  },
  { id: "github/remove-direct-collaborator", target: target({ principal: rex, resource: infrastructure }) },
  { id: "github/lower-direct-collaborator", target: target({ principal: rex, resource: infrastructure }) },
  {
    id: "github/lower-organization-owner",
    target: target({ principal: part("user", "U_ada", "acme-ada-example") }),
    place: [`${ORG}/memberships`, 403],
  },
  {
    id: "github/remove-organization-role",
    target: target({ principal: rex, entitlement: role }),
    place: [`${ORG}/organization-roles/138`, 404],
    change: `${ORG}/organization-roles/users`,
  },
  {
    id: "github/remove-organization-role",
    target: target({ principal: platform, entitlement: role }),
    place: [`${ORG}/organization-roles/138`, 404],
    change: `${ORG}/organization-roles/teams`,
  },
  {
    id: "github/delete-deploy-key",
    target: target({ resource: archive, credential: part("deploy-key", "archive-key", "old web server") }),
    place: ["/repos/acme-sample/archive-site/keys", 404],
  },
  ...["actions", "dependabot", "codespaces"].map((store) => ({
    id: "github/narrow-secret",
    target: target({ principal: web, resource: secret(store) }),
    place: [`${ORG}/${store}/secrets/SAMPLE_SECRET`, 404] as const,
    change: `${ORG}/${store}/secrets/SAMPLE_SECRET/repositories/`,
  })),
  {
    id: "github/narrow-runner-group",
    target: target({ principal: payments, resource: group(7) }),
    place: [`${ORG}/actions/runner-groups/7`, 404],
    change: `${ORG}/actions/runner-groups/7/repositories/`,
  },
  {
    id: "github/narrow-app-installation",
    target: target({ principal: app, resource: web }),
    place: ["/enterprises/acme/apps", 404],
    change: "/enterprises/acme/apps/organizations/acme-sample/installations/4000001/repositories/remove",
  },
  {
    id: "github/suspend-app-installation",
    target: target({ principal: app }),
    place: [`${ORG}/installations`, 404],
    change: "/app/installations/4000001/suspended",
  },
  {
    id: "github/cancel-copilot-seat",
    target: target({ principal: rex }),
    place: [`${ORG}/`, 404],
    change: `${ORG}/copilot/billing/selected_users`,
  },
];

/** What is only lowered is still there. */
const LOWERS = /\/lower-(team|direct)/;

async function opened({ id, target: asked }: Case) {
  const open = await ground();
  // The key of the sample, by its number.
  const [key] = open.fake.state.deployKeys.get("acme-sample/archive-site") ?? [];
  const about =
    asked.credential === null || key === undefined
      ? asked
      : { ...asked, credential: { ...asked.credential, nativeId: String(key.id) } };
  return { ...open, about, one: open.operation(id) };
}

describe("what is undone exactly", () => {
  test("every operation is declared, and every one of class A has a case here", () => {
    const ids = (list: readonly { readonly id: string }[]) => [...new Set(list.map(({ id }) => id))].sort();
    expect(ids(OPERATIONS)).toEqual(ids(OPERATION_MANIFESTS));
    expect(ids(CASES)).toEqual(ids(OPERATION_MANIFESTS.filter(({ undoClass }) => undoClass === "A")));
  });

  test("what is undone exactly is listed before what needs people, and that before what is final", () => {
    const classes = OPERATION_MANIFESTS.map(({ undoClass }) => undoClass);
    expect(classes).toEqual(classes.toSorted());
  });

  test("whatever is not undone exactly says what undoing asks of people", () => {
    for (const { id, undoClass, undoNeeds } of OPERATION_MANIFESTS)
      if (undoClass !== "A") expect(undoNeeds, id).toBeDefined();
  });

  test.each(CASES)(
    "$id ($target.principal.locator, $target.resource.locator): capture, revoke and restore are the identity",
    async (one) => {
      const { fake, one: operation, about } = await opened(one);
      const before = dumpState(fake.state);
      const found = await operation.capture(about);
      if (found.state !== "present") throw new Error(`nothing to revoke: ${JSON.stringify(found)}`);
      const { preImage } = found;
      expect(await operation.isGone(about, preImage)).toEqual({ known: true, value: false });

      expect(await operation.revoke(about, preImage)).toMatchObject({ state: "done" });
      expect(await operation.isGone(about, preImage)).toEqual({ known: true, value: true });
      const after = dumpState(fake.state);
      expect(after).not.toBe(before);
      expect(await operation.revoke(about, preImage)).toEqual({ state: "already-absent" });
      expect(dumpState(fake.state)).toBe(after);
      if (!LOWERS.test(one.id)) expect(await operation.capture(about)).toEqual({ state: "already-absent" });

      expect(await operation.restore(about, preImage)).toMatchObject({ state: "done" });
      expect(await operation.restore(about, preImage)).toMatchObject({ state: "done" });
      expect(await operation.isGone(about, preImage)).toEqual({ known: true, value: false });
      expect(dumpState(fake.state)).toBe(before);
      expect(fake.problems).toEqual([]);
    },
  );

  test.each(CASES.filter(({ place }) => place !== undefined))(
    "$id ($target.principal.locator): a place that GitHub hides is unreadable, and nothing is changed there",
    async (one) => {
      const { fake, one: operation, about } = await opened(one);
      const [path, status] = one.place ?? ["", 404];
      fake.bad = { forbid: { [path]: { status, message: status === 404 ? "Not Found" : "You must be an owner." } } };
      const before = dumpState(fake.state);
      expect(await operation.capture(about)).toMatchObject({ state: "unreadable" });
      expect(await operation.isGone(about, {})).toMatchObject({ known: false });
      expect(await operation.revoke(about, {})).toMatchObject({ state: "refused" });
      expect(await operation.restore(about, {})).toMatchObject({ state: "refused" });
      expect(dumpState(fake.state)).toBe(before);
      expect(fake.requests.filter((line) => !line.startsWith("GET") && !line.includes("/graphql"))).toEqual([]);
    },
  );

  test.each(CASES.filter(({ change }) => change !== undefined))(
    "$id ($target.principal.locator): a change that GitHub refuses is refused, whether it says why or hides it",
    async (one) => {
      const { fake, one: operation, about } = await opened(one);
      const found = await operation.capture(about);
      const preImage = found.state === "present" ? found.preImage : null;
      for (const [status, message] of [
        [403, "Resource not accessible by integration"],
        [404, "Not Found"],
      ] as const) {
        fake.bad = { forbid: { [one.change ?? ""]: { status, message } } };
        expect(await operation.revoke(about, preImage)).toMatchObject({ state: "refused", why: expect.any(String) });
      }
    },
  );
});

describe("where there is nothing to narrow", () => {
  test.each([
    [
      "a secret that is open to all",
      target({ principal: web, resource: secret("actions", "OPEN_SECRET") }),
      "narrow-secret",
      "with its value, which GitHub gives to nobody",
    ],
    [
      "a runner group of the enterprise",
      target({ principal: web, resource: group(8) }),
      "narrow-runner-group",
      "the enterprise decides",
    ],
  ] as const)("%s is unreadable as a selection, with the reason", async (_, about, id, why) => {
    const { operation } = await ground();
    expect(await operation(`github/${id}`).capture(about)).toEqual({
      state: "unreadable",
      why: expect.stringContaining(why),
    });
  });

  test("without an enterprise, a person's token takes a repository from an app, and gives it back", async () => {
    const { operation, fake } = await ground(false);
    const [narrow, about] = [operation("github/narrow-app-installation"), target({ principal: app, resource: web })];
    const before = dumpState(fake.state);
    const found = await narrow.capture(about);
    const preImage = found.state === "present" ? found.preImage : null;
    expect((await narrow.revoke(about, preImage)).state).toBe("done");
    expect(await narrow.isGone(about, preImage)).toEqual({ known: true, value: true });
    expect((await narrow.restore(about, preImage)).state).toBe("done");
    expect(dumpState(fake.state)).toBe(before);
    expect(fake.requests.filter((line) => line.includes("enterprises"))).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  test("uninstalling needs an enterprise, and says so", async () => {
    const { operation, fake } = await ground(false);
    const before = dumpState(fake.state);
    expect(await operation("github/uninstall-app").revoke(target({ principal: app, resource: web }), {})).toEqual({
      state: "refused",
      why: expect.stringContaining("no enterprise is configured"),
    });
    expect(dumpState(fake.state)).toBe(before);
  });

  test("an app whose key is not ours is not suspended, with the way to do it by hand", async () => {
    const { operation, fake } = await ground();
    const before = dumpState(fake.state);
    const other = target({ principal: part("app", "installation-4000002", "sample-autofix") });
    expect(await operation("github/suspend-app-installation").revoke(other, {})).toEqual({
      state: "refused",
      why: expect.stringContaining("Settings → GitHub Apps → Configure"),
    });
    expect(dumpState(fake.state)).toBe(before);
  });

  test("GitHub keeps an app's last repository", async () => {
    const { operation, fake } = await ground();
    const narrow = operation("github/narrow-app-installation");
    expect((await narrow.revoke(target({ principal: app, resource: web }), {})).state).toBe("done");
    expect(await narrow.revoke(target({ principal: app, resource: payments }), {})).toMatchObject({ state: "refused" });
    expect(operationsOf(fake.state).appRepositories["4000001"]).toHaveLength(1);
  });

  test("a role that comes from a team is not the person's to lose, and a team's seat not either", async () => {
    const { operation } = await ground();
    const kai = part("user", "U_kai", "acme-kai-lorem");
    expect(
      await operation("github/remove-organization-role").capture(target({ principal: kai, entitlement: role })),
    ).toEqual({
      state: "already-absent",
    });
    expect(await operation("github/cancel-copilot-seat").capture(target({ principal: kai }))).toEqual({
      state: "unreadable",
      why: "the seat comes from the team `platform`: take `acme-kai-lorem` out of it",
    });
  });

  test.each([
    ["github/lower-direct-collaborator", target({ principal: rex, resource: infrastructure })],
    ["github/lower-team-repository", target({ principal: platform, resource: infrastructure })],
  ])("%s is not undone by giving what somebody took away altogether since", async (id, about) => {
    const { operation, fake } = await ground();
    const one = operation(id);
    const found = await one.capture(about);
    const preImage = found.state === "present" ? found.preImage : null;
    await one.revoke(about, preImage);
    const gone = id.includes("team") ? "github/remove-team-repository" : "github/remove-direct-collaborator";
    await operation(gone).revoke(about, preImage);
    const before = dumpState(fake.state);
    expect(await one.restore(about, preImage)).toMatchObject({
      state: "refused",
      why: expect.stringContaining("any more"),
    });
    expect(dumpState(fake.state)).toBe(before);
  });
});
