import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Connector, ConnectorEnvironment, ConnectorSession } from "../../src/contracts/connector.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { isFolder, readRecordingManifest } from "../shared/recording.ts";
import { manifest } from "./manifest.ts";
import type { RawDetail } from "./raw.ts";
import { readDetailsFile, recordedClient, singleFileClient, tenantFolder } from "./recorded.ts";
import { openSession } from "./session.ts";
import { parseAwsSettings } from "./settings.ts";
import type { AwsClient } from "./client.ts";

const NO_CALLS = { calls: 0, seconds: 0, basis: "recorded answers" };

/** AWS IAM, live or recorded. */
export const aws: Connector = {
  manifest,
  async recognises(path) {
    if (!(await isFolder(path))) return true;
    return isFolder(join(path, "aws"));
  },
  async open(source, environment) {
    if (source.mode === "recorded") return openRecorded(source.path, source.workingCopy, environment);
    const { openLiveSession } = await import("./open-live.ts");
    return openLiveSession(parseAwsSettings(source.settings), source.recordTo, environment);
  },
};

async function openRecorded(path: string, workingCopy: boolean, environment: ConnectorEnvironment): Promise<ConnectorSession> {
  const folder = await isFolder(path);
  const recording = folder ? await readRecordingManifest(path) : { recordedAt: null, steps: {} };
  const clients = folder ? await recordedTenants(path, workingCopy, recording.steps) : await singleFile(path);
  return openSession({
    mode: "recorded",
    clients,
    recordedAt: recording.recordedAt,
    environment,
    forecast: () => Promise.resolve(NO_CALLS),
    self: () => Promise.resolve([]),
    check: () => Promise.resolve([]),
    close: () => Promise.resolve(),
    calls: () => 0,
  });
}

async function recordedTenants(path: string, workingCopy: boolean, steps: Readonly<Record<string, { state: "complete" | "partial" | "denied" | "skipped"; reason?: string }>>): Promise<AwsClient[]> {
  const names = (await isFolder(join(path, "aws"))) ? (await readdir(join(path, "aws"))).sort() : [];
  const tenants = names.filter((name) => /^\d{12}$/.test(name));
  if (tenants.length === 0) {
    throw new AuditError("input-file", "no-tenant", "this folder holds no AWS tenant", {
      place: { file: path },
      hint: "put the files of a tenant into `aws/<12 digits>/`, or give the file of `aws iam get-account-authorization-details` itself",
    });
  }
  return tenants.map((tenant) => recordedClient(tenant, tenantFolder(path, tenant), (step) => steps[`aws/${tenant}/${step}`], workingCopy));
}

/** A single file of the sweep: every entry belongs to the tenant of its ARN. AWS's own policies go with each tenant. */
async function singleFile(path: string): Promise<AwsClient[]> {
  const byTenant = new Map<string, RawDetail[]>();
  const shared: RawDetail[] = [];
  const seen = new Set<string>();
  const sweep = await readDetailsFile(path, (detail) => {
    const arn = detail.entry.Arn ?? "";
    const tenant = arn.split(":")[4] ?? "";
    if (tenant === "aws") shared.push(detail);
    else if (/^\d{12}$/.test(tenant)) {
      // Two entries of one ARN would become one person with the access of two, or hide one of them.
      if (seen.has(arn)) {
        throw new AuditError("input-file", "duplicate", `\`${arn}\` stands in the file twice`, { place: { file: path, pointer: `/${detail.section}` }, hint: "was the same page written into it twice?" });
      }
      seen.add(arn);
      const list = byTenant.get(tenant);
      if (list === undefined) byTenant.set(tenant, [detail]);
      else list.push(detail);
    } else {
      throw new AuditError("input-file", "no-arn", "an entry has no ARN, so its tenant is not known", { place: { file: path, pointer: `/${detail.section}` }, hint: "make the file again with `aws iam get-account-authorization-details`" });
    }
  });
  return [...byTenant].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tenant, entries]) => singleFileClient(tenant, [...entries, ...shared], sweep));
}
