import { loginProfiles as convert } from "../convert/login-profiles.ts";
import { recordsByName } from "./file-shapes.ts";
import { step } from "./step.ts";

/** Which users have a console password. */
export const loginProfiles = step({
  id: "login-profiles",
  title: "console passwords",
  provides: ["console-password"],
  permissions: ["iam:GetLoginProfile"],
  parse: recordsByName("LoginProfile", true),
  convert,
});
