import { describe, expect, test } from "vitest";
import { escalationsOf } from "../../../src/analyse/escalations.ts";
import { pushToAdmin } from "../../../src/analyse/rules/push-to-admin.ts";
import type { ProtectionDemand } from "../../../src/model/protection.ts";
import { DEFAULT_THRESHOLDS } from "../../../src/model/thresholds.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { bridgeWorld, organization, protect, subjects } from "../../graph/bridge/bridge-world.ts";
import { T, type Organization } from "../../graph/github/organization-of.ts";

const table = await loadActionTable();
const MAIN = subjects("repo:sample/infra:ref:refs/heads/main");
const REVIEW: ProtectionDemand = {
  kind: "pull-request",
  approvals: 1,
  dismissStale: true,
  codeOwners: false,
  lastPushApproval: true,
};

/** What the rule says of an organization whose repository `infra` the role `deploy` trusts. */
async function judged(given: (all: Organization) => void, role: { readonly admin?: true } = { admin: true }) {
  const all = organization("infra");
  given(all);
  const { engine } = await bridgeWorld(all, { roles: { deploy: { ...role, trust: MAIN } } });
  const { graph } = engine;
  return pushToAdmin.evaluate({
    graph,
    thresholds: DEFAULT_THRESHOLDS,
    now: "2026-11-20T08:00:00Z",
    escalations: escalationsOf(graph, table),
    readable: () => true,
  });
}

const writers =
  (...logins: readonly string[]) =>
  (all: Organization): void => {
    for (const login of logins) all.on(`${T}:R_infra`, all.member(login), "write");
  };

describe("push-to-admin", () => {
  test("one who pushes and is administrator by it is named, with the way to it", async () => {
    const { drafts, undecided } = await judged(writers("ada"));
    expect(undecided).toEqual([]);
    expect(drafts).toMatchObject([
      {
        subject: { displayName: "sample/infra" },
        summary: expect.stringMatching(
          /^`ada` can become administrator .* branch `main` .* through the role `deploy`$/,
        ),
        floor: { score: 70 },
        path: [{ from: "ada" }, { from: "sample/infra" }, { to: "admin" }],
      },
    ]);
  });

  test("several are counted", async () => {
    const { drafts } = await judged(writers("ada", "bo"));
    expect(drafts[0]?.summary).toMatch(/^2 people, apps and keys can/);
  });

  test("where somebody else has to approve it weighs less, and says so", async () => {
    const { drafts } = await judged((all) => {
      writers("ada", "bo")(all);
      protect(all, "infra", ["main"], [REVIEW]);
    });
    expect(drafts).toMatchObject([{ summary: expect.stringContaining("with 1 approval from"), floor: { score: 45 } }]);
  });

  test("who can only by first changing the protection is told apart", async () => {
    const { drafts } = await judged((all) => {
      all.on(`${T}:R_infra`, all.member("ada"), "admin");
      protect(all, "infra", ["main"], [{ kind: "update" }]);
    });
    expect(drafts).toMatchObject([
      { summary: expect.stringMatching(/, by first changing protection$/), floor: { score: 45 } },
    ]);
  });

  test("whose bypass was not shown is undecided, with the reason", async () => {
    const { drafts, undecided } = await judged((all) => {
      writers("ada")(all);
      protect(all, "infra", ["main"], [{ kind: "update" }], null);
    });
    expect(drafts).toEqual([]);
    expect(undecided).toMatchObject([{ subjectId: `${T}:R_infra`, reason: expect.stringContaining("bypasses") }]);
  });

  test("a push that nobody may do is no finding, nor is one to a role that administers nothing", async () => {
    const closed = await judged((all) => {
      writers("ada")(all);
      protect(all, "infra", ["main"], [{ kind: "update" }]);
    });
    const harmless = await judged(writers("ada"), {});
    for (const { drafts, undecided, examined } of [closed, harmless])
      expect([drafts, undecided, examined]).toEqual([[], [], 1]);
  });
});
