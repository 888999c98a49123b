import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { RoleHolder } from "../client.ts";
import { captured, needed, numberAtEnd, refusedUnlessMember, type GitHubOperation } from "./operation.ts";

/** The role by GitHub's number, which its id ends in, and who holds it. */
function ends(target: RevocationTarget): readonly [roleId: number, holder: RoleHolder] {
  const { kind, locator: name } = needed(target, "principal");
  return [numberAtEnd(needed(target, "entitlement").nativeId), { kind: kind === "team" ? "team" : "user", name }];
}

/** Takes an organization role from a person or a team that it was assigned to; assigning it again is exact. */
export const removeOrganizationRole: GitHubOperation = {
  id: "github/remove-organization-role",
  capture: async (client, target) => captured(await client.organizationRole(...ends(target)), () => ({})),
  revoke: (client, target) => client.removeOrganizationRole(...ends(target)),
  async restore(client, target) {
    const [roleId, holder] = ends(target);
    const refused = holder.kind === "user" ? await refusedUnlessMember(client, holder.name) : undefined;
    return refused ?? client.assignOrganizationRole(roleId, holder);
  },
  look: (client, target) => client.organizationRole(...ends(target)),
};
