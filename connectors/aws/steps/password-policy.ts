import { passwordPolicy as convert } from "../convert/password-policy.ts";
import { oneRecord } from "./file-shapes.ts";
import { step } from "./step.ts";

const parse = oneRecord("PasswordPolicy");

/** The tenant's password policy; the file holds `null` where none is set. */
export const passwordPolicy = step({
  id: "password-policy",
  title: "password policy",
  dependsOn: [],
  provides: ["password-policy"],
  permissions: ["iam:GetAccountPasswordPolicy"],
  parse: (content, file) => (content === null ? null : parse(content, file)),
  convert,
});
