import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { captured, needed, numberAtEnd, type GitHubOperation } from "./operation.ts";

const idOf = (target: RevocationTarget): number => numberAtEnd(needed(target, "principal").nativeId);

/** Uninstalls an app. Installing it again gives it another id, and its webhooks and tokens are lost: there is no undo. */
export const uninstallApp: GitHubOperation = {
  id: "github/uninstall-app",
  capture: async (client, target) => captured(await client.installation(idOf(target)), ({ slug }) => ({ slug })),
  revoke: (client, target) => client.uninstallApp(idOf(target)),
  restore: () => Promise.resolve({ state: "refused", why: "an app that was uninstalled is installed anew, by hand" }),
  look: (client, target) => client.installation(idOf(target)),
};

/** The same where no enterprise can do it, and the app itself can: whoever holds its key may uninstall it anywhere. */
export const uninstallOwnApp: GitHubOperation = { ...uninstallApp, id: "github/uninstall-own-app" };
