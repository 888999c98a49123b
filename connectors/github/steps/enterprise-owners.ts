import { z } from "zod";
import { ENTERPRISE_ROLE_ROUTES as ROUTES, enterpriseOwners as convert } from "../convert/enterprise-owners.ts";
import { PEOPLE_QUERIES } from "../queries-people.ts";
import { rawAssignedUser, rawEnterprise, rawEnterpriseOwner } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { connection } from "./connection-shape.ts";
import { eachOne } from "./each-one.ts";

/** Owners of the enterprise the organization belongs to; where the settings name it, also its number and who else has a role there. */
export const enterpriseOwners: GitHubStep = {
  manifest: {
    id: "enterprise-owners",
    title: "enterprise owners and roles",
    provides: ["enterprise-role"],
    permissions: ["read:org of an owner; roles of the enterprise: enterprise_custom_enterprise_roles: read"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: {
    "POST /graphql": z.union([connection("enterpriseOwners", "nodes", rawEnterpriseOwner), rawEnterprise]),
    [ROUTES.list]: z.object({ roles: z.array(z.object({ id: z.number(), name: z.string() })).optional() }),
    [ROUTES.users]: z.array(rawAssignedUser),
  },
  usually: "owners of the enterprise are shown to owners of the organization; ",
  read: ({ rest, graph, enterprise }) =>
    askAll([
      {
        about: "enterprise owners",
        ask: () => graph.list("enterpriseOwners", PEOPLE_QUERIES.enterpriseOwners, "enterpriseOwners"),
      },
      ...(enterprise === null
        ? []
        : [
            {
              about: `enterprise \`${enterprise}\``,
              ask: () => graph.answer("enterprise", PEOPLE_QUERIES.enterprise, { enterprise }),
            },
            {
              about: "enterprise roles",
              async ask() {
                const list = await rest.one(ROUTES.list, { enterprise });
                const roles = list.requests.flatMap(
                  ({ answer }) =>
                    (answer as { readonly roles?: readonly { readonly id: number; readonly name: string }[] }).roles ??
                    [],
                );
                const holders = await eachOne(roles, ({ id, name }) => ({
                  about: `who holds \`${name}\``,
                  ask: () => rest.list(ROUTES.users, { enterprise, role_id: String(id) }),
                }));
                return { requests: [...list.requests, ...holders.requests], gaps: [...list.gaps, ...holders.gaps] };
              },
            },
          ]),
    ]),
  convert,
  cost: () => ({ ...restCalls(10), graphql: 2, points: 2 }),
};
