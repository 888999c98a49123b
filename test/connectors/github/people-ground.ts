import { onTestFinished } from "vitest";
import { openLiveSession } from "../../../connectors/github/live-session.ts";
import type { RecordKind } from "../../../src/model/coverage.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { startFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import { setSampleControls } from "../../fakes/github/slices/controls-sample.ts";
import { setPeople } from "../../fakes/github/slices/people-sample.ts";
import { environmentWith, settingsOf } from "./open-fake.ts";

/** Model ids in the sample company: the organization, two repositories, two owners. */
export const T = "github:O_sample0001";
export const WEB = `${T}:R_sample001`;
export const PAYMENTS = `${T}:R_sample006`;
export const ADA = `${T}:U_samplep001`;
export const OTHER = `${T}:U_samplep002`;

/** Steps with the kind each answers for and where it asks. */
export const STEPS: readonly (readonly [step: string, kind: RecordKind, paths: readonly string[]])[] = [
  ["organization-roles", "organization-role", ["/orgs/acme-sample/organization-roles"]],
  ["custom-repository-roles", "custom-repository-role", ["/orgs/acme-sample/custom-repository-roles"]],
  ["enterprise-teams", "enterprise-team", ["/orgs/acme-sample/teams"]],
  ["enterprise-owners", "enterprise-role", ["/graphql", "/enterprises"]],
  [
    "identity-provider-groups",
    "identity-provider-group",
    ["/orgs/acme-sample/external-groups", "/orgs/acme-sample/team-sync"],
  ],
  ["single-sign-on-identities", "single-sign-on-identity", ["/graphql"]],
  ["scim-users", "scim-user", ["/scim"]],
  ["single-sign-on-authorizations", "single-sign-on-authorization", ["/orgs/acme-sample/credential-authorizations"]],
  ["token-requests", "token-request", ["/orgs/acme-sample/personal-access-token-requests"]],
  [
    "installation-repositories",
    "installation-repository",
    ["/enterprises", "/installation/repositories", "/user/installations"],
  ],
  [
    "secrets",
    "secret",
    ["/orgs/acme-sample/actions", "/orgs/acme-sample/dependabot", "/orgs/acme-sample/codespaces", "/repos"],
  ],
  ["variables", "variable", ["/orgs/acme-sample/actions", "/repos"]],
  ["runners", "runner", ["/orgs/acme-sample/actions"]],
  ["webhooks", "webhook", ["/orgs/acme-sample/hooks", "/repos"]],
  ["repository-invitations", "repository-invitation", ["/repos"]],
  [
    "insecure-second-factors",
    "insecure-second-factor",
    ["/orgs/acme-sample/members", "/orgs/acme-sample/outside_collaborators"],
  ],
  ["copilot-seats", "copilot-seat", ["/orgs/acme-sample/copilot"]],
  ["codespaces", "codespace", ["/orgs/acme-sample/codespaces"]],
  ["licenses", "license", ["/enterprises"]],
];

interface Options {
  readonly enterprise?: string;
  readonly recordTo?: string;
  readonly set?: (fake: FakeGitHub) => void;
}

/** A session over a fake with some of everything in it. */
export async function openPeople({ enterprise, recordTo, set }: Options = {}) {
  const fake = await startFakeGitHub();
  onTestFinished(() => fake.close());
  setSampleControls(fake.state);
  setPeople(fake.state);
  set?.(fake);
  const settings = { ...settingsOf(fake), ...(enterprise === undefined ? {} : { enterprise }) };
  const pace = { throttled: false, second: 1 };
  const session = await openLiveSession([settings], { recordTo: recordTo ?? null }, environmentWith(), pace);
  return { fake, session };
}

/** Runs all steps, one of them with something going wrong. */
export async function collectWith(
  { session, fake }: Awaited<ReturnType<typeof openPeople>>,
  step: string,
  bad: BadDays,
) {
  const parts: Partial<SnapshotRecords>[] = [];
  for (const one of session.steps) {
    if (one.step.id === step) fake.bad = bad;
    parts.push((await session.run(one)).records);
    fake.bad = {};
  }
  return {
    own: parts[session.steps.findIndex((one) => one.step.id === step)] ?? {},
    coverage: parts.flatMap(({ coverage = [] }) => coverage),
  };
}
