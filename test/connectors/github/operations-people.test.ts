import { describe, expect, test } from "vitest";
import { notifies } from "../../../connectors/github/live/changes-notify.ts";
import { once } from "../../../connectors/github/live/changing.ts";
import type { Lookup } from "../../../connectors/github/client.ts";
import { operationsOf } from "../../fakes/github/slices/operations.ts";
import { ground, part, target } from "./operations-ground.ts";

const web = part("repository", "R_web", "acme-sample/web");

/** Captures, revokes and proves; the pre-image is what an undo stands on. */
async function taken(id: string, about: ReturnType<typeof target>) {
  const open = await ground();
  const operation = open.operation(id);
  const found = await operation.capture(about);
  if (found.state !== "present") throw new Error(`nothing to revoke: ${JSON.stringify(found)}`);
  const { preImage } = found;
  expect((await operation.revoke(about, preImage)).state).toBe("done");
  expect(await operation.isGone(about, preImage)).toEqual({ known: true, value: true });
  expect(await operation.revoke(about, preImage)).toEqual({ state: "already-absent" });
  expect(await operation.capture(about)).toEqual({ state: "already-absent" });
  const sent = (start: string) => open.fake.requests.filter((line) => line.startsWith(start)).length;
  return { ...open, operation, found, preImage, sent, undo: () => operation.restore(about, preImage) };
}

describe("what needs the person to be undone", () => {
  test("an outside collaborator is invited once, however often one undoes", async () => {
    const fin = part("user", "U_fin", "acme-fin-contractor");
    const { fake, undo, sent } = await taken(
      "github/remove-outside-collaborator",
      target({ principal: fin, resource: web }),
    );
    expect(await undo()).toEqual({ state: "refused", why: "the person has to accept an invitation first" });
    expect(await undo()).toEqual({
      state: "refused",
      why: "`acme-fin-contractor` is invited already and has to accept",
    });
    expect(sent("PUT /repos/acme-sample/web/collaborators")).toBe(1);
    expect(fake.problems).toEqual([]);
  });

  test("a member is invited once, as a member whatever they were", async () => {
    const ada = part("user", "U_ada", "acme-ada-example");
    const { fake, undo, sent, preImage } = await taken("github/remove-organization-member", target({ principal: ada }));
    expect(preImage).toEqual({ role: "admin" });
    expect(await undo()).toEqual({
      state: "refused",
      why: "an invitation was sent to `acme-ada-example`, who has to accept it first, as a member: being owner is given again by hand",
    });
    expect(fake.state.invitations.at(-1)).toMatchObject({ login: "acme-ada-example", role: "direct_member" });
    expect(await undo()).toMatchObject({ state: "refused", why: expect.stringContaining("already") });
    expect(sent("POST /orgs/acme-sample/invitations")).toBe(1);
    expect(fake.problems).toEqual([]);
  });

  test("a fine-grained token says when it was last used, and only its owner brings it back", async () => {
    const open = await ground();
    const [token] = open.fake.state.tokens;
    const credential = part("fine-grained-token", String(token?.id), String(token?.id));
    const { fake, found, undo, sent } = await taken("github/revoke-fine-grained-token", target({ credential }));
    expect(found).toMatchObject({ lastUsedAt: { known: true } });
    expect(await undo()).toMatchObject({ state: "refused", why: expect.stringContaining("its owner has to ask") });
    expect(sent("POST")).toBe(1);
    expect(fake.problems).toEqual([]);
  });

  test("a single sign-on authorization is taken, and only its owner gives it again", async () => {
    const credential = part("single-sign-on-authorization", "61", "61");
    const { fake, found, undo } = await taken("github/remove-single-sign-on-authorization", target({ credential }));
    expect(found).toMatchObject({ lastUsedAt: { known: true, value: "never" } });
    expect(await undo()).toMatchObject({ state: "refused", why: expect.stringContaining("nobody else can") });
    expect(fake.problems).toEqual([]);
  });

  test.each([
    ["a login", part("user", "OI_sample01", "newcomer-sample")],
    ["an e-mail", part("user", "OI_sample02", "soon@acme.example")],
  ])("an invitation to %s comes back as another one to the same", async (_, principal) => {
    const about = target({ principal });
    const { fake, operation, preImage, undo, sent } = await taken("github/cancel-organization-invitation", about);
    expect(await undo()).toMatchObject({ state: "done" });
    expect(await operation.isGone(about, preImage)).toEqual({ known: true, value: false });
    expect(await undo()).toMatchObject({ state: "done" });
    expect(sent("POST /orgs/acme-sample/invitations")).toBe(1);
    expect(fake.state.invitations.at(-1)?.node_id).not.toBe(principal.nativeId);
    expect(fake.problems).toEqual([]);
  });

  test("an invitation to a repository comes back with its permission", async () => {
    const about = target({ principal: part("user", "U_gil", "acme-gil-outsider"), resource: web });
    const { fake, operation, preImage, undo } = await taken("github/cancel-repository-invitation", about);
    expect(preImage).toEqual({ login: "acme-gil-outsider", permission: "push" });
    expect(await undo()).toMatchObject({ state: "done" });
    expect(await undo()).toMatchObject({ state: "done" });
    expect(await operation.isGone(about, preImage)).toEqual({ known: true, value: false });
    expect(operationsOf(fake.state).repositoryInvitations["acme-sample/web"]).toMatchObject([{ permissions: "write" }]);
    expect(fake.problems).toEqual([]);
  });

  test("an app that was uninstalled does not come back", async () => {
    const about = target({ principal: part("app", "installation-4000001", "sample-ci") });
    const { fake, undo } = await taken("github/uninstall-app", about);
    expect(await undo()).toMatchObject({ state: "refused", why: expect.stringContaining("installed anew") });
    expect(fake.problems).toEqual([]);
  });

  test.each([
    ["github/revoke-fine-grained-token", "/orgs/acme-sample/personal-access-tokens"],
    ["github/remove-single-sign-on-authorization", "/orgs/acme-sample/credential-authorizations"],
    ["github/uninstall-app", "/orgs/acme-sample/installations"],
    ["github/cancel-organization-invitation", "/orgs/acme-sample/invitations"],
    ["github/cancel-repository-invitation", "/repos/acme-sample/web/invitations"],
  ])("%s: a list that GitHub hides is unreadable, and nothing is changed", async (id, path) => {
    const { fake, operation } = await ground();
    fake.bad = { forbid: { [path]: { status: 404, message: "Not Found" } } };
    const about = target({
      principal: part("app", "installation-4000001", "sample-ci"),
      resource: web,
      credential: part("credential", "61", "61"),
    });
    expect(await operation(id).capture(about)).toMatchObject({ state: "unreadable" });
    expect(await operation(id).isGone(about, null)).toMatchObject({ known: false });
    expect(await operation(id).revoke(about, null)).toMatchObject({ state: "refused" });
    expect(fake.requests.filter((line) => !line.startsWith("GET"))).toEqual([]);
  });
});

