import { webIdentitySessions as convert } from "../convert/web-identity-sessions.ts";
import { recordList } from "./file-shapes.ts";
import { step } from "./step.ts";

/** Which tokens became which role, as CloudTrail kept it: who did, beside who could. Only from a file for now. */
export const webIdentitySessions = step({
  id: "web-identity-sessions",
  title: "roles that tokens became",
  provides: ["web-identity-session"],
  permissions: [],
  parse: recordList("Events"),
  convert,
});
