import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords, type SnapshotRecords } from "../../../src/model/snapshot.ts";
import { sha256 } from "../../../src/text/digest.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawControlPolicy, RawOrganization } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { documentText } from "./parts.ts";

/** The organization's tree with its SCPs and RCPs. Tenants in the tree that are not collected are named as well. */
export function organization(raw: RawOrganization, context: TenantContext): Partial<SnapshotRecords> {
  const records = emptyRecords();
  const managementId = `aws:${raw.managementTenant ?? context.tenant}`;
  const targets = raw.targets ?? [];
  const idOf = (target: { readonly id: string; readonly kind: string; readonly tenant?: string }): string =>
    target.kind === "tenant" ? `aws:${target.tenant ?? target.id}` : `${managementId}:${target.id}`;
  const ids = new Map(targets.map((target) => [target.id, idOf(target)]));
  for (const target of targets) {
    const targetId = idOf(target);
    if (target.kind === "tenant") {
      const digits = target.tenant ?? target.id;
      records.tenants.push({ id: targetId, system: "aws", nativeId: digits, name: target.name ?? digits, managementTenantId: managementId, attributes: {} });
    }
    const parent = target.parentId === null || target.parentId === undefined ? undefined : ids.get(target.parentId);
    if (parent !== undefined) {
      records.relations.push({ id: derivedId("relation", ["parent-of", parent, targetId]), kind: "parent-of", fromId: parent, toId: targetId, attributes: {} });
    }
    for (const [kind, policies] of [
      ["scp", target.scps],
      ["rcp", target.rcps],
    ] as const) {
      for (const policy of policies ?? []) {
        const policyId = controlPolicy(kind, policy, managementId, records.policies);
        records.guardrails.push({ id: derivedId("guardrail", [kind, policyId, targetId]), tenantId: managementId, kind, policyId, targetId, targetKind: target.kind });
      }
    }
  }
  return records;
}

function controlPolicy(kind: "scp" | "rcp", policy: RawControlPolicy, tenantId: string, policies: ReturnType<typeof emptyRecords>["policies"]): string {
  const text = policy.document === undefined ? unknown(`the document of ${kind} \`${policy.name ?? policy.id ?? "unnamed"}\` was not given`) : documentText(policy.document);
  const nativeId = policy.id ?? policy.name ?? (text.known ? sha256(text.value).slice(0, 16) : "unnamed");
  const id = `${tenantId}:${nativeId}`;
  if (!policies.some((known) => known.id === id)) {
    policies.push({
      id,
      system: "aws",
      tenantId,
      kind,
      name: policy.name ?? nativeId,
      locator: nativeId,
      holderId: null,
      document: text.known ? known(text.value) : text,
      documentHash: text.known ? sha256(text.value) : "",
      versionId: null,
      updatedAt: unknown("AWS does not keep when it was changed"),
    });
  }
  return id;
}
