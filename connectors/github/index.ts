import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Connector, ConnectorEnvironment, ConnectorSession } from "../../src/contracts/connector.ts";
import { isFolder, readRecordingManifest } from "../shared/recording.ts";
import { manifest } from "./manifest.ts";
import { recordedClient } from "./recorded.ts";
import { openSession } from "./session.ts";
import { parseGitHubSettings } from "./settings.ts";

/** GitHub organizations, live or recorded. */
export const github: Connector = {
  manifest,
  recognises: (path) => isFolder(join(path, "github")),
  async open(source, environment) {
    if (source.mode === "recorded") return openRecordedSession(source.path, source.workingCopy, environment);
    const { organizations } = parseGitHubSettings(source.settings);
    const { openLiveSession } = await import("./live-session.ts");
    return openLiveSession(organizations, source, environment);
  },
};

/** Every folder under `github/` of a recording is an organization. */
async function openRecordedSession(
  path: string,
  changeable: boolean,
  environment: ConnectorEnvironment,
): Promise<ConnectorSession> {
  const { recordedAt, steps } = await readRecordingManifest(path);
  const entries = await readdir(join(path, "github"), { withFileTypes: true });
  const organizations = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return openSession({
    mode: "recorded",
    clients: organizations.sort().map((organization) =>
      recordedClient({
        organization,
        folder: join(path, "github", organization),
        stateOf: (step) => steps[`github/${organization}/${step}`],
        changeable,
        clock: environment.clock,
      }),
    ),
    recordedAt,
    environment,
    forecast: () => Promise.resolve({ calls: 0, seconds: 0, basis: "recorded answers" }),
    self: () => Promise.resolve([]),
    check: () => Promise.resolve([]),
    spent: () => ({ calls: 0, basis: "" }),
  });
}
