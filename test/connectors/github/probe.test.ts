import { describe, expect, test } from "vitest";
import { classifyRefusal } from "../../../connectors/github/classify-refusal.ts";
import { notFoundProbe, type ProbeReader, type ProbeSettings } from "../../../connectors/github/live/probe.ts";
import { Refused } from "../../../connectors/github/live/refused.ts";
import type { Reply } from "../../../connectors/github/live/rest-reader.ts";
import type { Needs } from "../../../src/policy/refusal/needs.ts";

/** What GitHub answers to a route: data, or a status and its words. */
type Answers = Readonly<
  Record<
    string,
    | { readonly data: unknown; readonly headers?: Readonly<Record<string, string>> }
    | { readonly status: number; readonly message: string }
  >
>;

interface Counting extends ProbeReader {
  readonly asked: string[];
}

function readerOf(answers: Answers): Counting {
  const asked: string[] = [];
  return {
    asked,
    async call<T>(route: string, parameters: Readonly<Record<string, string | number | boolean>>): Promise<Reply<T>> {
      asked.push(route);
      const page = parameters["page"];
      const answer = answers[`${route} ${String(page)}`] ?? answers[route] ?? { status: 404, message: "Not Found" };
      if ("status" in answer) throw new Refused(classifyRefusal({ ...answer, headers: {} }));
      return { data: answer.data as T, status: 200, headers: answer.headers ?? {} };
    },
  };
}

const ALIVE = { data: { resources: {} }, headers: { "x-oauth-scopes": "repo, read:org" } };
const ALIVE_APP = { data: { resources: {} } };
const ORGANIZATION = { data: { login: "acme-sample", plan: { name: "team" } } };
const FOUND = { data: { full_name: "acme-sample/api" } };
const NOT_FOUND = { status: 404, message: "Not Found" };
const ADMINISTRATION: Needs = { permissions: [[{ name: "administration", level: "read" }]], scopes: [] };
const API = { repository: "acme-sample/api", repositoryId: 7 };
const WITH = (more: Answers): Answers => ({ "GET /rate_limit": ALIVE, "GET /orgs/{org}": ORGANIZATION, ...more });
const APP = (more: Answers): Answers => ({ "GET /rate_limit": ALIVE_APP, "GET /orgs/{org}": ORGANIZATION, ...more });
const SELECTED = (ids: readonly number[], kind = "selected") => ({
  data: {
    total_count: ids.length,
    repository_selection: kind,
    repositories: ids.map((id) => ({ id, full_name: `acme-sample/r${id}` })),
  },
});
const BY_ID = "GET /repositories/{repository_id}";
const CHOSEN = "GET /installation/repositories";

const CASES: readonly (readonly [
  name: string,
  answers: Answers,
  settings: Partial<ProbeSettings>,
  missing: Partial<Parameters<ReturnType<typeof notFoundProbe>>[0]>,
  verdict: string,
  reason: RegExp,
])[] = [
  [
    "another name under the same number is a renaming",
    WITH({ [BY_ID]: { data: { full_name: "acme-sample/api-next" } } }),
    {},
    {},
    "renamed",
    /is `acme-sample\/api-next` now/,
  ],
  [
    "another name behind a redirect is one as well",
    WITH({ "GET /repos/{owner}/{repo}": { data: { full_name: "acme-other/api" } } }),
    {},
    { repositoryId: undefined as unknown as number },
    "renamed",
    /is `acme-other\/api` now/,
  ],
  [
    "a repository outside the app's selection is not selected",
    APP({ [BY_ID]: NOT_FOUND, [CHOSEN]: SELECTED([1, 2]) }),
    { credential: "app" },
    {},
    "not-selected",
    /an owner adds it in the app's installation/,
  ],
  [
    "an app that sees every repository and not this one knows that it is gone",
    APP({ [BY_ID]: NOT_FOUND, [CHOSEN]: SELECTED([1, 2], "all") }),
    { credential: "app" },
    {},
    "gone",
    /is gone: the app sees every repository/,
  ],
  [
    "what hides from an app whose selection holds it is not called gone",
    APP({ [BY_ID]: NOT_FOUND, [CHOSEN]: SELECTED([7]) }),
    { credential: "app" },
    {},
    "unknown",
    /was deleted, or the app may not see it/,
  ],
  [
    "an owner's classic token sees everything, so it is gone",
    WITH({ [BY_ID]: NOT_FOUND }),
    { credential: "classic", isOwner: true },
    {},
    "gone",
    /an owner of the organization would see it/,
  ],
  [
    "a member's token does not, so nobody knows",
    WITH({ [BY_ID]: NOT_FOUND }),
    { credential: "classic" },
    {},
    "unknown",
    /may not see it/,
  ],
  [
    "a classic token without the scope has private repositories hidden from it",
    WITH({ "GET /rate_limit": { data: {}, headers: { "x-oauth-scopes": "read:org" } }, [BY_ID]: NOT_FOUND }),
    { credential: "classic", isOwner: true },
    {},
    "permission-missing",
    /lacks the scope `repo`/,
  ],
  [
    "a fine-grained token's selection cannot be asked for",
    APP({ [BY_ID]: NOT_FOUND }),
    { credential: "fine-grained", isOwner: true },
    {},
    "unknown",
    /may not see it/,
  ],
  [
    "the permission that is needed and not held is named",
    APP({ [BY_ID]: FOUND }),
    { credential: "app", granted: { metadata: "read", contents: "write" } },
    { needs: ADMINISTRATION },
    "permission-missing",
    /the app lacks `administration:read`/,
  ],
  [
    "write includes read, so it is not the permission",
    APP({ [BY_ID]: FOUND }),
    { credential: "app", granted: { administration: "write" } },
    { needs: ADMINISTRATION },
    "unknown",
    /it is not there, or its administrators alone see it/,
  ],
  [
    "where the permissions held are not known, what is needed is told",
    WITH({ [BY_ID]: FOUND }),
    { credential: "fine-grained" },
    { needs: ADMINISTRATION },
    "permission-missing",
    /the token needs `administration:read`/,
  ],
  [
    "a feature of a higher plan",
    WITH({ [BY_ID]: FOUND }),
    { credential: "classic" },
    { plan: "enterprise" },
    "plan",
    /plan `team` does not include it/,
  ],
  [
    "a plan that is not shown settles nothing",
    WITH({ "GET /orgs/{org}": { data: { login: "acme-sample" } }, [BY_ID]: FOUND }),
    { credential: "classic" },
    { plan: "enterprise" },
    "unknown",
    /administrators alone/,
  ],
  [
    "an organization that is not shown settles nothing",
    { "GET /rate_limit": ALIVE },
    {},
    {},
    "unknown",
    /organization `acme-sample` itself is not shown/,
  ],
  [
    "a rung that GitHub does not answer settles nothing",
    WITH({ [BY_ID]: { status: 503, message: "Service Unavailable" } }),
    {},
    {},
    "unknown",
    /cannot be told: GitHub could not answer/,
  ],
];