describe("calls that must not be made twice unseen", () => {
  const REPLY = { data: undefined, status: 204, headers: {} };
  const broken = Object.assign(new Error("Bad Gateway"), { status: 502, response: { status: 502, headers: {} } });
  const run = async (looked: Lookup<unknown>, answers: readonly ("ok" | "broken")[]) => {
    const options: unknown[] = [];
    const outcome = await once(
      async (given) => {
        options.push(given);
        if (answers[options.length - 1] === "broken") throw broken;
        return REPLY;
      },
      async () => looked,
      "absent",
    );
    return { outcome: outcome.state, calls: options.length, options };
  };

  test.each([
    ["is made once where all is well", { state: "found", value: 1 }, ["ok"], "done", 1],
    ["is not repeated where a look shows that it was done", { state: "absent" }, ["broken", "ok"], "done", 1],
    ["is repeated where it surely was not", { state: "found", value: 1 }, ["broken", "ok"], "done", 2],
    ["is repeated once", { state: "found", value: 1 }, ["broken", "broken", "ok"], "refused", 2],
    ["is not repeated where nobody can look", { state: "unreadable", why: "?" }, ["broken", "ok"], "refused", 1],
  ] as const)("a call %s", async (_, looked, answers, outcome, calls) => {
    const result = await run(looked, answers);
    expect(result).toMatchObject({ outcome, calls });
    // The SDK would repeat it without looking.
    expect(result.options[0]).toEqual({ request: { retries: 0 } });
  });
});

describe("the pace of writes that write to people", () => {
  test.each([
    ["/orgs/%7Borg%7D/memberships/%7Busername%7D", true],
    ["/orgs/acme-sample/personal-access-tokens/61", true],
    ["/orgs/acme-sample/copilot/billing/selected_users", true],
    ["/repos/acme-sample/web/invitations/71", true],
    ["/orgs/acme-sample/personal-access-tokens", false],
    ["/orgs/acme-sample/actions/secrets/S/repositories/1", false],
    ["/orgs/acme-sample/memberships/rex/more", false],
  ])("%s: %s", (path, expected) => {
    expect(notifies(path)).toBe(expected);
  });
});
