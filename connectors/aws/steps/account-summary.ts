import { accountSummary as convert } from "../convert/account-summary.ts";
import type { RawSteps } from "../raw.ts";
import { oneRecord } from "./file-shapes.ts";
import { step } from "./step.ts";

const parse = oneRecord("SummaryMap");

/** Whether root has keys and a second factor, for those who cannot make a credential report. */
export const accountSummary = step({
  id: "account-summary",
  title: "summary of the tenant",
  // After the report, which knows more of root.
  dependsOn: ["credential-report"],
  provides: ["root"],
  permissions: ["iam:GetAccountSummary"],
  parse: (content, file) => parse(content, file) as RawSteps["account-summary"],
  convert,
});
