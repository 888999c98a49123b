import type { LayerPolicies } from "../../policy/aws/policy-set.ts";
import type { RequestPrincipal } from "../../policy/aws/request-principal.ts";
import { isPersonal } from "../escalation/action-summary.ts";

/** Whom the policy of a resource is about, so that nobody is asked about a policy that cannot mean him. */
export interface PolicyNames {
  /** It speaks of everybody, of everybody but some, or it was not read. */
  readonly anyone: boolean;
  /** 12 digits of the tenants it leaves the choice to. */
  readonly tenants: ReadonlySet<string>;
  /** Single principals, as {@link nameOf} spells them. */
  readonly single: ReadonlySet<string>;
  /** The same as texts people know: ARNs, services, digits, `*`. */
  readonly texts: ReadonlySet<string>;
  /** What it says hangs on more of who asks than the name. */
  readonly personal: boolean;
  /** Some statement may allow the action. */
  readonly allows: boolean;
}

/** Collects the names in the statements about an action (lower case). */
export function policyNames({ policies, unread = [] }: LayerPolicies, action: string): PolicyNames {
  const [tenants, single, texts] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let anyone = unread.length > 0;
  let allows = anyone;
  let personal = false;
  for (const { policy } of policies) {
    for (const { actions, deny, principals, conditions, resources, index } of policy.statements) {
      if (!actions.matches(action)) continue;
      if (!deny) allows = true;
      personal ||=
        conditions.some(({ keys }) => keys.some(isPersonal)) ||
        (resources?.templates ?? []).some(({ variables }) => variables.some(isPersonal));
      if (principals === null || principals.not) anyone = true;
      for (const name of principals?.names ?? []) {
        if (name.kind === "everyone" || name.kind === "every") anyone = true;
        else if (name.kind === "tenant") tenants.add(name.tenant);
        else if (name.kind === "exact") single.add(name.text);
        else single.add(`${name.tenant} ${name.kind === "role" ? name.name : name.role}`);
      }
      const written = deny ? null : policy.parsed.statements[index]?.principals;
      for (const text of Object.values(written ?? {}).flat()) texts.add(text);
      if (!deny && principals?.not === true) texts.add("*");
    }
  }
  return { anyone, tenants, single, texts, personal, allows };
}

/** A single principal by the name under which policies of resources find it: a role has one whatever its path and session. */
export function nameOf({ kind, text, tenant, name }: RequestPrincipal): string {
  return kind === "role" || kind === "session" ? `${tenant} ${name}` : text;
}
