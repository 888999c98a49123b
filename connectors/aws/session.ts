/**
 * One open connection to any number of AWS tenants, live or recorded: runs steps in order, converts what they answer and
 * turns every refusal into coverage. The one place where reading and converting meet.
 */
import type {
  ConnectorEnvironment,
  ConnectorSession,
  DoctorFinding,
  Forecast,
  Operation,
  SessionStep,
  StepOutcome,
} from "../../src/contracts/connector.ts";
import type { Coverage, PerTypeKind } from "../../src/model/coverage.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { SnapshotRecords } from "../../src/model/snapshot.ts";
import { derivedId } from "../../src/text/stable-id.ts";
import { limitedBy, type Answer, type AwsClient, type Parts } from "./client.ts";
import type { DetailsConverter } from "./convert/account-authorization-details.ts";
import type { Converted, KindRead } from "./convert/converted.ts";
import { bindOperation } from "./operations/operation.ts";
import { OPERATIONS } from "./operations/index.ts";
import type { RawStep } from "./raw.ts";
import { STEPS, sweep } from "./steps/index.ts";
import { SWEEP, type AwsStep } from "./steps/step.ts";
import type { TenantContext } from "./tenant-context.ts";

/** One tenant of a session. */
export interface SessionTenant {
  readonly client: AwsClient;
  readonly context: TenantContext;
  readonly converter: DetailsConverter;
  /** How the sweep ended, where it was read already: then `converter` holds its entries. */
  readonly swept: Answer<null> | null;
  /** Reads the file of a step; null where AWS itself is asked. */
  readonly readFile: ((step: AwsStep) => Promise<Answer<unknown>>) | null;
  /** Why a step is not asked of this tenant, if it is not. */
  leftOut(step: string): string | undefined;
}

/** What a session is made of. */
export interface SessionParts {
  readonly mode: "recorded" | "live";
  /** In order of their digits. */
  readonly tenants: readonly SessionTenant[];
  readonly recordedAt: Instant | null;
  readonly environment: ConnectorEnvironment;
  forecast(): Promise<Forecast>;
  self(): Promise<readonly string[]>;
  check(): Promise<readonly DoctorFinding[]>;
  close(): Promise<void>;
  /** Calls made so far, for the extraction log. */
  calls(): number;
}

const NOTHING: Converted = { records: {}, kinds: {} };

/** Opens the session. Steps come one after the other for all tenants, because one tenant's names occur in another's answers. */
export function openSession(parts: SessionParts): ConnectorSession {
  const tenants = new Map(parts.tenants.map((tenant) => [tenant.client.tenant, tenant]));
  const steps = [sweep, ...STEPS].flatMap((step) =>
    parts.tenants.map(({ context }): SessionStep => ({
      key: `aws/${context.tenant}/${step.id}`,
      tenantId: context.tenantId,
      tenantName: context.name,
      step,
    })),
  );
  const run = new StepRun(parts, tenants);
  return {
    steps,
    recordedAt: parts.recordedAt,
    forecast: parts.forecast,
    spent: () => ({ calls: parts.calls(), basis: "" }),
    self: parts.self,
    check: parts.check,
    close: parts.close,
    operation: operationsOf(parts.mode, (digits) => tenants.get(digits)?.client),
    run: (step) => run.run(step),
  };
}

function operationsOf(
  mode: SessionParts["mode"],
  clientOf: (digits: string) => AwsClient | undefined,
): (id: string) => Operation | undefined {
  // What is only rehearsed for now does not exist for the provider itself.
  const usable = OPERATIONS.filter(({ manifest }) => mode === "recorded" || !manifest.rehearsalOnly);
  const bound = new Map(usable.map((operation) => [operation.manifest.id, bindOperation(operation, clientOf)]));
  return (id) => bound.get(id);
}

/** Runs steps; remembers what later ones need to know of earlier ones. */
class StepRun {
  readonly #parts: SessionParts;
  readonly #tenants: ReadonlyMap<string, SessionTenant>;
  readonly #sweeps = new Map<string, Answer<null>>();
  /** How each step went, by key: a step that asks about what another one listed is no more complete than that list. */
  readonly #answers = new Map<string, Answer<unknown>>();
  /** Steps that one tenant answers for all: how they went so far. */
  readonly #wide = new Map<string, Answer<unknown>>();

