import { awsAnswers } from "./aws-answers.ts";
import { management } from "./aws-management.ts";
import { production } from "./aws-production.ts";
import { webIdentitySessions } from "./web-identity-sessions.ts";
import { sandbox } from "./aws-sandbox.ts";
import { identityCenter } from "./identity-center.ts";
import { organization } from "./organization.ts";

/** The AWS side of the sample company: path below the recording → content (text, or JSON to be written). */
export function awsFiles(): Record<string, unknown> {
  const files: Record<string, unknown> = {};
  for (const [index, tenant] of [management, production, sandbox].entries()) {
    for (const [name, content] of Object.entries(awsAnswers(tenant, index + 1)))
      files[`aws/${tenant.digits}/${name}`] = content;
  }
  for (const { digits } of [management, sandbox]) files[`aws/${digits}/web-identity-sessions.json`] = { Events: [] };
  files[`aws/${production.digits}/web-identity-sessions.json`] = webIdentitySessions();
  files[`aws/${management.digits}/organization.json`] = organization;
  files[`aws/${management.digits}/identity-center.json`] = identityCenter();
  return files;
}
