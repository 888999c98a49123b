import { userCredentials } from "../convert/user-credential.ts";
import { listsByUser } from "./file-shapes.ts";
import { step } from "./step.ts";

/** X.509 certificates that sign old-style requests. */
export const signingCertificates = step({
  id: "signing-certificates",
  title: "signing certificates",
  provides: ["signing-certificate"],
  permissions: ["iam:ListSigningCertificates"],
  parse: listsByUser("Certificates"),
  convert: (raw, context) => userCredentials("signing-certificate", raw, context),
});
