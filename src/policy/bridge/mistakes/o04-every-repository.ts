import { isWide } from "../../names/wide.ts";
import { narrows } from "../../aws/trust.ts";
import { anyRepositoryOf } from "../strangers.ts";
import { allowStatements } from "./admitted.ts";
import type { MistakeCheck, MistakeFacts } from "./mistake.ts";
import { limitedTo, placesFor } from "./pins.ts";
import { positiveOn } from "./trust-text.ts";

/** A pattern that takes every repository of an organization, those that are made tomorrow too. */
export const everyRepository: MistakeCheck = {
  id: "O4",
  title: "the trust takes every repository of an organization",
  check(facts) {
    const reported = new Set<number>();
    return facts.owners.flatMap((owner) =>
      anyRepositoryOf(facts.trust, facts.provider, idsOf(facts, owner)).flatMap(({ statement: index, ...outside }) => {
        const one = allowStatements(facts).find(({ statement }) => statement.index === index);
        if (one === undefined || one.anybody || reported.has(index)) return [];
        if (!outside.anybody && !isWide(outside.repository)) return [];
        if (!isWide(outside.repository)) return [];
        if (positiveOn(one.statement, facts.provider, ["job_workflow_ref"]).some(narrows)) return [];
        reported.add(index);
        const members = facts.membersCreateRepositories;
        const also = members.known && members.value ? ", and any member, who may create one" : "";
        return [
          {
            state: "found" as const,
            statement: index,
            what: `whoever can push to a fitting repository of \`${owner}\`, like \`${outside.example}\`${also}`,
            corrected: limitedTo(
              facts,
              one.statement,
              placesFor(
                facts,
                one.admitted.map(({ repository }) => repository),
              ),
            ),
          },
        ];
      }),
    );
  },
};

function idsOf(
  { repositories }: MistakeFacts,
  name: string,
): { readonly name: string; readonly id: number | null; readonly enterpriseId: number | null } {
  const start = `${name.toLowerCase()}/`;
  const one = repositories.known
    ? repositories.value.find((repository) => repository.name.toLowerCase().startsWith(start))
    : undefined;
  return { name, id: one?.ownerId ?? null, enterpriseId: one?.enterpriseId ?? null };
}
