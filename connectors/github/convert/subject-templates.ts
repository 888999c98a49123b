import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { SubjectTemplate } from "../../../src/model/subject-template.ts";
import type { Tenant } from "../../../src/model/tenant.ts";
import { mayMintTokens } from "../asked-repositories.ts";
import { repositoryOf } from "../raw.ts";
import type { RawSubject } from "../raw-controls.ts";
import { control, organizationHolder, repositoryHolder, unansweredControls, unreadControl } from "./control.ts";
import type { Convert } from "./converted.ts";
import { tenantWith } from "./tenant-with.ts";

/** Routes of the step. */
export const SUBJECT_ROUTES = {
  organization: "GET /orgs/{org}/actions/oidc/customization/sub",
  repository: "GET /repos/{owner}/{repo}/actions/oidc/customization/sub",
} as const;

/** How subjects of OIDC tokens are built: the organization's template, and that of each repository that asks for tokens. */
export const subjectTemplates: Convert = (requests, context) => {
  const policies: Policy[] = [];
  const tenants: Tenant[] = [];
  const answered = new Set<string>();
  const organization = organizationHolder(context);
  const whole = requests.find(({ route }) => route === SUBJECT_ROUTES.organization)?.answer as RawSubject | undefined;
  if (whole === undefined)
    policies.push(
      unreadControl(context, "subject-template", organization, "the subject template of the organization was not read"),
    );
  else {
    policies.push(
      control(context, "subject-template", organization, {
        id: `${context.tenantId}/subject-template`,
        name: context.login,
        document: known(organizationTemplate(whole)),
      }),
    );
    if (whole.use_immutable_subject !== undefined)
      tenants.push(tenantWith(context, { immutableSubjects: whole.use_immutable_subject }));
  }
  for (const request of requests) {
    if (request.route !== SUBJECT_ROUTES.repository) continue;
    const name = repositoryOf(request);
    answered.add(name);
    const holder = repositoryHolder(context, name);
    policies.push(
      control(context, "subject-template", holder, {
        id: `${holder.id}/subject-template`,
        name,
        document: known(repositoryTemplate(request.answer as RawSubject)),
      }),
    );
  }
  const items = policies.filter(({ document }) => document.known).length;
  const expected = context.sweep().repositories.filter(mayMintTokens);
  const why = "how subjects of its tokens are built was not read";
  policies.push(...unansweredControls(context, "subject-template", expected, answered, why));
  return { records: { policies, tenants }, kinds: { "subject-template": { items } } };
};

function organizationTemplate(raw: RawSubject): SubjectTemplate {
  return {
    claims: raw.include_claim_keys ?? [],
    immutable: flagOf(raw.use_immutable_subject),
    prefix: unknown("each repository has its own"),
  };
}

/** No claims of its own without the default is the organization's template; with the default, keys that still stand are ignored. */
function repositoryTemplate(raw: RawSubject): SubjectTemplate {
  const prefix = raw.sub_claim_prefix?.replace(/:$/, "");
  return {
    claims: raw.use_default === true ? null : (raw.include_claim_keys ?? []),
    // What GitHub puts before every subject says more than a switch that may stand in the organization.
    immutable: prefix === undefined || prefix === "" ? flagOf(raw.use_immutable_subject) : known(prefix.includes("@")),
    prefix:
      prefix === undefined || prefix === "" ? unknown("GitHub did not say how its subjects begin") : known(prefix),
  };
}

function flagOf(flag: boolean | undefined): Observed<boolean> {
  return flag === undefined ? unknown("GitHub did not say whether ids stand in the subject") : known(flag);
}
