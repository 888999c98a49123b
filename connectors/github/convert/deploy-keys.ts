import { known } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import { repositoryOf, type RawDeployKey } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { fact, instantOf, mentionedRepository, repositoryRole } from "./parts.ts";

/** Deploy keys: credentials of a repository, with the public half that puts them back. */
export const deployKeys: Convert = (requests, context) => {
  const records = emptyRecords();
  for (const request of requests) {
    const nameWithOwner = repositoryOf(request);
    const repository = context.repositories.get(nameWithOwner);
    const repositoryId = repository?.id ?? context.id(nameWithOwner);
    // Its name has to do as long as nobody listed the repository.
    if (repository === undefined)
      records.resources.push(...mentionedRepository(context, { id: nameWithOwner, nameWithOwner }));
    for (const key of request.answer as readonly RawDeployKey[]) {
      const id = context.id(`key-${key.id}`);
      records.credentials.push({
        id,
        system: "github",
        tenantId: context.tenantId,
        kind: "deploy-key",
        holderId: repositoryId,
        nativeId: String(key.id),
        displayHint: key.title,
        status: known(key.enabled === false ? "inactive" : "active"),
        createdAt: instantOf(key.created_at, "when it was added"),
        lastUsedAt: key.last_used === null ? known("never") : instantOf(key.last_used, "when it was last used"),
        lastUsedWhere: null,
        expiresAt: known("never"),
        attributes: { readOnly: key.read_only, title: key.title, publicKey: key.key, addedBy: key.added_by ?? null },
      });
      const role = repositoryRole(context, repositoryId, nameWithOwner, key.read_only ? "read" : "write");
      records.entitlements.push(role);
      records.grants.push(fact(context, "key", id, role.id));
    }
  }
  return { records, kinds: { "deploy-key": { items: records.credentials.length } } };
};
