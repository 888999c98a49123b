import type { Identity } from "../../src/model/identity.ts";

/** Who is in the roster, as the other lists refer to people: by person id or e-mail. */
export interface KnownPeople {
  /** Whether somebody is known by that person id; undefined when no roster was given. */
  hasId(personId: string): boolean | undefined;
  /** Whether somebody is known by that person id or e-mail; undefined when no roster was given. */
  has(idOrEmail: string): boolean | undefined;
}

/** Looks people up; pass undefined when there is no roster: then nobody can be called unknown. */
export function knownPeople(identities: readonly Identity[] | undefined): KnownPeople {
  if (identities === undefined) return { hasId: () => undefined, has: () => undefined };
  const ids = new Set(identities.map(({ id }) => id.slice("identity:".length)));
  const emails = new Set(identities.flatMap(({ email }) => (email === null ? [] : [email.toLowerCase()])));
  return { hasId: (id) => ids.has(id), has: (text) => ids.has(text) || emails.has(text.toLowerCase()) };
}
