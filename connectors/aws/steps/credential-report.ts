import { credentialReport as convert } from "../convert/credential-report.ts";
import type { RawSteps } from "../raw.ts";
import { recordList } from "./file-shapes.ts";
import { step, SWEEP } from "./step.ts";

const parse = recordList();

/** The credential report: root, when passwords were last used, and what the calls per user did not answer. */
export const credentialReport = step({
  id: "credential-report",
  title: "credential report, root included",
  // After the calls per user, because it only fills in what they did not answer.
  dependsOn: [SWEEP, "access-keys", "login-profiles", "mfa-devices"],
  provides: ["root"],
  permissions: ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
  parse: (content, file) => parse(content, file) as RawSteps["credential-report"],
  convert,
});
