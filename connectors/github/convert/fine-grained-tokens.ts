import { known } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawToken } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { instantOf, mentioned } from "./parts.ts";
import { tokenPermissions } from "./token-permissions.ts";

/** Fine-grained tokens that were granted access to the organization. */
export const fineGrainedTokens: Convert = (requests, context) => {
  const records = emptyRecords();
  for (const token of requests.flatMap((request) => request.answer as readonly RawToken[])) {
    const { node_id: id, login } = token.owner;
    records.principals.push(...mentioned(context, { id, login }, "organization-member"));
    records.credentials.push({
      id: context.id(`token-${token.id}`),
      system: "github",
      tenantId: context.tenantId,
      kind: "fine-grained-token",
      holderId: context.id(id),
      nativeId: String(token.id),
      displayHint: token.token_name ?? `token ${token.id}`,
      status: known(token.token_expired ? "inactive" : "active"),
      createdAt: instantOf(token.access_granted_at, "when it was granted access"),
      lastUsedAt:
        token.token_last_used_at === null
          ? known("never")
          : instantOf(token.token_last_used_at, "when it was last used"),
      lastUsedWhere: null,
      expiresAt:
        token.token_expires_at === null ? known("never") : instantOf(token.token_expires_at, "when it expires"),
      attributes: { permissions: tokenPermissions(token.permissions), repositorySelection: token.repository_selection },
    });
  }
  return { records, kinds: { "fine-grained-token": { items: records.credentials.length } } };
};
