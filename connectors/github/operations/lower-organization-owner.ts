import type { GitHubClient } from "../client.ts";
import { captured, needed, refusedUnlessMember, type GitHubOperation } from "./operation.ts";

/** Makes an owner of the organization a member. Gone is the ownership; the person stays, so making them owner again works at once. */
export const lowerOrganizationOwner: GitHubOperation = {
  id: "github/lower-organization-owner",
  async capture(client, target) {
    return captured(await owner(client.memberRole(needed(target, "principal").locator)), ({ role }) => ({ role }));
  },
  revoke: (client, target) => client.setMemberRole(needed(target, "principal").locator, "member"),
  async restore(client, target) {
    const { locator: login } = needed(target, "principal");
    return (await refusedUnlessMember(client, login)) ?? client.setMemberRole(login, "admin");
  },
  look: (client, target) => owner(client.memberRole(needed(target, "principal").locator)),
};

/** The role where it is that of an owner; a mere member holds no ownership. */
async function owner(asked: ReturnType<GitHubClient["memberRole"]>): ReturnType<GitHubClient["memberRole"]> {
  const role = await asked;
  return role.state === "found" && role.value.role !== "admin" ? { state: "absent" } : role;
}
