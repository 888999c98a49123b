/**
 * One open connection to any number of AWS tenants, live or recorded: runs steps in order, converts what they answer and
 * turns every refusal into coverage. The one place where reading, converting and recording meet.
 */
import type { ConnectorEnvironment, ConnectorSession, DoctorFinding, Forecast, Operation, SessionStep, StepOutcome } from "../../src/contracts/connector.ts";
import type { Coverage, CoverageState } from "../../src/model/coverage.ts";
import type { Credential } from "../../src/model/credential.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { Principal } from "../../src/model/principal.ts";
import type { SnapshotRecords } from "../../src/model/snapshot.ts";
import { derivedId } from "../../src/text/stable-id.ts";
import type { Answer, AwsClient } from "./client.ts";
import { accessKeyLastUsed, accessKeys } from "./convert/access-keys.ts";
import { DetailsConverter } from "./convert/account-authorization-details.ts";
import { credentialReport, loginProfiles } from "./convert/credential-report.ts";
import { identityCenter } from "./convert/identity-center.ts";
import { organization } from "./convert/organization.ts";
import { accountSummary, identityProviders, passwordPolicy, serviceLastAccessed } from "./convert/tenant-facts.ts";
import { mfaDevices, serverCertificates, userCredentials } from "./convert/user-credentials.ts";
import { manifest } from "./manifest.ts";
import { bindOperation } from "./operations/operation.ts";
import { OPERATIONS } from "./operations/index.ts";
import type { RawStep, RawSteps } from "./raw.ts";
import { TenantContext } from "./tenant-context.ts";

const SWEEP = "account-authorization-details";

/** Steps that only some tenants answer: asked of each, but their absence elsewhere is no gap. */
const ORGANIZATION_WIDE = new Set(["organization", "identity-center"]);

/** What a session is made of. */
export interface SessionParts {
  readonly mode: "recorded" | "live";
  readonly clients: readonly AwsClient[];
  readonly recordedAt: Instant | null;
  readonly environment: ConnectorEnvironment;
  /** Steps left out by settings, with the reason. */
  readonly left?: Readonly<Partial<Record<string, string>>>;
  readonly names?: Readonly<Record<string, string>>;
  forecast(): Promise<Forecast>;
  self(): Promise<readonly string[]>;
  check(): Promise<readonly DoctorFinding[]>;
  close(): Promise<void>;
  /** Calls made so far, for the extraction log. */
  calls(): number;
}

/** A tenant while it is read. */
interface TenantState {
  readonly client: AwsClient;
  readonly context: TenantContext;
  readonly users: Map<string, Principal>;
  readonly keys: Map<string, Credential>;
}

/** Opens the session. */
export function openSession(parts: SessionParts): ConnectorSession {
  const states = new Map<string, TenantState>(
    parts.clients.map((client) => [client.tenant, { client, context: new TenantContext(client.tenant), users: new Map(), keys: new Map() }]),
  );
  const steps: SessionStep[] = parts.clients.flatMap((client) =>
    manifest.steps.map((step) => ({
      key: `aws/${client.tenant}/${step.id}`,
      tenantId: `aws:${client.tenant}`,
      tenantName: parts.names?.[client.tenant] ?? client.tenant,
      step,
    })),
  );
  const operations = new Map<string, Operation>();
  for (const operation of OPERATIONS) {
    const own = manifest.operations.find(({ id }) => id === operation.id);
    // What is only rehearsed for now does not exist for the provider itself.
    if (own === undefined || (parts.mode === "live" && own.rehearsalOnly)) continue;
    operations.set(own.id, bindOperation(operation, own, (tenant) => states.get(tenant)?.client));
  }
  return {
    steps,
    recordedAt: parts.recordedAt,
    forecast: parts.forecast,
    self: parts.self,
    check: parts.check,
    close: parts.close,
    operation: (id) => operations.get(id),
    async run(sessionStep) {
      const state = states.get(sessionStep.key.split("/")[1] ?? "");
      if (state === undefined) return { records: {} };
      const startedAt = parts.environment.clock.now();
      const before = parts.calls();
      const left = parts.left?.[sessionStep.step.id];
      const { answer, records } = left === undefined ? await runStep(sessionStep.step.id, state, parts) : { answer: { state: "skipped" as const, reason: left }, records: {} };
      return outcome(sessionStep, answer, records, {
        mode: parts.mode,
        calls: parts.calls() - before,
        startedAt,
        endedAt: parts.environment.clock.now(),
        onlySome: ORGANIZATION_WIDE.has(sessionStep.step.id) && parts.clients.length > 1,
      });
    },
  };
}

