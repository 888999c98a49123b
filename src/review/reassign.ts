import { hasLeft, type Identity } from "../model/identity.ts";
import { dayOf, type Instant } from "../model/instant.ts";
import { tidy } from "./read-answer.ts";

/** Whose access an item is about, as far as that is known: nobody decides about their own. */
export interface Holder {
  /** The person behind the login, where known well enough. */
  readonly identityId: string | null;
  /** What the login is called by itself: its e-mail, its name. */
  readonly addresses: readonly string[];
}

/** Somebody an item can be given to, or what is wrong with the cell. */
export type Reassignment = { readonly reviewer: string } | { readonly problem: string };

/**
 * Reads `reassign_to`: an e-mail or a person id of the roster. Without a roster an address cannot be looked up; then it is taken
 * as it is written, unless it is plainly that of the login itself.
 */
export function readReassignment(
  cell: string,
  people: readonly Identity[],
  holder: Holder,
  reviewer: string,
  now: Instant,
): Reassignment {
  const text = tidy(cell);
  const same = (other: string | null): boolean => other !== null && tidy(other).toLowerCase() === text.toLowerCase();
  const self: Reassignment = {
    problem: `\`${text}\` is whom the access belongs to, and nobody decides about their own access: name somebody else`,
  };
  if (holder.addresses.some(same)) return self;
  const found = people.filter(({ id, email }) => same(email) || same(id) || same(id.replace(/^identity:/, "")));
  const [person] = found;
  if (found.length > 1)
    return { problem: `\`${text}\` is the address of ${found.length} people in the roster: write the person id` };
  if (person === undefined && people.length > 0)
    return { problem: `\`${text}\` is not in the roster: write an e-mail or a person id that stands there` };
  if (person === undefined && !/^[^\s@]+@[^\s@]+$/.test(text)) return { problem: `\`${text}\` is not an e-mail` };
  if (person !== undefined && person.id === holder.identityId) return self;
  if (same(reviewer) || person?.id === reviewer)
    return { problem: `\`${text}\` is whom this sheet was made for: name somebody else, or leave it empty` };
  if (person !== undefined && hasLeft(person, now))
    return {
      problem: `\`${text}\` left${person.endDate === null ? "" : ` on ${dayOf(person.endDate)}`}: name somebody else`,
    };
  return { reviewer: person?.id ?? text };
}
