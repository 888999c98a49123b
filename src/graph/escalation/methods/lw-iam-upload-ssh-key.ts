import type { EscalationMethod } from "../method.ts";

/** An SSH key of the actor's own, with which CodeCommit takes it for the user. */
export const lwIamUploadSshKey: EscalationMethod = {
  id: "lw-iam-upload-ssh-key",
  name: "uploads an SSH key for the user",
  category: "principal-access",
  permissions: [{ action: "iam:UploadSSHPublicKey", on: "target" }],
  target: { kind: "user" },
  gains: "becomes-target",
  onlyFor: ["codecommit"],
  note: "a user can have five such keys",
};
