import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { GitHubClient, Lookup } from "../client.ts";
import { captured, needed, numberAtEnd, type GitHubOperation } from "./operation.ts";

const idOf = (target: RevocationTarget): number => numberAtEnd(needed(target, "principal").nativeId);

/** An installation that is not suspended; one that is can do nothing. */
async function active(client: GitHubClient, target: RevocationTarget): Promise<Lookup<{ readonly slug: string }>> {
  const installed = await client.installation(idOf(target));
  return installed.state === "found" && installed.value.suspended ? { state: "absent" } : installed;
}

/** Suspends an app of our own: it can do nothing until it is resumed, and keeps its permissions, repositories and webhooks. */
export const suspendAppInstallation: GitHubOperation = {
  id: "github/suspend-app-installation",
  capture: async (client, target) => captured(await active(client, target), ({ slug }) => ({ slug })),
  revoke: (client, target) => client.suspendInstallation(idOf(target)),
  restore: (client, target) => client.resumeInstallation(idOf(target)),
  look: active,
};
