import type { FindingSubject } from "../model/finding.ts";
import type { Attributes, Tenant } from "../model/tenant.ts";
import type { FindingDraft, Rule, RuleContext, Undecided } from "./rule.ts";
import { evidence } from "./subject.ts";

/** GitHub organizations whose facts were read. */
export function organizations({ graph, readable }: RuleContext): readonly Tenant[] {
  return graph.snapshot.tenants.filter(({ id, system }) => system === "github" && readable(id));
}

/** An organization as the subject of a finding. */
export function organizationSubject({ id, name }: Tenant): FindingSubject {
  return { id, kind: "organization", locator: name, displayName: name, tenant: id };
}

/** One setting of an organization that a rule asks about. */
export interface OrganizationSwitch {
  /** Name of the tenant's attribute. */
  readonly attribute: string;
  readonly type: "boolean" | "string";
  /** What it is called where GitHub did not show it. */
  readonly words: string;
  /** Whether the value is what the rule looks for. */
  readonly found: (value: Attributes[string]) => boolean;
  /** The finding in words. */
  readonly summary: (name: string, value: Attributes[string]) => string;
  readonly floor?: (value: Attributes[string]) => FindingDraft["floor"];
}

/** One finding per organization at most; a setting that GitHub did not show is undecided. */
export function judgeSwitch(context: RuleContext, one: OrganizationSwitch): ReturnType<Rule["evaluate"]> {
  const all = organizations(context);
  const drafts: FindingDraft[] = [];
  const undecided: Undecided[] = [];
  for (const organization of all) {
    const value = organization.attributes[one.attribute];
    if (value === undefined || typeof value !== one.type) {
      undecided.push({ subjectId: organization.id, reason: `GitHub did not show ${one.words}` });
      continue;
    }
    if (!one.found(value)) continue;
    const floor = one.floor?.(value);
    drafts.push({
      subject: organizationSubject(organization),
      grantId: null,
      grants: [],
      summary: one.summary(organization.name, value),
      evidence: evidence(context.now, "settings of the organization"),
      suggestion: "ask-owner",
      scoreSubjectId: organization.id,
      ...(floor === undefined ? {} : { floor }),
    });
  }
  return { drafts, examined: all.length, undecided };
}
