import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { GitHubClient, Lookup, SelectedRepository, SelectionOf } from "../client.ts";
import { captured, field, needed, numberAtEnd, numberField, type GitHubOperation } from "./operation.ts";

/** What is selected for, and the repository that is to be taken out. */
interface Ends {
  readonly of: SelectionOf;
  readonly repository: string;
}

/**
 * Takes one repository out of a selection: one at a time, never the list as a whole, so that what somebody else selects meanwhile
 * stays. GitHub's number goes into the capsule: the repository may be renamed before it is put back.
 */
function narrowing(id: string, endsOf: (target: RevocationTarget) => Ends): GitHubOperation {
  const find = async (client: GitHubClient, target: RevocationTarget): Promise<Lookup<SelectedRepository>> => {
    const { of, repository } = endsOf(target);
    const selected = await client.selection(of);
    if (selected.state !== "found") return selected;
    const own = selected.value.find(({ name }) => name.toLowerCase() === repository.toLowerCase());
    return own === undefined ? { state: "absent" } : { state: "found", value: own };
  };
  return {
    id,
    capture: async (client, target) => captured(await find(client, target), (one) => ({ ...one })),
    async revoke(client, target) {
      const own = await find(client, target);
      if (own.state === "absent") return own;
      if (own.state === "unreadable") return { state: "refused", why: own.why };
      return client.removeFromSelection(endsOf(target).of, own.value);
    },
    async restore(client, target, preImage) {
      const [number, name] = [numberField(preImage, "id"), field(preImage, "name")];
      if (number === undefined || name === undefined)
        return { state: "refused", why: "the capsule does not hold the repository" };
      return client.addToSelection(endsOf(target).of, { id: number, name });
    },
    look: find,
  };
}

/** Takes a repository out of those that may use a secret of the organization; its value stays as it is. */
export const narrowSecret: GitHubOperation = narrowing("github/narrow-secret", (target) => {
  const secret = needed(target, "resource");
  const [, store, name] = /\/secret\/(actions|dependabot|codespaces)\/(.+)$/.exec(secret.id) ?? [];
  return {
    of: { kind: "secret", store: (store ?? "actions") as "actions", name: name ?? secret.displayName },
    repository: needed(target, "principal").locator,
  };
});

/** Takes a repository out of those that may use a group of runners. */
export const narrowRunnerGroup: GitHubOperation = narrowing("github/narrow-runner-group", (target) => ({
  of: { kind: "runner-group", id: numberAtEnd(needed(target, "resource").id) },
  repository: needed(target, "principal").locator,
}));

/** Takes a repository from an app. GitHub keeps the last one: an app without repositories is one that is uninstalled. */
export const narrowAppInstallation: GitHubOperation = narrowing("github/narrow-app-installation", (target) => ({
  of: { kind: "installation", id: numberAtEnd(needed(target, "principal").nativeId) },
  repository: needed(target, "resource").locator,
}));