/** How a step ended, without its value. */
type Ended = { readonly state: CoverageState; readonly reason?: string };

async function runStep(step: string, state: TenantState, parts: SessionParts): Promise<{ answer: Ended; records: Partial<SnapshotRecords> }> {
  const { client, context } = state;
  if (step === SWEEP) {
    const converter = new DetailsConverter(context);
    const answer = await client.details((detail) => converter.add(detail));
    const records = converter.finish();
    for (const principal of records.principals ?? []) if (principal.nativeType === "iam-user") state.users.set(principal.displayName, principal);
    const name = parts.names?.[client.tenant] ?? client.tenant;
    const tenant = { id: context.tenantId, system: "aws" as const, nativeId: client.tenant, name, managementTenantId: null, attributes: {} };
    const usable = answer.state === "complete" || answer.state === "partial" ? records : {};
    return { answer, records: { ...usable, tenants: [tenant] } };
  }
  const sweep = {
    userNames: [...state.users.keys()].sort(),
    principalArns: [...[...state.users.values()].map((user) => user.locator), ...context.roleArns].sort(),
    accessKeyIds: [...context.accessKeyIds].sort(),
  };
  const answer: Ended & { readonly value?: unknown } = await client.read(step as RawStep, sweep);
  if (answer.state === "denied" || answer.state === "skipped") return { answer, records: {} };
  const records = convert(step as RawStep, answer.value, state);
  for (const credential of records.credentials ?? []) if (credential.kind === "access-key") state.keys.set(credential.nativeId, credential);
  for (const principal of records.principals ?? []) if (principal.nativeType === "iam-user") state.users.set(principal.displayName, principal);
  return { answer, records };
}

function convert(step: RawStep, raw: unknown, { context, users, keys }: TenantState): Partial<SnapshotRecords> {
  // The step's name decides the shape; the compiler cannot see that the two belong together.
  const value = <S extends RawStep>(): RawSteps[S] => raw as RawSteps[S];
  switch (step) {
    case "access-keys":
      return accessKeys(value<"access-keys">(), context);
    case "access-key-last-used":
      return accessKeyLastUsed(value<"access-key-last-used">(), keys);
    case "login-profiles":
      return loginProfiles(value<"login-profiles">(), context);
    case "mfa-devices":
      return mfaDevices(value<"mfa-devices">(), context, users);
    case "credential-report":
      return credentialReport(value<"credential-report">(), context, users);
    case "ssh-public-keys":
      return userCredentials("ssh-public-key", value<"ssh-public-keys">(), context);
    case "service-specific-credentials":
      return userCredentials("service-specific-credential", value<"service-specific-credentials">(), context);
    case "signing-certificates":
      return userCredentials("signing-certificate", value<"signing-certificates">(), context);
    case "server-certificates":
      return serverCertificates(value<"server-certificates">(), context);
    case "account-summary":
      return accountSummary(value<"account-summary">(), context);
    case "password-policy":
      return passwordPolicy(value<"password-policy">(), context);
    case "identity-providers":
      return identityProviders(value<"identity-providers">(), context);
    case "service-last-accessed":
      return serviceLastAccessed(value<"service-last-accessed">(), context);
    case "organization":
      return organization(value<"organization">(), context);
    case "identity-center":
      return identityCenter(value<"identity-center">(), context);
  }
}

/** Records with a coverage row for each kind the step answers for, and its line in the extraction log. */
function outcome(
  { key, tenantId, step }: SessionStep,
  answer: Ended | Answer<unknown>,
  records: Partial<SnapshotRecords>,
  run: { readonly mode: "recorded" | "live"; readonly calls: number; readonly startedAt: Instant; readonly endedAt: Instant; readonly onlySome: boolean },
): StepOutcome {
  const items = Object.values(records).reduce((sum, rows) => sum + (rows as readonly unknown[]).length, 0);
  const reason = answer.state === "complete" ? null : (answer.reason ?? "no reason was given");
  // The organization is asked of every tenant and answered by one: that the others do not know it is no gap.
  const silent = run.onlySome && answer.state === "skipped";
  const coverage: Coverage[] = silent ? [] : step.provides.map((kind) => ({ tenantId, kind, step: step.id, state: answer.state, reason, items }));
  return {
    records: {
      ...records,
      coverage,
      runs: [
        {
          id: derivedId("run", [key, run.startedAt]),
          tenantId,
          step: step.id,
          mode: run.mode,
          state: answer.state,
          reason,
          calls: run.calls,
          items,
          startedAt: run.startedAt,
          endedAt: run.endedAt,
        },
      ],
    },
  };
}
