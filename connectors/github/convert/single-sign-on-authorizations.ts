import { known } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import { redactText } from "../redact-text.ts";
import type { RawAuthorization } from "../raw-people.ts";
import type { Convert } from "./converted.ts";
import { instantOf } from "./parts.ts";

/** Tokens, keys and apps' tokens that their owners let in. Whose login nobody listed is named, not made up. */
export const singleSignOnAuthorizations: Convert = (requests, context) => {
  const records = emptyRecords();
  for (const one of requests.flatMap(({ answer }) => answer as readonly RawAuthorization[])) {
    // Keys have a title, tokens a note; GitHub may give the other as an empty text.
    const title = [one.authorized_credential_title, one.authorized_credential_note].find((text) => Boolean(text));
    const end = (one.token_last_eight ?? one.fingerprint ?? "").slice(-4);
    const expires = one.authorized_credential_expires_at;
    records.credentials.push({
      id: context.id(`authorization-${one.credential_id}`),
      system: "github",
      tenantId: context.tenantId,
      kind: "single-sign-on-authorization",
      holderId: context.principals.get(one.login.toLowerCase())?.id ?? null,
      nativeId: String(one.credential_id),
      displayHint: [redactText(title ?? one.credential_type), ...(end === "" ? [] : [`…${end}`])].join(" "),
      status: known("active"),
      createdAt: instantOf(one.credential_authorized_at, "when it was authorised"),
      lastUsedAt:
        one.credential_accessed_at === null
          ? known("never")
          : instantOf(one.credential_accessed_at, "when it was last used"),
      lastUsedWhere: null,
      // GitHub gives no date for what does not end, which SSH keys never do.
      expiresAt: expires === null || expires === undefined ? known("never") : instantOf(expires, "when it expires"),
      attributes: {
        type: one.credential_type,
        scopes: one.scopes === undefined ? null : [...one.scopes].sort().join(", "),
        login: one.login,
      },
    });
  }
  return { records, kinds: { "single-sign-on-authorization": { items: records.credentials.length } } };
};
