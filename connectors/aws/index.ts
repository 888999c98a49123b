import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Connector, ConnectorEnvironment, ConnectorSession } from "../../src/contracts/connector.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { encodingOf, openError } from "../shared/read-json-file.ts";
import { isFolder, readRecordingManifest } from "../shared/recording.ts";
import { DetailsConverter } from "./convert/account-authorization-details.ts";
import { readDetailsFile } from "./details-file.ts";
import { manifest } from "./manifest.ts";
import type { RawDetail } from "./raw.ts";
import { recordedClient, singleFileClient, tenantFolder } from "./recorded.ts";
import { openSession, type SessionTenant } from "./session.ts";
import { TenantContext } from "./tenant-context.ts";

/** AWS IAM, live or recorded. */
export const aws: Connector = {
  manifest,
  async recognises(path) {
    return (await isFolder(path)) ? isFolder(join(path, "aws")) : looksLikeJson(path);
  },
  async open(source, environment) {
    if (source.mode === "recorded") return openRecorded(source.path, source.workingCopy, environment);
    // The SDK takes longer to load than a small file to scan.
    const { openLiveSession } = await import("./live-session.ts");
    return openLiveSession(source.settings, source.recordTo, environment);
  },
};

async function openRecorded(
  path: string,
  workingCopy: boolean,
  environment: ConnectorEnvironment,
): Promise<ConnectorSession> {
  const folder = await isFolder(path);
  const { recordedAt, steps } = folder ? await readRecordingManifest(path) : { recordedAt: null, steps: {} };
  const now = recordedAt ?? environment.clock.now();
  const tenants = folder
    ? (await tenantsIn(path)).map((tenant) => ({
        tenant,
        client: recordedClient(
          tenant,
          tenantFolder(path, tenant),
          (step) => steps[`aws/${tenant}/${step}`],
          workingCopy,
        ),
      }))
    : undefined;
  const siblings = new Map<string, TenantContext>();
  const sessionTenants =
    tenants === undefined
      ? await singleFile(path, (tenant) => contextOf(tenant, now, siblings))
      : tenants.map(({ tenant, client }): SessionTenant => {
          const context = contextOf(tenant, now, siblings);
          return {
            client,
            context,
            converter: new DetailsConverter(context),
            swept: null,
            readFile: client.readFile,
            leftOut: () => undefined,
          };
        });
  return openSession({
    mode: "recorded",
    tenants: sessionTenants,
    recordedAt,
    environment,
    forecast: () => Promise.resolve({ calls: 0, seconds: 0, basis: "recorded answers" }),
    self: () => Promise.resolve([]),
    check: () => Promise.resolve([]),
    close: () => Promise.resolve(),
    calls: () => 0,
  });
}

function contextOf(tenant: string, now: string, siblings: Map<string, TenantContext>): TenantContext {
  const context = new TenantContext(tenant, now, siblings);
  siblings.set(tenant, context);
  return context;
}

async function tenantsIn(path: string): Promise<string[]> {
  const names = (await isFolder(join(path, "aws"))) ? await readdir(join(path, "aws")) : [];
  const tenants = names.filter((name) => /^\d{12}$/.test(name)).sort();
  if (tenants.length > 0) return tenants;
  throw new AuditError("input-file", "no-tenant", "this folder holds no AWS tenant", {
    place: { file: path },
    hint: "put the files of a tenant into `aws/<12 digits>/`, or give the file of `aws iam get-account-authorization-details` itself",
  });
}

/**
 * A single file of the sweep, read once: every entry goes to the converter of the tenant of its ARN, so that the file is never
 * in memory. AWS's own policies belong to every tenant.
 */
async function singleFile(path: string, contextFor: (tenant: string) => TenantContext): Promise<SessionTenant[]> {
  const converters = new Map<string, { readonly context: TenantContext; readonly converter: DetailsConverter }>();
  const shared: RawDetail[] = [];
  const swept = await readDetailsFile(path, (detail, tenant) => {
    if (tenant === "aws") {
      shared.push(detail);
      return;
    }
    let own = converters.get(tenant);
    if (own === undefined) {
      const context = contextFor(tenant);
      own = { context, converter: new DetailsConverter(context) };
      converters.set(tenant, own);
    }
    own.converter.add(detail);
  });
  if (converters.size === 0) {
    throw new AuditError("input-file", "empty-sweep", "the file holds no user, group or role", {
      place: { file: path },
      hint: "was it made with a filter, or for an empty tenant?",
    });
  }
  return [...converters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([tenant, { context, converter }]) => {
      for (const detail of shared) converter.add(detail);
      const client = singleFileClient(tenant);
      return { client, context, converter, swept, readFile: client.readFile, leftOut: () => undefined };
    });
}

/** Whether a file starts like JSON; whether it is the right JSON is found out by reading it. */
async function looksLikeJson(path: string): Promise<boolean> {
  const handle = await open(path).catch((error: unknown) => {
    throw openError(error, path);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    const start = buffer.subarray(0, bytesRead);
    return /^\s*[{[]/.test(new TextDecoder(encodingOf(start)).decode(start));
  } finally {
    await handle.close();
  }
}
