import type {
  ConnectorEnvironment,
  ConnectorSession,
  DoctorFinding,
  Forecast,
  Operation,
  SessionStep,
  Spent,
} from "../../src/contracts/connector.ts";
import type { BeyondReachKind, Coverage } from "../../src/model/coverage.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { SnapshotRecords } from "../../src/model/snapshot.ts";
import { derivedId } from "../../src/text/stable-id.ts";
import { NOT_SWEPT, type GitHubClient, type StepAnswer } from "./client.ts";
import type { Converted } from "./convert/converted.ts";
import { organization } from "./convert/organization.ts";
import { manifest } from "./manifest.ts";
import { OPERATIONS } from "./operations/index.ts";
import { bindOperation } from "./operations/operation.ts";
import { OrganizationContext } from "./organization-context.ts";
import { stepOf } from "./steps/index.ts";

/** What a session is made of. */
export interface SessionParts {
  readonly mode: "recorded" | "live";
  readonly clients: readonly GitHubClient[];
  readonly recordedAt: Instant | null;
  readonly environment: ConnectorEnvironment;
  forecast(): Promise<Forecast>;
  self(): Promise<readonly string[]>;
  check(): Promise<readonly DoctorFinding[]>;
  /** What was spent so far, for the extraction log and beside the forecast. */
  spent(): Spent;
}

/** One organization of a session: who answers, and what was learned of it. */
interface Opened {
  readonly client: GitHubClient;
  readonly context: OrganizationContext;
}

/** Opens a session over organizations, live or recorded: the same conversion for both. */
export function openSession(parts: SessionParts): ConnectorSession {
  const opened = new Map<string, Opened>(
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
  const operations = operationsOf(parts.mode, [...opened.values()]);
  return {
    steps,
    recordedAt: parts.recordedAt,
    forecast: parts.forecast,
    spent: parts.spent,
    self: parts.self,
    check: parts.check,
    operation: (id) => operations.get(id),
    close: () => Promise.resolve(),
    async run({ key, step }) {
      const one = opened.get(key.split("/")[1] ?? "");
      if (one === undefined) return { records: {} };
      const startedAt = parts.environment.clock.now();
      const before = parts.spent().calls;
      const answer = await one.client.read(step.id, one.context.sweep());
      const converted = convert(step.id, answer, one.context);
      one.context.register(converted.records);
      const calls = parts.spent().calls - before;
      const run = { key, step, mode: parts.mode, calls, startedAt, endedAt: parts.environment.clock.now() };
      return { records: withCoverage(converted, answer, one.context, run) };
    },
  };
}

/** What is only rehearsed for now does not exist for the provider itself. */
function operationsOf(mode: SessionParts["mode"], opened: readonly Opened[]): ReadonlyMap<string, Operation> {
  // A change may be the first thing a session does: then the organizations' node ids are asked for now.
  const clientOf = async (tenantId: string): Promise<GitHubClient | undefined> => {
    for (const { client, context } of opened) {
      if (context.nodeId === undefined) {
        const answer = await client.read("organization", NOT_SWEPT);
        if ("requests" in answer) organization(answer.requests, context, true);
      }
      if (context.tenantId === tenantId) return client;
    }
    return undefined;
  };
  const bound = OPERATIONS.flatMap((operation) => {
    const own = manifest.operations.find(({ id }) => id === operation.id);
    if (own === undefined || (mode === "live" && own.rehearsalOnly)) return [];
    return [[own.id, bindOperation(operation, own, clientOf)] as const];
  });
  return new Map(bound);
}

function convert(step: string, answer: StepAnswer, context: OrganizationContext): Converted {
  if ("requests" in answer) return stepOf(step).convert(answer.requests, context, answer.state === "complete");
  return { records: {}, kinds: {} };
}

/** What is said about a step that ran. */
interface StepRun {
  readonly key: string;
  readonly step: SessionStep["step"];
  readonly mode: "recorded" | "live";
  readonly calls: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

function withCoverage(
  { records, kinds }: Converted,
  answer: StepAnswer,
  context: OrganizationContext,
  run: StepRun,
): Partial<SnapshotRecords> {
  const { tenantId } = context;
  const { step, mode, calls, startedAt, endedAt } = run;
  const coverage = step.provides.map((kind): Coverage => {
    const row = { tenantId, kind, step: step.id };
    if (answer.state === "denied" || answer.state === "skipped")
      return { ...row, state: answer.state, reason: answer.reason, items: 0 };
    const { items, gap, denied } = kinds[kind] ?? { items: 0 };
    if (denied !== undefined) return { ...row, state: "denied", reason: denied, items };
    const reasons = [...(answer.state === "partial" ? [answer.reason] : []), ...(gap === undefined ? [] : [gap])];
    return reasons.length === 0
      ? { ...row, state: "complete", reason: null, items }
      : { ...row, state: "partial", reason: reasons.join("; "), items };
  });
  const notAsked = Object.entries(stepOf(step.id).notAsked ?? {}).map(([kind, reason]): Coverage => ({
    tenantId,
    kind: kind as BeyondReachKind,
    step: step.id,
    state: "skipped",
    reason,
    items: 0,
  }));
  const items = Object.values(records).reduce((sum, rows) => sum + (rows as readonly unknown[]).length, 0);
  const { state } = answer;
  const reason = answer.state === "complete" ? null : answer.reason;
  // The organization that could not be read is a tenant all the same: what is missing has to be said about something.
  const unread = step.id === "organization" && records.tenants === undefined;
  return {
    ...records,
    ...(unread ? { tenants: [nameless(context)] } : {}),
    coverage: [...coverage, ...notAsked],
    runs: [
      {
        id: derivedId("run", [run.key, startedAt]),
        tenantId,
        step: step.id,
        mode,
        state,
        reason,
        calls,
        items,
        startedAt,
        endedAt,
      },
    ],
  };
}

const nameless = ({ tenantId, login }: OrganizationContext): SnapshotRecords["tenants"][number] => ({
  id: tenantId,
  system: "github",
  nativeId: login,
  name: login,
  managementTenantId: null,
  attributes: {},
});
