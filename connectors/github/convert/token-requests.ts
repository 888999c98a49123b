import { known } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawTokenRequest } from "../raw-people.ts";
import type { Convert } from "./converted.ts";
import { instantOf, mentioned } from "./parts.ts";
import { tokenPermissions } from "./token-permissions.ts";

/** Fine-grained tokens that wait for an answer: they open nothing yet. */
export const tokenRequests: Convert = (requests, context) => {
  const records = emptyRecords();
  for (const request of requests.flatMap(({ answer }) => answer as readonly RawTokenRequest[])) {
    const { node_id: id, login } = request.owner;
    const { token_expires_at: expires, token_last_used_at: used } = request;
    records.principals.push(...mentioned(context, { id, login }, "organization-member"));
    records.credentials.push({
      id: context.id(`token-request-${request.id}`),
      system: "github",
      tenantId: context.tenantId,
      kind: "token-request",
      holderId: context.id(id),
      nativeId: String(request.id),
      displayHint: request.token_name ?? `token request ${request.id}`,
      status: known("inactive"),
      createdAt: instantOf(request.created_at, "when it was asked for"),
      lastUsedAt: used === null ? known("never") : instantOf(used, "when the token was last used"),
      lastUsedWhere: null,
      expiresAt: expires === null ? known("never") : instantOf(expires, "when the token expires"),
      attributes: {
        permissions: tokenPermissions(request.permissions),
        repositorySelection: request.repository_selection,
        tokenExpired: request.token_expired,
      },
    });
  }
  return { records, kinds: { "token-request": { items: records.credentials.length } } };
};
