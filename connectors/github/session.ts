import type {
  ConnectorEnvironment,
  ConnectorSession,
  DoctorFinding,
  Forecast,
  Operation,
  SessionStep,
} from "../../src/contracts/connector.ts";
import type { Coverage } from "../../src/model/coverage.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { SnapshotRecords } from "../../src/model/snapshot.ts";
import { derivedId } from "../../src/text/stable-id.ts";
import type { GitHubClient, StepAnswer } from "./client.ts";
import { collaborators, deployKeys, fineGrainedTokens, installations, repositories, teams } from "./convert/access.ts";
import { activity, invitations, members, organization, outsideCollaborators } from "./convert/people.ts";
import { manifest } from "./manifest.ts";
import { bindOperation } from "./operations/operation.ts";
import { OPERATIONS } from "./operations/index.ts";
import { OrganizationContext } from "./organization-context.ts";
import type { RecordedRequest, StepId } from "./raw.ts";

/** What a session is made of. */
export interface SessionParts {
  readonly mode: "recorded" | "live";
  readonly clients: readonly GitHubClient[];
  readonly recordedAt: Instant | null;
  readonly environment: ConnectorEnvironment;
  forecast(): Promise<Forecast>;
  self(): Promise<readonly string[]>;
  check(): Promise<readonly DoctorFinding[]>;
  calls(): number;
}

const CONVERT: Readonly<
  Record<StepId, (requests: readonly RecordedRequest[], context: OrganizationContext) => Partial<SnapshotRecords>>
> = {
  organization,
  members,
  "outside-collaborators": outsideCollaborators,
  teams,
  repositories,
  collaborators,
  "deploy-keys": deployKeys,
  installations,
  invitations,
  "fine-grained-tokens": fineGrainedTokens,
  "audit-log": activity,
};

/** Opens a session over organizations, live or recorded: the same conversion for both. */
export function openSession(parts: SessionParts): ConnectorSession {
  const contexts = new Map(
    parts.clients.map((client) => [
      client.organization,
      { client, context: new OrganizationContext(client.organization) },
    ]),
  );
  const steps: SessionStep[] = parts.clients.flatMap((client) =>
    manifest.steps.map((step) => ({
      key: `github/${client.organization}/${step.id}`,
      tenantId: `github:${client.organization}`,
      tenantName: client.organization,
      step,
    })),
  );
  // A change may be the first thing a session does: then the organizations' node ids are asked for now.
  const clientOf = async (tenantId: string): Promise<GitHubClient | undefined> => {
    for (const { client, context } of contexts.values()) {
      if (context.nodeId === undefined) {
        const answer = await client.read("organization", { repositoriesWithKeys: [] });
        if ("requests" in answer) organization(answer.requests, context);
      }
      if (context.tenantId === tenantId) return client;
    }
    return undefined;
  };
  const operations = new Map<string, Operation>();
  for (const operation of OPERATIONS) {
    const own = manifest.operations.find(({ id }) => id === operation.id);
    if (own === undefined || (parts.mode === "live" && own.rehearsalOnly)) continue;
    operations.set(own.id, bindOperation(operation, own, clientOf));
  }
  return {
    steps,
    recordedAt: parts.recordedAt,
    forecast: parts.forecast,
    self: parts.self,
    check: parts.check,
    operation: (id) => operations.get(id),
    close: () => Promise.resolve(),
    async run({ key, step }) {
      const state = contexts.get(key.split("/")[1] ?? "");
      if (state === undefined) return { records: {} };
      const { client, context } = state;
      const startedAt = parts.environment.clock.now();
      const before = parts.calls();
      const answer = await client.read(step.id as StepId, {
        repositoriesWithKeys: [...context.repositories]
          .filter(([, { deployKeys: keys }]) => keys > 0)
          .map(([name]) => name),
      });
      const records = "requests" in answer ? CONVERT[step.id as StepId](answer.requests, context) : {};
      return {
        records: withCoverage(records, answer, context, {
          key,
          step,
          mode: parts.mode,
          calls: parts.calls() - before,
          startedAt,
          endedAt: parts.environment.clock.now(),
        }),
      };
    },
  };
}

function withCoverage(
  records: Partial<SnapshotRecords>,
  answer: StepAnswer,
  context: OrganizationContext,
  run: {
    readonly key: string;
    readonly step: SessionStep["step"];
    readonly mode: "recorded" | "live";
    readonly calls: number;
    readonly startedAt: Instant;
    readonly endedAt: Instant;
  },
): Partial<SnapshotRecords> {
  const items = Object.values(records).reduce((sum, rows) => sum + (rows as readonly unknown[]).length, 0);
  const reason = answer.state === "complete" ? null : answer.reason;
  const { tenantId } = context;
  const coverage: Coverage[] = run.step.provides.map((kind) => ({
    tenantId,
    kind,
    step: run.step.id,
    state: answer.state,
    reason,
    items,
  }));
  // The organization that could not be read is a tenant all the same: what is missing has to be said about something.
  const tenants =
    records.tenants ??
    (run.step.id === "organization"
      ? [
          {
            id: tenantId,
            system: "github" as const,
            nativeId: context.login,
            name: context.login,
            managementTenantId: null,
            attributes: {},
          },
        ]
      : []);
  return {
    ...records,
    tenants,
    coverage,
    runs: [
      {
        id: derivedId("run", [run.key, run.startedAt]),
        tenantId,
        step: run.step.id,
        mode: run.mode,
        state: answer.state,
        reason,
        calls: run.calls,
        items,
        startedAt: run.startedAt,
        endedAt: run.endedAt,
      },
    ],
  };
}
