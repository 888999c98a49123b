import { unknown } from "../../../src/model/observed.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { RawDocument } from "../raw.ts";
import { decoded } from "../convert/parts.ts";
import { captured, textOf, type AwsOperation } from "./operation.ts";
import { holderOf, needed } from "./parameters.ts";

const nameOf = (target: RevocationTarget): string => needed(target, "entitlement").displayName;

/** The document as it is written, so that putting it back changes no character. */
const textOfDocument = (document: RawDocument): string =>
  typeof document === "string" ? decoded(document) : JSON.stringify(document);

/** Deletes an inline policy of a user, group or role. Its document goes into the capsule, so putting it back is exact. */
export const deleteInlinePolicy: AwsOperation = {
  manifest: {
    id: "aws/delete-inline-policy",
    title: "delete inline policy",
    undoClass: "A",
    rehearsalOnly: false,
    permissions: [
      "iam:GetUserPolicy",
      "iam:GetGroupPolicy",
      "iam:GetRolePolicy",
      "iam:DeleteUserPolicy",
      "iam:DeleteGroupPolicy",
      "iam:DeleteRolePolicy",
      "iam:PutUserPolicy",
      "iam:PutGroupPolicy",
      "iam:PutRolePolicy",
    ],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["inline"],
      principalNativeTypes: ["iam-user", "iam-group", "iam-role"],
    },
  },
  capture: async (client, target) =>
    captured(
      await client.inlinePolicy(holderOf(target), nameOf(target)),
      (document) => ({ document: textOfDocument(document) }),
      unknown("AWS does not say when a single policy was used"),
    ),
  revoke: (client, target) => client.deleteInlinePolicy(holderOf(target), nameOf(target)),
  async restore(client, target, preImage) {
    const document = textOf(preImage, "document");
    if (document === undefined) return { state: "refused", why: "the capsule holds no document" };
    return client.putInlinePolicy(holderOf(target), nameOf(target), document);
  },
  look: (client, target) => client.inlinePolicy(holderOf(target), nameOf(target)),
};
