import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { bestCoverage } from "../../../src/graph/best-coverage.ts";
import { peopleOf } from "../../fakes/github/slices/people-state.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, coverageOf, environmentWith } from "./open-fake.ts";
import { collectWith, openPeople, STEPS } from "./people-ground.ts";

/** What is left of a kind where one part of it was refused. */
const LEFT = {
  secret: 3,
  runner: 3,
  webhook: 1,
  "repository-invitation": 0,
  "organization-role": 2,
  "enterprise-team": 1,
  "identity-provider-group": 0,
} as const;

describe("what GitHub does not show of people and credentials", () => {
  test.each(STEPS)(
    "%s refused altogether is denied with the reason, never an empty list",
    async (step, kind, paths) => {
      const why = { message: "Resource not accessible by personal access token" };
      const opened = await openPeople({ enterprise: "acme" });
      const { own, coverage } = await collectWith(opened, step, {
        forbid: Object.fromEntries(paths.map((path) => [path, why])),
      });
      for (const table of ["principals", "credentials", "resources", "grants", "policies"] as const)
        expect(own[table] ?? [], table).toEqual([]);
      expect(coverage.find((row) => row.kind === kind)).toMatchObject({
        state: "denied",
        // Who alone may is reason enough: no permission would help.
        reason: expect.stringMatching(/the token lacks a permission|^only a GitHub App may list [a-z -]+$/),
        items: 0,
      });
    },
  );

  test.each([
    ["secrets", "secret", "/repos/acme-sample/web/actions/secrets"],
    ["secrets", "secret", "/repos/acme-sample/payments-api/environments/production/secrets"],
    ["runners", "runner", "/orgs/acme-sample/actions/runner-groups/2/repositories"],
    ["webhooks", "webhook", "/repos/acme-sample/web/hooks"],
    ["webhooks", "webhook", "/orgs/acme-sample/hooks"],
    ["repository-invitations", "repository-invitation", "/repos/acme-sample/web/invitations"],
    ["organization-roles", "organization-role", "/orgs/acme-sample/organization-roles/8136/users"],
    ["enterprise-teams", "enterprise-team", "/orgs/acme-sample/teams/ent%3Aeveryone/members"],
    ["identity-provider-groups", "identity-provider-group", "/orgs/acme-sample/external-group/9"],
  ] as const)("%s: a part that is refused leaves %s partial (%s)", async (step, kind, path) => {
    const opened = await openPeople();
    const { coverage } = await collectWith(opened, step, { forbid: { [path]: { message: "no" } } });
    const row = coverage.find((one) => one.kind === kind);
    expect(row?.state).toBe("partial");
    expect(row?.items).toBe(LEFT[kind]);
  });

  test.each(STEPS.map(([step, kind]) => [step, kind] as const))(
    "a recording without %s skips it",
    async (step, kind) => {
      const folder = await temporaryFolder();
      const { session } = await openPeople({ recordTo: folder });
      await collect(session, "members");
      await writeFile(join(folder, "github/acme-sample/notes.json"), "{}");
      const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
      const records = await collect(again, "members", step);
      expect(coverageOf(records, kind)).toMatchObject({ state: "skipped", reason: `${step}.json was not given` });
    },
  );
});

test("fine-grained tokens that are not listed are not listed, though none of them had to be asked for repositories", async () => {
  const { session, fake } = await openPeople();
  peopleOf(fake.state).asApp = false;
  const { coverage } = await collect(session, "fine-grained-tokens", "token-repositories");
  const rows = bestCoverage(coverage).filter(({ kind }) => kind === "fine-grained-token");
  expect(rows).toMatchObject([{ state: "denied" }]);
});
