import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { captured, field, needed, refusedUnlessMember, type GitHubOperation } from "./operation.ts";

const ends = (target: RevocationTarget): readonly [team: string, login: string] => [
  needed(target, "entitlement").locator,
  needed(target, "principal").locator,
];

/**
 * Removes a member from a team; putting it back with the same role works at once for members of the organization. A team that
 * the identity provider fills is refused: GitHub would refuse too, or the provider would put the person back.
 */
export const removeTeamMembership: GitHubOperation = {
  id: "github/remove-team-membership",
  capture: async (client, target) => captured(await client.teamMembership(...ends(target)), ({ role }) => ({ role })),
  async revoke(client, target) {
    const [team, login] = ends(target);
    const group = await client.governingGroup(team);
    if (group !== undefined) {
      const why = `the identity provider's group \`${group}\` decides who is in team \`${team}\`: take \`${login}\` out of it there`;
      return { state: "refused", why };
    }
    return client.removeTeamMembership(team, login);
  },
  async restore(client, target, preImage) {
    const [team, login] = ends(target);
    const role = field(preImage, "role") === "maintainer" ? "maintainer" : "member";
    return (await refusedUnlessMember(client, login)) ?? client.setTeamMembership(team, login, role);
  },
  look: (client, target) => client.teamMembership(...ends(target)),
};
