import type { Principal } from "../../../src/model/principal.ts";
import type { RawScimUsers } from "../raw-people.ts";
import type { Convert } from "./converted.ts";

/** Route of the step. Source: "REST API endpoints for SCIM", GitHub documentation. */
export const SCIM_ROUTE = "GET /scim/v2/organizations/{org}/Users";

/**
 * Which members the identity provider has suspended, by the identity that is linked to the login: SCIM names it by the same id. Whom
 * it provisioned without a login yet is only counted.
 */
export const scimUsers: Convert = (requests, context) => {
  const answers = requests.map(({ answer }) => answer as RawScimUsers);
  const users = answers.flatMap(({ Resources }) => Resources);
  const principals = users.flatMap(({ id, active, meta }): Principal[] => {
    const person = context.identities.get(id);
    return person === undefined
      ? []
      : [
          {
            ...person,
            attributes: { ...person.attributes, scimActive: active, scimChangedAt: meta?.lastModified ?? null },
          },
        ];
  });
  const total = answers[0]?.totalResults ?? 0;
  const gap = users.length < total ? `GitHub counts ${total} and gave ${users.length}` : undefined;
  return { records: { principals }, kinds: { "scim-user": { items: users.length, gap } } };
};
