import { unknown } from "../../../src/model/observed.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { captured, textOf, type AwsOperation } from "./operation.ts";
import { needed } from "./parameters.ts";

const userOf = (target: RevocationTarget): string => needed(target, "principal").displayName;

/** Removes a console password. Putting it back needs the person, who must set a new one: only rehearsed for now. */
export const deleteLoginProfile: AwsOperation = {
  manifest: {
    id: "aws/delete-login-profile",
    title: "remove console password",
    undoClass: "B",
    rehearsalOnly: true,
    permissions: ["iam:GetLoginProfile", "iam:DeleteLoginProfile"],
    appliesTo: { subjectKind: "credential", credentialKinds: ["console-password"], principalKinds: ["user"] },
  },
  capture: async (client, target) =>
    captured(
      await client.loginProfile(userOf(target)),
      ({ CreateDate }) =>
        CreateDate === undefined
          ? {}
          : { createDate: CreateDate instanceof Date ? CreateDate.toISOString() : CreateDate },
      unknown("only the credential report says when a password was last used"),
    ),
  revoke: (client, target) => client.deleteLoginProfile(userOf(target)),
  restore: (client, target, preImage) => {
    const createDate = textOf(preImage, "createDate");
    return client.restoreLoginProfile(userOf(target), {
      UserName: userOf(target),
      ...(createDate === undefined ? {} : { CreateDate: createDate }),
    });
  },
  look: (client, target) => client.loginProfile(userOf(target)),
};
