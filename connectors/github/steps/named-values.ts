import type { SweptRepository } from "../client.ts";
import type { NamedRoutes } from "../convert/named-values.ts";
import type { ReadAnswer } from "../live/refused.ts";
import type { RawNamed } from "../raw-people.ts";
import type { StepReader } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachOne } from "./each-one.ts";
import { only } from "./only.ts";

/** What is kept of a secret or variable: never a value, whatever GitHub shows. */
const row = only("name", "created_at", "updated_at", "visibility");

/**
 * Secrets or variables: those of the organization with the repositories that were selected; where that is wanted those of repositories
 * where jobs may run, and of their environments.
 */
export function readNamed({ rest, organization: org, sweep }: StepReader, routes: NamedRoutes): Promise<ReadAnswer> {
  const { member } = routes;
  const list = (route: string, parameters: Record<string, string>): Promise<ReadAnswer> =>
    rest.list(route, parameters, { member, row });
  const ofOrganization = async (all: string, one: string): Promise<ReadAnswer> => {
    const answer = await list(all, { org });
    const rows = answer.requests.flatMap(
      (request) => (request.answer as Readonly<Record<string, readonly RawNamed[]>>)[member] ?? [],
    );
    return askAll([
      { about: "", ask: () => Promise.resolve(answer) },
      ...rows
        .filter(({ visibility }) => visibility === "selected")
        .map(({ name }) => ({
          about: `who may use \`${name}\``,
          ask: () => rest.list(one, { org, [routes.nameParameter]: name }, { member: "repositories" }),
        })),
    ]);
  };
  const ofRepository = ({ name, environmentNames = [] }: SweptRepository): Promise<ReadAnswer> => {
    const [owner = org, repo = ""] = name.split("/");
    return askAll([
      { about: "repository", ask: () => list(routes.repository, { owner, repo }) },
      ...environmentNames.map((environment) => ({
        about: `environment \`${environment}\``,
        ask: () => list(routes.environment, { owner, repo, environment_name: environment }),
      })),
    ]);
  };
  const asked = sweep.repositories.filter(routes.asks);
  return askAll([
    ...routes.organization.map(([store, all, one]) => ({
      about: `${store} of the organization`,
      ask: () => ofOrganization(all, one),
    })),
    ...(asked.length === 0
      ? []
      : [
          {
            about: "repositories",
            ask: () => eachOne(asked, (one) => ({ about: one.name, ask: () => ofRepository(one) })),
          },
        ]),
    ...(sweep.unlisted === null ? [] : [{ about: "", ask: () => Promise.resolve(gapOf(sweep.unlisted)) }]),
  ]);
}

const gapOf = (gap: string | null): ReadAnswer => ({ requests: [], gaps: gap === null ? [] : [gap] });
