import { AuditError } from "../../src/model/audit-error.ts";
import type { ConnectorEnvironment, ConnectorSession } from "../../src/contracts/connector.ts";
import { RecordingWriter } from "../shared/recording.ts";
import { DetailsConverter } from "./convert/account-authorization-details.ts";
import { openLive, PATIENT, type Pace } from "./live.ts";
import { recordingClient } from "./recording-client.ts";
import { openSession, type SessionTenant } from "./session.ts";
import { parseAwsSettings, type AwsSettings } from "./settings.ts";
import { TenantContext } from "./tenant-context.ts";

/** Opens AWS itself, recording what it answers where that is wanted. Throws `settings` and `sign-in`. */
export async function openLiveSession(
  written: unknown,
  recordTo: string | null,
  environment: ConnectorEnvironment,
  pace: Pace = PATIENT,
): Promise<ConnectorSession> {
  const settings = parseAwsSettings(written);
  const live = await openLive(settings, environment, pace);
  const now = environment.clock.now();
  const writer = recordTo === null ? null : await RecordingWriter.open(recordTo, now);
  const siblings = new Map<string, TenantContext>();
  const tenants = live.connections.map(({ client, alias }, index): SessionTenant => {
    const context = new TenantContext(client.tenant, now, siblings, alias);
    siblings.set(client.tenant, context);
    return {
      client: writer === null ? client : recordingClient(client, writer),
      context,
      converter: new DetailsConverter(context),
      swept: null,
      readFile: null,
      leftOut: (step) => leftOut(step, index, settings),
    };
  });
  return openSession({
    mode: "live",
    tenants,
    recordedAt: null,
    environment,
    forecast: () => live.forecast(),
    async self() {
      const own = new Set<string>();
      for (const { client, caller, behind } of live.connections) {
        // Where no role could be assumed nothing can be changed either.
        if (caller === null) continue;
        own.add(caller);
        if (!behind.known)
          throw new AuditError(
            "provider-answer",
            "aws-self",
            `who assumes the role in tenant \`${client.tenant}\` is not known: ${behind.why}`,
            { hint: "nothing is changed while leastwise cannot tell its own access from others'; try again" },
          );
        if (behind.value !== null) own.add(behind.value);
      }
      return [...own];
    },
    check: () => live.check(),
    close: () => live.close(),
    calls: () => live.calls(),
  });
}

/** Why the settings leave a step out, if they do. */
function leftOut(step: string, index: number, settings: AwsSettings): string | undefined {
  if (step === "service-last-accessed" && !settings.serviceLastAccessed)
    return "`serviceLastAccessed` is switched off in the configuration";
  if (step === "web-identity-sessions")
    return "CloudTrail is not asked; a recording may hold web-identity-sessions.json (`aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity`)";
  if (step === "resources" || step === "resource-policies" || step === "public-access-blocks") {
    const { resources } = settings;
    if (resources === undefined)
      return `\`resources\` is not set in the configuration; a recording may hold ${step}.json`;
    if (step === "public-access-blocks")
      return resources.publicAccessBlocks
        ? undefined
        : "`resources.publicAccessBlocks` is switched off in the configuration";
    const [key, services] =
      step === "resources" ? (["services", resources.services] as const) : (["policies", resources.policies] as const);
    return services.length > 0 ? undefined : `\`resources.${key}\` names no service in the configuration`;
  }
  const wide: Readonly<Record<string, boolean>> = {
    organization: settings.organization,
    "identity-center": settings.identityCenter,
  };
  if (wide[step] === undefined) return undefined;
  if (!wide[step])
    return `\`${step === "organization" ? "organization" : "identityCenter"}\` is not switched on in the configuration`;
  return index === 0 ? undefined : "only the first tenant is asked for it";
}
