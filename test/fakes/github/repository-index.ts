import type { RawRepository } from "../../../connectors/github/raw.ts";
import type { GitHubState } from "./github-state.ts";

/** Places in the list of repositories; what stands at a place is looked at again, since tests change the list. */
interface Places {
  readonly names: ReadonlyMap<string, number>;
  readonly ids: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<number, number>;
}

const known = new WeakMap<object, Places>();

/** The repository of this name (`owner/name`, without regard to case); undefined where there is none. */
export function repositoryNamed(state: GitHubState, name: string): RawRepository | undefined {
  const asked = name.toLowerCase();
  return look(
    state,
    ({ names }) => names.get(asked),
    (one) => one.nameWithOwner.toLowerCase() === asked,
  );
}

/** The repository with this node id. */
export function repositoryWithId(state: GitHubState, id: string): RawRepository | undefined {
  return look(
    state,
    ({ ids }) => ids.get(id),
    (one) => one.id === id,
  );
}

/** The repository with GitHub's number. */
export function repositoryNumbered(state: GitHubState, number: number): RawRepository | undefined {
  return look(
    state,
    ({ numbers }) => numbers.get(number),
    (one) => one.databaseId === number,
  );
}

function look(
  { repositories }: GitHubState,
  placeIn: (places: Places) => number | undefined,
  isAsked: (one: RawRepository) => boolean,
): RawRepository | undefined {
  const places = known.get(repositories);
  const place = places === undefined ? undefined : placeIn(places);
  const found = place === undefined ? undefined : repositories[place];
  if (found !== undefined && isAsked(found)) return found;
  const at = repositories.findIndex(isAsked);
  if (at >= 0) known.set(repositories, placesOf(repositories));
  return repositories[at];
}

function placesOf(repositories: readonly RawRepository[]): Places {
  const names = new Map<string, number>();
  const ids = new Map<string, number>();
  const numbers = new Map<number, number>();
  for (const [place, { nameWithOwner, id, databaseId }] of repositories.entries()) {
    names.set(nameWithOwner.toLowerCase(), place);
    ids.set(id, place);
    if (databaseId !== null) numbers.set(databaseId, place);
  }
  return { names, ids, numbers };
}
