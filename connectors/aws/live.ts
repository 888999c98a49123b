/**
 * The promise to AWS, kept by the network: the official SDKs with adaptive retries, bounded concurrency, one sweep call, and
 * every refusal an answer. SDK modules are loaded here and nowhere earlier: `scan` starts without them.
 */
import type { STSClient } from "@aws-sdk/client-sts";
import { AuditError } from "../../src/model/audit-error.ts";
import type { ConnectorEnvironment, DoctorFinding, Forecast } from "../../src/contracts/connector.ts";
import { known as observed, unknown, type Observed } from "../../src/model/observed.ts";
import type { AwsClient, AwsConnection, OpenLive } from "./client.ts";
import { iamChanges } from "./live/iam-changes.ts";
import { iamStep, sweep } from "./live/iam-reads.ts";
import { readIdentityCenter } from "./live/identity-center-reads.ts";
import type { RegionalReads } from "./live/regional/regional-step.ts";
import { typesOf } from "./live/regional/typed-read.ts";
import { POLICY_SERVICES } from "./live/resource-policies/index.ts";
import { RESOURCE_SERVICES } from "./live/resources/index.ts";
import { readOrganization } from "./live/organization-reads.ts";
import { answered, isSignIn, noteCall, reasonOf, signInError } from "./live/refusal.ts";
import type { AwsSettings, AwsTenantSettings } from "./settings.ts";
import { counted } from "../../src/text/counted.ts";

/** How often calls are repeated and how long is waited between looks. Only tests change it. */
export interface Pace {
  /** Attempts of one call; the SDK spaces them out. */
  readonly attempts: number;
  /** `adaptive` slows every call down after a throttle, `standard` the throttled one alone. */
  readonly retryMode: "adaptive" | "standard";
  /** Milliseconds that stand for a second of waiting for a job. */
  readonly second: number;
}

/** The pace AWS asks for: enough attempts that a throttle on every fifth call loses nothing. */
export const PATIENT: Pace = { attempts: 7, retryMode: "adaptive", second: 1_000 };

/** Counts what is really sent, and notes which call an error answers. */
class CallCounter {
  count = 0;
  /** Adds the counter behind the retries of a client, so that each attempt counts. */
  watch<T extends { middlewareStack: { add(middleware: never, options: never): void } }>(
    service: string,
    client: T,
  ): T {
    const middleware =
      (next: (args: unknown) => Promise<unknown>, { commandName = "" }: { readonly commandName?: string }) =>
      async (args: unknown) => {
        this.count += 1;
        try {
          return await next(args);
        } catch (error) {
          noteCall(error, `${service}:${commandName.replace(/Command$/, "")}`);
          throw error;
        }
      };
    client.middlewareStack.add(
      middleware as never,
      { step: "finalizeRequest", priority: "low", name: "leastwiseCallCounter" } as never,
    );
    return client;
  }
}

/** Signs in to every tenant of the settings. */
export const openLive: OpenLive = async (settings, environment, pace = PATIENT) => {
  const counter = new CallCounter();
  const connections: AwsConnection[] = [];
  const destroy: (() => void)[] = [];
  for (const tenant of settings.tenants)
    connections.push(await connect(settings, tenant, environment, pace, counter, destroy));
  refuseTwice(connections);
  return {
    connections,
    calls: () => counter.count,
    forecast: () => forecast(connections, settings),
    check: () => check(connections),
    close() {
      for (const end of destroy) end();
      return Promise.resolve();
    },
  };
};

