import { unknown } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import { sha256 } from "../../../src/text/digest.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawControlPolicy, RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { documentText, policy } from "./parts.ts";
import { counted } from "../../../src/text/counted.ts";

type Target = NonNullable<RawSteps["organization"]["targets"]>[number];

/** The organization's tree with its SCPs and RCPs. Tenants of the tree that are not collected are named as well. */
export function organization(raw: RawSteps["organization"], context: TenantContext): Converted {
  const records = emptyRecords();
  const managementId = `aws:${raw.managementTenant ?? context.tenant}`;
  const targets = raw.targets ?? [];
  const idOf = (target: Target): string =>
    target.kind === "tenant" ? `aws:${target.tenant ?? target.id}` : `${managementId}:${target.id}`;
  const ids = new Map(targets.map((target) => [target.id, idOf(target)]));
  const policies = new Map<string, Policy>();
  for (const target of targets) {
    const targetId = idOf(target);
    if (target.kind === "tenant") {
      const digits = target.tenant ?? target.id;
      const name = nameOf(digits, target.name, context);
      records.tenants.push({
        id: targetId,
        system: "aws",
        nativeId: digits,
        name,
        managementTenantId: managementId,
        attributes: {},
      });
    }
    const parent = target.parentId === null || target.parentId === undefined ? undefined : ids.get(target.parentId);
    if (parent !== undefined) {
      const attributes = { kind: target.kind, name: target.name ?? null };
      records.relations.push({
        id: derivedId("relation", ["parent-of", parent, targetId]),
        kind: "parent-of",
        fromId: parent,
        toId: targetId,
        attributes,
      });
    }
    for (const [kind, attached] of [["scp", target.scps] as const, ["rcp", target.rcps] as const]) {
      for (const one of attached ?? []) {
        const control = controlPolicy(kind, one, managementId);
        const before = policies.get(control.id);
        if (before === undefined || !before.document.known) policies.set(control.id, control);
        const id = derivedId("guardrail", [kind, control.id, targetId]);
        records.guardrails.push({
          id,
          tenantId: managementId,
          kind,
          policyId: control.id,
          targetId,
          targetKind: target.kind,
        });
      }
    }
  }
  records.policies.push(...policies.values());
  const without = targets.filter((target) => target.scps === undefined).length;
  const gap =
    without > 0
      ? `the SCPs of ${without} of ${counted(targets.length, "unit or tenant", "units and tenants")} were not given`
      : undefined;
  return {
    records,
    kinds: { organization: gap === undefined ? { items: targets.length } : { items: targets.length, gap } },
  };
}

/** A collected tenant keeps its alias; without one it takes the name the organization gave it. */
function nameOf(digits: string, name: string | undefined, context: TenantContext): string {
  const sibling = digits === context.tenant ? context : context.siblings.get(digits);
  if (sibling !== undefined && sibling.name === digits && name !== undefined) sibling.name = name;
  return sibling?.name ?? name ?? digits;
}

function controlPolicy(kind: "scp" | "rcp", raw: RawControlPolicy, tenantId: string): Policy {
  const text =
    raw.document === undefined
      ? unknown(`the document of ${kind} \`${raw.name ?? raw.id ?? "unnamed"}\` was not given`)
      : documentText(raw.document);
  const nativeId = raw.id ?? raw.name ?? (text.known ? sha256(text.value).slice(0, 16) : "unnamed");
  return policy({ id: `${tenantId}:${nativeId}`, tenantId, kind, name: raw.name ?? nativeId, locator: nativeId }, text);
}
