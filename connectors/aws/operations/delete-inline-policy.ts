import { AuditError } from "../../../src/model/audit-error.ts";
import { unknown } from "../../../src/model/observed.ts";
import { documentText } from "../convert/parts.ts";
import { captured, type AwsOperation } from "./operation.ts";
import { holderOf, needed } from "./parameters.ts";

/** Deletes an inline policy. Its document goes into the capsule first, so putting it back is exact. */
export const deleteInlinePolicy: AwsOperation = {
  id: "aws/delete-inline-policy",
  capture: async (client, target) =>
    captured(
      await client.inlinePolicy(holderOf(target), needed(target, "entitlement").displayName),
      (document) => {
        const text = documentText(document);
        if (!text.known) throw new AuditError("provider-answer", "inline-empty", "AWS answered an inline policy without a document");
        return { document: text.value };
      },
      unknown("AWS does not say when a single policy was used"),
    ),
  revoke: (client, target) => client.deleteInlinePolicy(holderOf(target), needed(target, "entitlement").displayName),
  async restore(client, target, preImage) {
    const document = typeof preImage === "object" && preImage !== null && "document" in preImage ? preImage["document"] : undefined;
    if (typeof document !== "string") return { state: "refused", why: "the capsule holds no document" };
    return client.putInlinePolicy(holderOf(target), needed(target, "entitlement").displayName, document);
  },
  look: (client, target) => client.inlinePolicy(holderOf(target), needed(target, "entitlement").displayName),
};
