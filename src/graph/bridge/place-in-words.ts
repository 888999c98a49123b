import type { TokenDemand } from "../../policy/bridge/token-demand.ts";
import type { NameDemand } from "../../policy/names/name-pattern.ts";

/** Where a job has to run for its token to be let in, as people say it: `branch main`, `environment production`, `any tag`. */
export function placeInWords({ job, environment, ref, refKind }: TokenDemand): string {
  if (job === "pull-request")
    return namesNothing(ref) ? "any pull request" : `pull requests from ${names(ref, "branch")}`;
  if (job !== "environment" || environment === null) return names(ref, refKind);
  const where = names(environment, "environment");
  return namesNothing(ref) ? where : `${where} on ${names(ref, refKind)}`;
}

/** Whether every name will do, but for those a name cannot be. */
const namesNothing = ({ all }: NameDemand): boolean =>
  all.every((list) => list.some(({ pattern }) => /^\*+$/.test(pattern)));

function names(demand: NameDemand, what: string): string {
  if (namesNothing(demand)) return `any ${what}`;
  // The shortest list says most: the others only narrow it.
  const [list = []] = demand.all
    .filter((one) => !one.some(({ pattern }) => /^\*+$/.test(pattern)))
    .sort((a, b) => a.length - b.length);
  const shown = [...new Set(list.map(({ pattern }) => `\`${pattern}\``))];
  return `${what} ${shown.slice(0, 3).join(" or ")}${shown.length > 3 ? ` or ${shown.length - 3} more` : ""}`;
}
