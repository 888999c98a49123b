import type { CredentialKind } from "../../../src/model/credential.ts";
import type { Owner } from "../../../src/model/owner.ts";
import type { PrincipalKind } from "../../../src/model/principal.ts";
import type { Resource } from "../../../src/model/resource.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { KnownPeople } from "../known-people.ts";
import type { Converted } from "./converted.ts";
import { orAny, placeOf } from "../place.ts";
import type { ListRow } from "../read-list.ts";

/** Columns of owners.csv. */
export const OWNER_COLUMNS = ["system", "tenant", "kind", "native", "business_owner", "technical_owner"] as const;

/** Every kind of thing that can have an owner; a record, so that a new kind of the model is missed by the compiler. */
const KINDS: Readonly<Record<PrincipalKind | CredentialKind | Resource["kind"], true>> = {
  root: true,
  user: true,
  group: true,
  role: true,
  team: true,
  app: true,
  service: true,
  federated: true,
  external: true,
  anyone: true,
  "access-key": true,
  "console-password": true,
  "ssh-public-key": true,
  "service-specific-credential": true,
  "signing-certificate": true,
  "server-certificate": true,
  "mfa-device": true,
  "deploy-key": true,
  "fine-grained-token": true,
  "token-request": true,
  "single-sign-on-authorization": true,
  repository: true,
  organization: true,
  tenant: true,
  "identity-provider": true,
  "aws-resource": true,
  "password-policy": true,
  secret: true,
  variable: true,
  runner: true,
  "runner-group": true,
  webhook: true,
  "ip-allow-list-entry": true,
};

/**
 * Who answers for what. An owner who is not in the roster is kept as written, with a warning: reports and reviews then show
 * the text, and somebody can mend it.
 */
export function owners(rows: readonly ListRow[], people: KnownPeople): Converted {
  const strangers: string[] = [];
  const found = rows.map((row): Owner => {
    const [businessOwner, technicalOwner] = [row.optional("business_owner"), row.optional("technical_owner")];
    if (businessOwner === null && technicalOwner === null) {
      const hint = "name at least one, or leave the line out";
      throw row.error("owner-empty", "neither a business nor a technical owner is named", hint);
    }
    for (const owner of new Set([businessOwner, technicalOwner])) {
      if (owner !== null && people.has(owner) === false) {
        strangers.push(`owners.csv, line ${row.line}: \`${owner}\` is not in the roster`);
      }
    }
    const place = { ...placeOf(row), kind: kindOf(row), native: orAny(row.text("native")) };
    const id = derivedId("owner", [place.system, place.tenant, place.kind, place.native, row.line]);
    return { id, ...place, businessOwner, technicalOwner, line: row.line };
  });
  const [first] = strangers;
  const more = strangers.length > 1 ? ` (and ${strangers.length - 1} more)` : "";
  return { records: { owners: found }, items: found.length, warnings: first === undefined ? [] : [`${first}${more}`] };
}

function kindOf(row: ListRow): string {
  if (row.text("kind") === "") return "*";
  return row.word("kind", ["*", ...Object.keys(KINDS)]);
}
