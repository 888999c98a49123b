import { captured, needed, numberAtEnd, type GitHubOperation } from "./operation.ts";

/** Uninstalls an app. Installing it again gives it another id, and its webhooks and tokens are lost: there is no undo. */
export const uninstallApp: GitHubOperation = {
  id: "github/uninstall-app",
  capture: async (client, target) =>
    captured(await client.installation(numberAtEnd(needed(target, "principal").nativeId)), ({ slug }) => ({ slug })),
  revoke: (client, target) => client.uninstallApp(numberAtEnd(needed(target, "principal").nativeId)),
  restore: () => Promise.resolve({ state: "refused", why: "an app that was uninstalled is installed anew, by hand" }),
  look: (client, target) => client.installation(numberAtEnd(needed(target, "principal").nativeId)),
};
