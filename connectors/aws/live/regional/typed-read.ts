import type { Found, Place } from "./place.ts";

/** How the resources of one service are read: its permissions, and a reader for each type of resource. */
export interface ServiceReads<T, S extends string = string> {
  /** Its name in the settings; the prefix of its permissions. */
  readonly service: S;
  /** Every permission that its readers need, and no other. */
  readonly permissions: readonly string[];
  /**
   * Readers by `<prefix>:<resource type>` of AWS's service authorization reference. They answer what is named in the recorded
   * file and nothing else: a service's own answers hold secrets. An error is a list that could not be read.
   */
  readonly types: Readonly<Record<string, (place: Place) => Promise<Found<T>>>>;
  /** Types that are not in any region: read once. */
  readonly global?: readonly string[];
}

/** The types of all services, in order. */
export const typesOf = (services: readonly ServiceReads<unknown>[]): readonly string[] =>
  services.flatMap(({ types }) => Object.keys(types)).sort();
