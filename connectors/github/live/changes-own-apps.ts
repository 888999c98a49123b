import type { GitHubClient } from "../client.ts";
import { appChanges } from "./changes-apps.ts";
import type { OpenOctokit } from "./open-octokit.ts";
import { RestReader } from "./rest-reader.ts";

/** The client of an organization, able to do what GitHub lets only an app itself do, where the settings name that app's key. */
export function withOwnApps(client: GitHubClient, open: Omit<OpenOctokit, "tokenKind">): GitHubClient {
  const { settings, octokit, baseUrl, kind, asApp } = open;
  const { organization, enterprise, app, ownApps = [] } = settings;
  const changes = appChanges(new RestReader(octokit, baseUrl), organization, {
    ...(enterprise === undefined ? {} : { enterprise }),
    ...(app === undefined ? {} : { self: app.id }),
    asApp: kind === "app",
    apps: {
      async get(_slug, appId) {
        const own = ownApps.find(({ id }) => id === appId);
        return own === undefined ? undefined : new RestReader(await asApp(own), baseUrl);
      },
    },
  });
  return {
    ...client,
    ...changes,
    async read(step, context) {
      const answer = await client.read(step, context);
      if (step !== "installations" || !("requests" in answer) || ownApps.length === 0) return answer;
      // Written beside GitHub's answer, so that the same is planned from a recording: which changes can be made follows from it.
      const own_apps = ownApps.map(({ id }) => id).sort((a, b) => a - b);
      const requests = answer.requests.map((one) => ({ ...one, parameters: { ...one.parameters, own_apps } }));
      return { ...answer, requests };
    },
  };
}
