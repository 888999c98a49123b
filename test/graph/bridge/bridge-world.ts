import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectors } from "../../../connectors/index.ts";
import { gatherRecorded } from "../../../src/app/gather.ts";
import type { World } from "../../../src/contracts/world.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { Escalation } from "../../../src/graph/escalation/escalation.ts";
import type { ActionsSettings } from "../../../src/model/actions-settings.ts";
import type { DeploymentEnvironment } from "../../../src/model/deployment-environment.ts";
import { known } from "../../../src/model/observed.ts";
import type { Protection, ProtectionActor, ProtectionDemand } from "../../../src/model/protection.ts";
import type { SubjectTemplate } from "../../../src/model/subject-template.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { diskFiles } from "../../../src/store/disk-files.ts";
import { Organization, T } from "../github/organization-of.ts";
import { arn, TENANT, writeRecording, type SmallTenant } from "../escalation/small-world.ts";

export const HOST = "token.actions.githubusercontent.com";
const table = await loadActionTable();

/** A trust in GitHub's tokens, under conditions on their claims. */
export const tokens = (conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>>): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: arn(`oidc-provider/${HOST}`) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: Object.fromEntries(
        Object.entries({ ...conditions }).map(([operator, claims]) => [
          operator,
          Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${HOST}:${claim}`, value])),
        ]),
      ),
    },
  ],
});

/** The trust that lets in subjects like these. */
export const subjects = (...like: readonly string[]): object =>
  tokens({ StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { sub: like } });

/** An organization in which a repository's subjects are as GitHub made them at first, and its workflows were read. */
export function organization(...repositories: readonly string[]): Organization {
  const all = new Organization("none", { ids: true });
  for (const name of repositories) {
    const id = all.repository(name, { databaseId: 34 });
    const subject: SubjectTemplate = { claims: null, immutable: known(false), prefix: known(`repo:sample/${name}`) };
    all.control("subject-template", `${id}/subject-template`, id, subject);
    settle(all, name);
  }
  return all;
}

/** What Actions may do in the repository, nothing for forks unless it is said; in place of what was said before. */
export function settle(all: Organization, repository: string, more: Partial<ActionsSettings> = {}): void {
  const id = `${T}:R_${repository}`;
  const settings: ActionsSettings = {
    enabled: known(true),
    allowedActions: known("all"),
    defaultPermissions: known("read"),
    canApprovePullRequests: known(false),
    forksGetWriteTokens: known(false),
    forksNeedApproval: known(false),
    reusableBy: known("none"),
    ...more,
  };
  const before = all.records.policies.findIndex((policy) => policy.id === `${id}/actions-settings`);
  if (before >= 0) all.records.policies.splice(before, 1);
  all.control("actions-settings", `${id}/actions-settings`, id, settings);
}

/** A layer of protection on branches of those patterns. */
export function protect(
  all: Organization,
  repository: string,
  include: readonly string[],
  demands: readonly ProtectionDemand[],
  bypass: readonly ProtectionActor[] | null = [],
): void {
  const id = `${T}:R_${repository}`;
  const document: Protection = {
    source: "ruleset",
    level: "repository",
    name: "rules",
    target: "branch",
    enforcement: "active",
    include,
    exclude: [],
    repositories: null,
    rules: demands.map((demand) => ({
      ...demand,
      bypass:
        bypass === null ? { known: false, why: "GitHub shows who bypasses to those who may change it" } : known(bypass),
    })),
  };
  all.control("ruleset", `${T}:ruleset-${repository}-${include.join("-")}`, id, document, "rules");
}

/** An environment of a repository. */
export function environment(all: Organization, repository: string, more: Partial<DeploymentEnvironment>): void {
  const document: DeploymentEnvironment = {
    name: "production",
    reviewers: [],
    preventSelfReview: false,
    waitMinutes: 0,
    refs: { kind: "any" },
    adminsBypass: known(false),
    gates: [],
    ...more,
  };
  const id = `${T}:R_${repository}`;
  all.control("environment", `${id}/environment/${document.name}`, id, document, document.name);
}

/** AWS as a recording, GitHub as records: one graph over both, and the engine over it. */
export async function bridgeWorld(all: Organization, tenant: SmallTenant): Promise<Escalation> {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  try {
    await writeRecording(folder, { [TENANT]: tenant });
    const clock = { now: () => "2026-11-20T08:00:00Z" };
    const world = { connectors, files: diskFiles(), clock } as unknown as World;
    const environmentOf = { clock, secrets: { read: () => undefined }, log: { progress() {}, warn() {} } };
    const aws = await gatherRecorded(world, environmentOf, [folder], undefined);
    const gitHub = all.graph().snapshot;
    const merged = Object.fromEntries(
      Object.entries(aws).map(([name, rows]) => [
        name,
        Array.isArray(rows)
          ? [...(rows as unknown[]), ...((gitHub as unknown as Record<string, unknown[]>)[name] ?? [])]
          : rows,
      ]),
    ) as unknown as typeof aws;
    return new Escalation(buildGraph(merged), table);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
