import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Connector } from "../../src/contracts/connector.ts";
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
    if (source.mode === "live") {
      const { openLiveSession } = await import("./live-session.ts");
      return openLiveSession(parseGitHubSettings(source.settings).organizations, source.recordTo, environment);
    }
    const { recordedAt, steps } = await readRecordingManifest(source.path);
    const organizations = (await readdir(join(source.path, "github"), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
    return openSession({
      mode: "recorded",
      clients: organizations.map((organization) =>
        recordedClient(
          organization,
          join(source.path, "github", organization),
          (step) => steps[`github/${organization}/${step}`],
          source.workingCopy,
        ),
      ),
      recordedAt,
      environment,
      forecast: () => Promise.resolve({ calls: 0, seconds: 0, basis: "recorded answers" }),
      self: () => Promise.resolve([]),
      check: () => Promise.resolve([]),
      calls: () => 0,
    });
  },
};
