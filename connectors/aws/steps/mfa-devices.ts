import { mfaDevices as convert } from "../convert/mfa-devices.ts";
import { listsByUser } from "./file-shapes.ts";
import { step } from "./step.ts";

/** Second factors of every user. */
export const mfaDevices = step({
  id: "mfa-devices",
  title: "second factors",
  provides: ["second-factor"],
  permissions: ["iam:ListMFADevices"],
  parse: listsByUser("MFADevices"),
  convert,
});