const probeOf = (rest: ProbeReader, settings: Partial<ProbeSettings> = {}) =>
  notFoundProbe(rest, { organization: "acme-sample", credential: "unknown", ...settings });

describe("the ladder behind a repository that was not found", () => {
  test.each(CASES)("%s", async (_name, answers, settings, missing, verdict, reason) => {
    const { repositoryId, ...more } = { ...API, ...missing };
    const answer = await probeOf(
      readerOf(answers),
      settings,
    )({
      ...more,
      ...(repositoryId === undefined ? {} : { repositoryId }),
    });
    expect(answer.reason).toMatch(reason);
    expect(answer.verdict).toBe(verdict);
    expect(answer.reason).not.toMatch(/\.$/);
  });

  test("the app's own key tells what the installation may", async () => {
    const asApp = readerOf({ "GET /orgs/{org}/installation": { data: { permissions: { contents: "read" } } } });
    const probe = probeOf(readerOf(APP({ [BY_ID]: FOUND })), { credential: "app", asApp });
    expect(await probe({ ...API, needs: ADMINISTRATION })).toMatchObject({ verdict: "permission-missing" });
    expect(asApp.asked).toEqual(["GET /orgs/{org}/installation"]);
  });

  test("a key of the app that is not accepted ends nothing", async () => {
    const asApp = readerOf({
      "GET /orgs/{org}/installation": { status: 401, message: "A JSON web token could not be decoded" },
    });
    const probe = probeOf(readerOf(APP({ [BY_ID]: FOUND })), { credential: "app", asApp });
    expect((await probe({ ...API, needs: ADMINISTRATION })).verdict).toBe("permission-missing");
  });

  test("what was asked once is not asked again, in parallel neither", async () => {
    const rest = readerOf(APP({ [BY_ID]: NOT_FOUND, [CHOSEN]: SELECTED([1]) }));
    const probe = probeOf(rest, { credential: "app" });
    await Promise.all([probe(API), probe(API), probe({ ...API, repository: "acme-sample/web", repositoryId: 8 })]);
    expect(rest.asked.toSorted()).toEqual([CHOSEN, "GET /orgs/{org}", "GET /rate_limit", BY_ID, BY_ID].toSorted());
  });

  test("an app's selection is read page by page to its end", async () => {
    const many = Array.from({ length: 100 }, (_, i) => i + 100);
    const page = (ids: readonly number[]) => ({
      data: { ...SELECTED(ids).data, total_count: 101 },
    });
    const rest = readerOf(APP({ [BY_ID]: NOT_FOUND, [`${CHOSEN} 1`]: page(many), [`${CHOSEN} 2`]: page([7]) }));
    expect((await probeOf(rest, { credential: "app" })(API)).verdict).toBe("unknown");
    expect(rest.asked.filter((route) => route === CHOSEN).length).toBe(2);
  });

  test("a run spends no more calls than it may, and says that it stopped", async () => {
    const rest = readerOf(WITH({ [BY_ID]: NOT_FOUND }));
    const probe = probeOf(rest, { credential: "classic", isOwner: true, mostCalls: 4 });
    const answers = [];
    for (const id of [1, 2, 3, 4]) answers.push(await probe({ repository: `acme-sample/r${id}`, repositoryId: id }));
    expect(answers.map(({ verdict }) => verdict)).toEqual(["gone", "gone", "unknown", "unknown"]);
    expect(answers[3]?.reason).toContain("asked often enough");
    expect(rest.asked.length).toBe(4);
  });

  test("a token that is no longer accepted stops the run", async () => {
    const rest = readerOf({ "GET /rate_limit": { status: 401, message: "Bad credentials" } });
    await expect(probeOf(rest)(API)).rejects.toMatchObject({ verdict: { kind: "sign-in" } });
  });
});
