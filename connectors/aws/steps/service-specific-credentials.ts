import { userCredentials } from "../convert/user-credential.ts";
import { listsByUser } from "./file-shapes.ts";
import { step } from "./step.ts";

/** Passwords and keys that AWS made for one service (CodeCommit, Keyspaces, Bedrock). */
export const serviceSpecificCredentials = step({
  id: "service-specific-credentials",
  title: "service-specific credentials",
  provides: ["service-specific-credential"],
  permissions: ["iam:ListServiceSpecificCredentials"],
  parse: listsByUser("ServiceSpecificCredentials"),
  convert: (raw, context) => userCredentials("service-specific-credential", raw, context),
});
