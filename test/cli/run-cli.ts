import { Writable } from "node:stream";
import { join } from "node:path";
import { connectors } from "../../connectors/index.ts";
import { runProgram } from "../../src/cli/program.ts";
import { Tell } from "../../src/cli/tell.ts";
import type { Clock } from "../../src/contracts/clock.ts";
import type { World } from "../../src/contracts/world.ts";
import { jsonSchema, loadSettings } from "../../src/settings/load-settings.ts";
import { SETTINGS_TEMPLATE } from "../../src/settings/template.ts";
import { diskArchives } from "../../src/store/archive/disk-archives.ts";
import { diskFiles } from "../../src/store/disk-files.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";

/** The sample company. */
export const ACME = join(import.meta.dirname, "../../src/demo/acme");

/** What a command line printed, and how it ended. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A terminal that only listens. */
export class Listening extends Writable {
  text = "";
  readonly isTTY: boolean;
  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}

/** The real world but for its clock, its user and its environment: what `src/main.ts` puts together. */
export function testWorld(clock: Clock, more: Partial<World> = {}): World {
  return {
    clock,
    pause: async () => {},
    secrets: { read: () => undefined },
    files: diskFiles(),
    archives: diskArchives(),
    connectors,
    actor: "os:robin",
    version: "1.2.3",
    demoDirectory: ACME,
    checkout: true,
    openData: (path) => openDataDirectory(path, { clock }),
    // No configuration but the one that is named: what lies in the folder the tests run in is none of theirs.
    loadSettings: (path) => loadSettings(path ?? undefined, {}),
    settingsTemplate: async () => SETTINGS_TEMPLATE,
    settingsSchema: () => jsonSchema(),
    ...more,
  };
}

/** Runs one command line in this process. */
export async function runCli(args: readonly string[], world: World): Promise<CliRun> {
  const [out, err] = [new Listening(), new Listening()];
  const code = await runProgram(["node", "leastwise", ...args], world, new Tell(out, err));
  return { code, out: out.text, err: err.text };
}
