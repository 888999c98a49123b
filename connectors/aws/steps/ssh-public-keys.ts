import { userCredentials } from "../convert/user-credential.ts";
import { listsByUser } from "./file-shapes.ts";
import { step } from "./step.ts";

/** SSH keys for CodeCommit. */
export const sshPublicKeys = step({
  id: "ssh-public-keys",
  title: "SSH keys",
  provides: ["ssh-public-key"],
  permissions: ["iam:ListSSHPublicKeys"],
  parse: listsByUser("SSHPublicKeys"),
  convert: (raw, context) => userCredentials("ssh-public-key", raw, context),
});
