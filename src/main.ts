import { existsSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { connectors } from "../connectors/index.ts";
import { runProgram } from "./cli/program.ts";
import { Tell } from "./cli/tell.ts";
import type { Archives } from "./contracts/archive.ts";
import type { World } from "./contracts/world.ts";
import { toInstant } from "./model/instant.ts";
import { diskFiles } from "./store/disk-files.ts";
import { environmentSecrets } from "./settings/secrets.ts";

/** Archives load their zip library when one is read or written. */
function lazyArchives(): Archives {
  const archives = async (): Promise<Archives> => (await import("./store/archive/disk-archives.ts")).diskArchives();
  return {
    write: async (path, files) => (await archives()).write(path, files),
    prepare: async (path) => (await archives()).prepare(path),
    read: async (path) => (await archives()).read(path),
  };
}

/**
 * The composition root: the only place that knows connectors, store, settings, reports and the command line at once.
 * Answers the exit code. Heavy parts (store, SDKs) are imported when a command first needs them.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const root = new URL(import.meta.url.endsWith(".ts") ? "../" : "../../", import.meta.url);
  const secrets = environmentSecrets(process.env);
  const tell = new Tell(process.stdout, process.stderr, (text) => secrets.redact(text));
  // A closed pipe (`2>&1 | head`) is the reader's choice, not an error, and ends no command half-way.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  const clock = { now: () => toInstant(new Date()) ?? "" };
  const world: World = {
    clock,
    pause: (seconds) => setTimeout(seconds * 1_000),
    secrets,
    files: diskFiles(),
    archives: lazyArchives(),
    connectors,
    actor: `os:${userInfo().username}`,
    version: (JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { version: string }).version,
    demoDirectory: fileURLToPath(new URL("src/demo/acme", root)),
    checkout: existsSync(new URL("src/main.ts", root)),
    async openData(path) {
      const { openDataDirectory } = await import("./store/open-data-directory.ts");
      return openDataDirectory(path, { clock, signingKey: secrets.read("LEASTWISE_KEY") });
    },
    async loadSettings(path) {
      const { loadSettings } = await import("./settings/load-settings.ts");
      return loadSettings(path, process.env);
    },
    async settingsTemplate() {
      const { SETTINGS_TEMPLATE } = await import("./settings/template.ts");
      return SETTINGS_TEMPLATE;
    },
    async settingsSchema() {
      const { jsonSchema } = await import("./settings/load-settings.ts");
      return jsonSchema();
    },
  };
  return runProgram(argv, world, tell);
}
