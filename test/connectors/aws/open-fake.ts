import { afterAll, beforeAll, onTestFinished, vi } from "vitest";
import { openLiveSession } from "../../../connectors/aws/live-session.ts";
import { PATIENT, type Pace } from "../../../connectors/aws/live.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorEnvironment, ConnectorSession } from "../../../src/contracts/connector.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { startFakeAws, type FakeAws } from "../../fakes/aws/fake-aws.ts";
import type { FakeAwsOptions } from "../../fakes/aws/world.ts";
import { EXTERNAL_ID, HOME, PAYMENTS, SEED } from "./fake-seed.ts";

/** The secret the tests sign in with; it must be found in nothing that was written. */
export const SECRET = "sampleSecretThatMustNotBeKept";
const NOW = "2026-11-25T09:00:00Z";
/** Jobs are looked at again at once, and a call that fails is repeated once. */
const AT_ONCE: Pace = { attempts: 2, retryMode: "standard", second: 1 };
/** As often as AWS itself is asked, without slowing down for good after a throttle. */
export const STUBBORN: Pace = { ...AT_ONCE, attempts: PATIENT.attempts };

/** The tests' credentials, in the environment as AWS's own tools read them; whatever a machine has set is put aside. */
export function signInForTests(): void {
  beforeAll(() => {
    for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_ENDPOINT_URL"])
      vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "testing");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", SECRET);
    vi.stubEnv("AWS_REGION", "us-east-1");
  });
  afterAll(() => void vi.unstubAllEnvs());
}

/** An environment that knows one external id, and what was said in it. */
export function environmentWith(): ConnectorEnvironment & { readonly said: string[] } {
  const said: string[] = [];
  const say = (...words: readonly unknown[]): void => void said.push(JSON.stringify(words));
  return {
    clock: { now: () => NOW },
    secrets: { read: (name) => (name === "SAMPLE_EXTERNAL_ID" ? EXTERNAL_ID : undefined) },
    log: { progress: say, warn: say },
    said,
  };
}

/** How a tenant is reached by the role in it that trusts the tests. */
export const byRole = (tenant: string, externalIdFrom?: string) => ({
  tenant,
  roleArn: `arn:aws:iam::${tenant}:role/leastwise-reader`,
  ...(externalIdFrom === undefined ? {} : { externalIdFrom }),
});

/** The tenant the credentials belong to, and one that is reached by a role with an external id. */
export const TWO_TENANTS = [{ tenant: HOME }, byRole(PAYMENTS, "SAMPLE_EXTERNAL_ID")];

/** How a session is opened over a fake. */
interface OpenOptions {
  readonly tenants?: readonly object[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly recordTo?: string;
  readonly environment?: ConnectorEnvironment;
  readonly pace?: Pace;
}

/** Opens a session over a fake that runs already. */
export function openOver(fake: FakeAws, options: OpenOptions = {}): Promise<ConnectorSession> {
  const settings = {
    endpoint: fake.endpoint,
    tenants: options.tenants ?? [{ tenant: HOME }],
    organization: true,
    identityCenter: true,
    serviceLastAccessed: true,
    concurrency: 4,
    ...options.settings,
  };
  return openLiveSession(
    settings,
    options.recordTo ?? null,
    options.environment ?? environmentWith(),
    options.pace ?? AT_ONCE,
  );
}

/** Starts a fake and opens a session over it; both end with the test. */
export async function openFake(
  options: OpenOptions & { readonly fake?: FakeAwsOptions } = {},
): Promise<{ readonly fake: FakeAws; readonly session: ConnectorSession }> {
  const fake = await startFakeAws(SEED, options.fake);
  onTestFinished(() => fake.close());
  const session = await openOver(fake, options);
  onTestFinished(() => session.close());
  return { fake, session };
}

/** Runs every step, or the sweep and those named. */
export async function collect(session: ConnectorSession, ...only: readonly string[]): Promise<SnapshotRecords> {
  const parts = [];
  for (const one of session.steps)
    if (only.length === 0 || one.step.id === "account-authorization-details" || only.includes(one.step.id))
      parts.push((await session.run(one)).records);
  return mergeRecords(parts);
}

/** What was read, without the extraction log: its numbers of calls differ from one reading to the next. */
export const factsOf = ({ runs: _runs, ...facts }: SnapshotRecords): Omit<SnapshotRecords, "runs"> => facts;

/** How much of a kind a step read in a tenant: `complete`, or the state with its reason. */
export function coverageOf(records: SnapshotRecords, kind: string, tenant = HOME): readonly string[] {
  return records.coverage
    .filter((row) => row.kind === kind && row.tenantId === `aws:${tenant}`)
    .map(({ step, state, reason }) => `${step}: ${state}${reason === null ? "" : ` (${reason})`}`);
}
