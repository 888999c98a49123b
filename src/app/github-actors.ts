import type { AccessGraph } from "../graph/access-graph.ts";
import type { Principal } from "../model/principal.ts";

/** Somebody or something on GitHub that people ask about: a person, an app, a deploy key or a token. */
export interface GitHubActor {
  readonly id: string;
  /** Login, slug of the app, title of the key or name of the token: what answers show. */
  readonly name: string;
  /** A team of people, which does not act itself. */
  readonly isGroup: boolean;
  /** The record, where it is a principal; keys and tokens are none. */
  readonly principal: Principal | undefined;
}

/** Kinds of credentials that push as themselves. */
const ACTING: ReadonlySet<string> = new Set(["deploy-key", "fine-grained-token", "single-sign-on-authorization"]);

/**
 * Everybody on GitHub whom a text fits: by id, else by login (in either case, as GitHub takes it), slug, display name, title of a key
 * or name of a token. Several where a name is not only one's. `told` are further names by which answers tell some of them.
 */
export function gitHubActors(
  text: string,
  { snapshot }: AccessGraph,
  told: readonly { readonly id: string; readonly name: string }[] = [],
): readonly GitHubActor[] {
  const lower = text.toLowerCase();
  const byId: GitHubActor[] = [];
  const byName: GitHubActor[] = [];
  const names = new Map(told.map(({ id, name }) => [id, name]));
  const add = (actor: GitHubActor, ids: readonly string[], called: readonly string[]): void => {
    if (ids.includes(text)) byId.push(actor);
    else if (called.some((name) => name.toLowerCase() === lower)) byName.push(actor);
  };
  for (const principal of snapshot.principals) {
    const { system, kind, id, nativeId, locator, displayName } = principal;
    if (system !== "github") continue;
    add({ id, name: locator, isGroup: kind === "team", principal }, [id, nativeId], [locator, displayName]);
  }
  for (const { system, kind, id, nativeId, displayHint } of snapshot.credentials)
    if (system === "github" && ACTING.has(kind))
      add(
        { id, name: names.get(id) ?? displayHint, isGroup: false, principal: undefined },
        [id, nativeId],
        [displayHint, names.get(id) ?? displayHint],
      );
  return byId.length > 0 ? byId : byName;
}