async function connect(
  settings: AwsSettings,
  tenant: AwsTenantSettings,
  environment: ConnectorEnvironment,
  pace: Pace,
  counter: CallCounter,
  destroy: (() => void)[],
): Promise<AwsConnection> {
  const [sdk, sts, { fromNodeProviderChain, fromTemporaryCredentials }] = await Promise.all([
    import("@aws-sdk/client-iam"),
    import("@aws-sdk/client-sts"),
    import("@aws-sdk/credential-providers"),
  ]);
  const region = tenant.region ?? settings.region;
  const endpoint = tenant.endpoint ?? settings.endpoint;
  const place = { region, ...(endpoint === undefined ? {} : { endpoint }) };
  const base = fromNodeProviderChain(tenant.profile === undefined ? {} : { profile: tenant.profile });
  const externalId = tenant.externalIdFrom === undefined ? undefined : environment.secrets.read(tenant.externalIdFrom);
  if (tenant.externalIdFrom !== undefined && externalId === undefined) {
    throw new AuditError("sign-in", "aws-external-id", `there is no external id in \`${tenant.externalIdFrom}\``, {
      hint: "export it before running",
    });
  }
  const credentials =
    tenant.roleArn === undefined
      ? base
      : fromTemporaryCredentials({
          masterCredentials: base,
          params: {
            RoleArn: tenant.roleArn,
            RoleSessionName: "leastwise",
            ...(externalId === undefined ? {} : { ExternalId: externalId }),
          },
          clientConfig: place,
        });
  const common = { ...place, credentials, maxAttempts: pace.attempts, retryMode: pace.retryMode };
  const iam = counter.watch("iam", new sdk.IAMClient(common));
  const stsClient = counter.watch("sts", new sts.STSClient(common));
  destroy.push(
    () => iam.destroy(),
    () => stsClient.destroy(),
  );
  const behind =
    tenant.roleArn === undefined
      ? observed(null)
      : await callerOf(counter.watch("sts", new sts.STSClient({ ...common, credentials: base })), sts);
  let digits: string;
  let caller: string | null = null;
  let refused: string | undefined;
  try {
    const identity = await stsClient.send(new sts.GetCallerIdentityCommand({}));
    digits = identity.Account ?? "";
    caller = identity.Arn ?? null;
  } catch (error) {
    const known = tenant.tenant ?? /^arn:[^:]+:iam::(\d{12}):/.exec(tenant.roleArn ?? "")?.[1];
    // A role that may not be assumed is one tenant's gap; credentials that do not work at all are everybody's.
    if (known === undefined || (tenant.roleArn === undefined && isSignIn(error))) throw signInError(error);
    digits = known;
    refused =
      tenant.roleArn === undefined
        ? reasonOf(error, "sts:GetCallerIdentity")
        : `the role \`${tenant.roleArn}\` could not be assumed: ${reasonOf(error, "sts:AssumeRole")}`;
  }
  if (tenant.tenant !== undefined && tenant.tenant !== digits) {
    throw new AuditError(
      "settings",
      "aws-tenant",
      `the credentials belong to tenant \`${digits}\`, not to \`${tenant.tenant}\``,
      { hint: "name a profile or a role of that tenant" },
    );
  }
  if (refused !== undefined)
    return { client: refusingClient(digits, refused, sdk, iam), alias: null, caller: null, behind };
  const alias = await iam.send(new sdk.ListAccountAliasesCommand({})).then(
    ({ AccountAliases }) => AccountAliases?.[0] ?? null,
    () => null,
  );
  const reads = {
    iam,
    sdk,
    concurrency: settings.concurrency,
    wait: (milliseconds: number): Promise<void> =>
      new Promise((resolve) => setTimeout(resolve, (milliseconds * pace.second) / 1_000)),
  };
  let regions: RegionalReads | undefined;
  const openRegional = async (): Promise<RegionalReads> => {
    const { openRegions } = await import("./live/regional/regional-step.ts");
    const opened = openRegions(
      {
        tenant: digits,
        partition: caller?.split(":")[1] ?? "aws",
        home: region,
        config: common,
        concurrency: settings.concurrency,
        watch: (service, own) => counter.watch(service, own),
      },
      settings.resources ?? { services: [], policies: [], publicAccessBlocks: false, regions: null },
    );
    destroy.push(() => opened.close());
    return opened;
  };
  const client: AwsClient = {
    tenant: digits,
    details: (sink) => sweep(reads, sink),
    async read(step, context) {
      if (step === "organization") {
        const organizations = await import("@aws-sdk/client-organizations");
        const own = counter.watch("organizations", new organizations.OrganizationsClient(common));
        destroy.push(() => own.destroy());
        return (await answered("organizations:ListRoots", () => readOrganization(own, organizations))) as never;
      }
      if (step === "web-identity-sessions") throw new RangeError("sessions are read from files only");
      if (step === "resources" || step === "resource-policies" || step === "public-access-blocks") {
        regions ??= await openRegional();
        return (await regions.read(step, context)) as never;
      }
      if (step === "identity-center") {
        const [adminSdk, storeSdk] = await Promise.all([
          import("@aws-sdk/client-sso-admin"),
          import("@aws-sdk/client-identitystore"),
        ]);
        const there = { ...common, region: settings.identityCenterRegion ?? region };
        const [admin, store] = [
          counter.watch("sso", new adminSdk.SSOAdminClient(there)),
          counter.watch("identitystore", new storeSdk.IdentitystoreClient(there)),
        ];
        destroy.push(
          () => admin.destroy(),
          () => store.destroy(),
        );
        return (await answered("sso:ListInstances", () =>
          readIdentityCenter(admin, adminSdk, store, storeSdk, settings.concurrency),
        )) as never;
      }
      return (await iamStep(step, reads, context)) as never;
    },
    ...iamChanges(iam, sdk),
  };
  return { client, alias, caller, behind };
}

