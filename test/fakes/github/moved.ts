/** Repositories by number, and those that were renamed: GitHub answers the old name with the address by number. */
import type { BadDays } from "./bad-days.ts";
import { same, type GitHubState } from "./github-state.ts";
import { repositoryNamed, repositoryNumbered } from "./repository-index.ts";

/** Where a request leads: to the parts of a path under the name the state knows, or away to another address. */
export type Destination = { readonly parts: readonly string[] } | { readonly movedTo: string };

/** Follows `/repositories/{number}`, and sends who asks by an old name to it. Paths of nothing that is known stay as they are. */
export function destinationOf(state: GitHubState, bad: BadDays, parts: readonly string[]): Destination {
  const [top, first = "", second = ""] = parts;
  if (top === "repositories" && first !== "") {
    const found = repositoryNumbered(state, Number(first));
    return { parts: ["repos", ...(found?.nameWithOwner ?? "nobody/nothing").split("/"), ...parts.slice(2)] };
  }
  const { renamed } = bad;
  if (top !== "repos" || renamed === undefined) return { parts };
  const rest = parts.slice(3);
  // The state may hold it under either name: a rename in the middle of a run is told before the state is.
  const held = repositoryNamed(state, renamed.to) ?? repositoryNamed(state, renamed.from);
  if (held === undefined) return { parts };
  if (same(renamed.from, `${first}/${second}`))
    return { movedTo: ["", "repositories", String(held.databaseId), ...rest.map(encodeURIComponent)].join("/") };
  return same(renamed.to, `${first}/${second}`)
    ? { parts: ["repos", ...held.nameWithOwner.split("/"), ...rest] }
    : { parts };
}