  constructor(parts: SessionParts, tenants: ReadonlyMap<string, SessionTenant>) {
    this.#parts = parts;
    this.#tenants = tenants;
  }

  async run(sessionStep: SessionStep): Promise<StepOutcome> {
    const { clock } = this.#parts.environment;
    const tenant = this.#tenants.get(sessionStep.key.split("/")[1] ?? "");
    if (tenant === undefined) return { records: {} };
    const startedAt = clock.now();
    const callsBefore = this.#parts.calls();
    const step = STEPS.find(({ id }) => id === sessionStep.step.id);
    const { answer, converted } = step === undefined ? await this.#sweep(tenant) : await this.#step(step, tenant);
    const items = Object.values(converted.records).reduce((sum, rows) => sum + (rows as readonly unknown[]).length, 0);
    const { key, tenantId } = sessionStep;
    const run = {
      id: derivedId("run", [key, startedAt]),
      tenantId,
      step: sessionStep.step.id,
      mode: this.#parts.mode,
      state: answer.state,
      reason: answer.state === "complete" ? null : answer.reason,
      calls: this.#parts.calls() - callsBefore,
      items,
      startedAt,
      endedAt: clock.now(),
    };
    const coverage =
      step?.organizationWide === true
        ? this.#wideCoverage(step, tenant, answer, converted)
        : coverageOf(sessionStep.step, tenantId, answer, converted, step?.perType);
    return { records: { ...converted.records, coverage, runs: [run] } };
  }