/** ARN that a client calls as, or why that is not known: then nobody can tell whether a change would shut us out. */
async function callerOf(
  client: STSClient,
  { GetCallerIdentityCommand }: typeof import("@aws-sdk/client-sts"),
): Promise<Observed<string | null>> {
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    return Arn === undefined ? unknown("AWS did not say who calls") : observed(Arn);
  } catch (error) {
    return unknown(reasonOf(error, "sts:GetCallerIdentity"));
  } finally {
    client.destroy();
  }
}

/** Two ways into one tenant would show everything in it twice. */
function refuseTwice(connections: readonly AwsConnection[]): void {
  const seen = new Set<string>();
  for (const { client } of connections) {
    if (seen.has(client.tenant)) {
      throw new AuditError("settings", "aws-tenant-twice", `the tenant \`${client.tenant}\` is in the settings twice`, {
        hint: "leave one of its entries in `connectors.aws.tenants`",
      });
    }
    seen.add(client.tenant);
  }
}

/** A tenant that cannot be signed in to: every read says so, and nothing is changed there. */
function refusingClient(
  tenant: string,
  reason: string,
  sdk: typeof import("@aws-sdk/client-iam"),
  iam: InstanceType<typeof sdk.IAMClient>,
): AwsClient {
  return {
    tenant,
    details: () => Promise.resolve({ state: "denied", reason }),
    read: () => Promise.resolve({ state: "denied", reason }),
    ...iamChanges(iam, sdk),
  };
}

/** What a run will ask, from the tenant's own summary. */
async function forecast(connections: readonly AwsConnection[], settings: AwsSettings): Promise<Forecast> {
  let calls = 0;
  const basis: string[] = [];
  for (const { client } of connections) {
    const summary = await client.read("account-summary", { userNames: [], principalArns: [], accessKeyIds: [] });
    const numbers: Readonly<Record<string, number>> =
      summary.state === "complete" ? (summary.value as Readonly<Record<string, number>>) : {};
    const [users, roles, policies] = [numbers["Users"] ?? 0, numbers["Roles"] ?? 0, numbers["Policies"] ?? 0];
    // Six lists and about one key per user; a job is started and read about twice.
    calls +=
      10 +
      Math.ceil((users + roles + policies) / 100) +
      users * 7 +
      (settings.serviceLastAccessed ? (users + roles) * 3 : 0) +
      regionalCalls(settings);
    basis.push(
      summary.state === "complete"
        ? `${client.tenant}: ${counted(users, "user")}, ${counted(roles, "role")}`
        : `${client.tenant}: size not readable`,
    );
  }
  return { calls, seconds: Math.ceil(calls / (settings.concurrency * 2.5)), basis: basis.join("; ") };
}

/** Regions that AWS switches on for everybody. */
const DEFAULT_REGIONS = 17;

/** Lists beyond IAM: about two calls for each type and region. */
function regionalCalls({ resources }: AwsSettings): number {
  if (resources === undefined) return 0;
  const { services, policies, regions } = resources;
  const read = [
    ...RESOURCE_SERVICES.filter(({ service }) => services.includes(service)),
    ...POLICY_SERVICES.filter(({ service }) => policies.includes(service)),
  ];
  return 2 * typesOf(read).length * (regions?.length ?? DEFAULT_REGIONS);
}

async function check(connections: readonly AwsConnection[]): Promise<readonly DoctorFinding[]> {
  const lines: DoctorFinding[] = [];
  for (const { client, caller, alias } of connections) {
    if (caller === null) {
      const answer = await client.details(() => {});
      lines.push({
        level: "problem",
        text: `${client.tenant}: ${"reason" in answer ? answer.reason : "cannot be signed in to"}`,
        hint: "check the role's trust policy and the external id",
      });
      continue;
    }
    lines.push({ level: "ok", text: `${alias ?? client.tenant} answers as ${caller}` });
    if (caller.endsWith(":root"))
      lines.push({
        level: "warning",
        text: `${client.tenant} is read as root`,
        hint: "`leastwise permissions --aws-policy read` prints what a reader needs",
      });
    const nothing = { userNames: [], principalArns: [], accessKeyIds: [] };
    for (const step of ["account-summary", "password-policy", "credential-report", "identity-providers"] as const) {
      const answer = await client.read(step, nothing);
      if (answer.state === "denied")
        lines.push({
          level: "warning",
          text: `${client.tenant}: ${step} will not be readable: ${answer.reason}`,
          hint: "the rules that need it will not be evaluated",
        });
    }
  }
  return lines;
}
