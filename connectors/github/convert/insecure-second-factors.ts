import type { Principal } from "../../../src/model/principal.ts";
import type { RawUser } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { ofRoute } from "./place.ts";

/** Routes of the step, by the type of login each tells of. */
export const INSECURE_ROUTES = {
  "organization-member": "GET /orgs/{org}/members",
  "outside-collaborator": "GET /orgs/{org}/outside_collaborators",
} as const;

/** Whose second factor GitHub calls insecure (SMS). Who is not in a list has a better one, or none, only where it was read whole. */
export const insecureSecondFactors: Convert = (requests, context, whole) => {
  const principals: Principal[] = [];
  const known = [...context.principals.values()];
  for (const [nativeType, route] of Object.entries(INSECURE_ROUTES)) {
    const answers = ofRoute(requests, route);
    const insecure = new Set(answers.flatMap(({ answer }) => answer as readonly RawUser[]).map((user) => user.node_id));
    const others = whole && answers.length > 0;
    for (const person of known) {
      if (person.nativeType !== nativeType) continue;
      const secondFactorInsecure = insecure.has(person.nativeId);
      if (secondFactorInsecure || others)
        principals.push({ ...person, attributes: { ...person.attributes, secondFactorInsecure } });
    }
  }
  const items = principals.filter(({ attributes }) => attributes["secondFactorInsecure"] === true).length;
  return { records: { principals }, kinds: { "insecure-second-factor": { items } } };
};