  async #sweep(tenant: SessionTenant): Promise<{ answer: Answer<null>; converted: Converted }> {
    const { client, context, converter } = tenant;
    const answer = tenant.swept ?? (await client.details((detail) => converter.add(detail)));
    this.#sweeps.set(client.tenant, answer);
    const { records, kinds } = isAnswered(answer) ? converter.finish() : NOTHING;
    const own = {
      id: context.tenantId,
      system: "aws" as const,
      nativeId: client.tenant,
      name: context.name,
      managementTenantId: null,
      attributes: {},
    };
    return { answer, converted: { kinds, records: { ...records, ...this.#trusts(records), tenants: [own] } } };
  }

  /** Who is trusted, of all tenants at once when the last sweep was read: a role may trust a principal of another tenant. */
  #trusts(records: Partial<SnapshotRecords>): Partial<SnapshotRecords> {
    if (this.#sweeps.size < this.#tenants.size) return {};
    const { principals = [], grants = [], relations = [] } = records;
    const all = this.#parts.tenants
      .filter(({ client }) => isAnswered(this.#sweeps.get(client.tenant)))
      .map(({ converter }) => converter.trusts());
    return {
      principals: [...principals, ...all.flatMap((trust) => trust.principals ?? [])],
      grants: [...grants, ...all.flatMap((trust) => trust.grants ?? [])],
      relations: [...relations, ...all.flatMap((trust) => trust.relations ?? [])],
    };
  }

  async #step(step: AwsStep, tenant: SessionTenant): Promise<{ answer: Answer<unknown>; converted: Converted }> {
    const answer = await this.#ask(step, tenant);
    this.#answers.set(keyOf(tenant, step.id), answer);
    return { answer, converted: isAnswered(answer) ? step.convert(answer.value, tenant.context) : NOTHING };
  }

  async #ask(step: AwsStep, tenant: SessionTenant): Promise<Answer<unknown>> {
    const { client, context, readFile } = tenant;
    const left = tenant.leftOut(step.id);
    if (left !== undefined) return { state: "skipped", reason: left };
    if (readFile !== null) return readFile(step);
    const sweepAnswer = this.#sweeps.get(client.tenant);
    const needsSweep = step.dependsOn.includes(SWEEP);
    // Without the sweep nobody would be asked for, and nothing found would look like nothing there.
    if (needsSweep && !isAnswered(sweepAnswer) && step.id !== "credential-report") {
      return {
        state: "skipped",
        reason: `the users and roles are not known: ${sweepAnswer?.reason ?? "the sweep was not read"}`,
      };
    }
    const listed = step.id === "access-key-last-used" ? this.#answers.get(keyOf(tenant, "access-keys")) : undefined;
    if (listed !== undefined && !isAnswered(listed))
      return { state: "skipped", reason: `the access keys are not known: ${listed.reason}` };
    const gap =
      needsSweep && sweepAnswer?.state === "partial" && concerns(sweepAnswer, "principal")
        ? `not every user and role is known: ${sweepAnswer.reason}`
        : listed?.state === "partial"
          ? `not every access key is known: ${listed.reason}`
          : undefined;
    const answer: Answer<unknown> = await client.read(step.id as RawStep, {
      userNames: [...context.users.keys()].sort(),
      principalArns: [...[...context.users.values()].map((user) => user.locator), ...context.roleArns].sort(),
      accessKeyIds: [...context.keys.keys()].sort(),
      gap,
    });
    return limitedBy(answer, gap);
  }

  /** The answer of one tenant counts for all of them; that the others do not know it is no gap. */
  #wideCoverage(step: AwsStep, tenant: SessionTenant, answer: Answer<unknown>, converted: Converted): Coverage[] {
    const before = this.#wide.get(step.id);
    const last = this.#parts.tenants.at(-1) === tenant;
    if (!isAnswered(before) && (before === undefined || isAnswered(answer) || answer.state === "denied"))
      this.#wide.set(step.id, answer);
    const best = this.#wide.get(step.id) ?? answer;
    if (!isAnswered(answer) && !(last && !isAnswered(best))) return [];
    return this.#parts.tenants.flatMap(({ context }) => coverageOf(step, context.tenantId, best, converted));
  }
}

const concerns = ({ only }: Extract<Answer<unknown>, { readonly state: "partial" }>, kind: Coverage["kind"]): boolean =>
  only === undefined || only.includes(kind);

const keyOf = ({ client }: SessionTenant, step: string): string => `${client.tenant}/${step}`;

const isAnswered = <T>(answer: Answer<T> | undefined): answer is Extract<Answer<T>, { readonly value: T }> =>
  answer?.state === "complete" || answer?.state === "partial";

/** A coverage row for each kind the step answers for; a refusal counts for every kind it should have answered. */
function coverageOf(
  step: Pick<AwsStep, "provides"> & { readonly id: string },
  tenantId: string,
  answer: Answer<unknown>,
  { kinds }: Converted,
  perType: AwsStep["perType"] = null,
): Coverage[] {
  if (!isAnswered(answer)) {
    return step.provides.map((kind) => ({
      tenantId,
      kind,
      step: step.id,
      state: answer.state,
      reason: answer.reason,
      items: 0,
    }));
  }
  const typed = perType === null ? [] : typedCoverage(step.id, tenantId, answer.parts ?? {}, perType.kind, kinds);
  const whole = Object.entries(kinds).map(([kind, read]): Coverage => {
    const { items, gap, absent } = read as KindRead;
    const row = { tenantId, kind: kind as Coverage["kind"], step: step.id, items };
    if (absent !== undefined) return { ...row, state: "skipped", reason: absent };
    const reasons = [
      ...(answer.state === "partial" && concerns(answer, row.kind) ? [answer.reason] : []),
      ...(gap === undefined ? [] : [gap]),
    ];
    return reasons.length === 0
      ? { ...row, state: "complete", reason: null }
      : { ...row, state: "partial", reason: reasons.join("; ") };
  });
  return [...whole, ...typed];
}

/** A row for each type of resource, where not every type was read alike. */
function typedCoverage(
  step: string,
  tenantId: string,
  parts: Parts,
  kind: PerTypeKind,
  kinds: Converted["kinds"],
): Coverage[] {
  return Object.entries(parts).map(([type, part]) => ({
    tenantId,
    kind: `${kind}:${type}`,
    step,
    state: part.state,
    reason: part.state === "complete" ? null : part.reason,
    items: kinds[kind]?.byType?.[type] ?? 0,
  }));
}
