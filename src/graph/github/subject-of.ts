import { known, unknown, type Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import type { SubjectTemplate } from "../../model/subject-template.ts";
import type { ReadDocuments } from "./repository-controls.ts";

/**
 * How subjects of the repository's tokens are built. The organization's template holds only where the repository opted in, which an
 * empty list of claims says (`use_default: false` without keys); `claims: null` is GitHub's default, whatever the organization has.
 * Source: "OpenID Connect reference" (customizing the subject claims for an organization), GitHub documentation.
 */
export function subjectOf({ id, tenantId }: Resource, documents: ReadDocuments): Observed<SubjectTemplate> {
  const own = documents.all<SubjectTemplate>(id, tenantId, "subject-template");
  if (!own.known) return own;
  const template = own.value[0];
  if (template === undefined)
    return known({
      claims: null,
      immutable: unknown("GitHub did not say whether ids stand in the subject"),
      prefix: unknown("GitHub did not say how the subject begins"),
    });
  if (template.claims === null || template.claims.length > 0) return known(template);
  const organization = documents.all<SubjectTemplate>(tenantId, tenantId, "subject-template");
  if (!organization.known) return organization;
  const whole = organization.value[0]?.claims;
  return known({ ...template, claims: whole === undefined || whole === null || whole.length === 0 ? null : whole });
}
