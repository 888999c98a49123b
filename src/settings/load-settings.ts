import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AuditError } from "../model/audit-error.ts";
import type { Settings } from "../model/settings.ts";
import { DEFAULT_SETTINGS } from "./defaults.ts";
import type { WrittenSettings } from "./schema.ts";

/** Where the configuration is looked for when no path is given. */
const SETTINGS_FILE = "leastwise.yaml";

/**
 * Reads the configuration: the file at `path`, else `leastwise.yaml` in the working directory, else the defaults.
 * `LEASTWISE_DATA` wins over `data`. Paths in the file are seen from the file's folder. Throws `settings` with the place of
 * what is wrong. The parser is loaded only when there is a file.
 */
export async function loadSettings(
  path: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Settings> {
  const file = path ?? SETTINGS_FILE;
  const text = await readIfThere(file);
  if (text === undefined && path !== undefined) {
    throw new AuditError("settings", "settings-missing", `there is no configuration \`${path}\``, {
      hint: "check the path after `--config`, or make one with `leastwise init`",
    });
  }
  const written = text === undefined ? {} : (await import("./parse-settings.ts")).parseSettings(text, file);
  const settings = { ...withDefaults(written, dirname(file)), ...(text === undefined ? {} : { file }) };
  const data = environment["LEASTWISE_DATA"];
  return data === undefined || data === "" ? settings : { ...settings, data };
}

/** JSON Schema of the configuration, for editors. */
export async function jsonSchema(): Promise<Readonly<Record<string, unknown>>> {
  return (await import("./json-schema.ts")).settingsJsonSchema();
}

function withDefaults(written: WrittenSettings, folder: string): Settings {
  const { review, revoke } = written;
  const fallback = DEFAULT_SETTINGS;
  const noticeDays = revoke?.noticeDays ?? fallback.revoke.noticeDays;
  return {
    data: written.data === undefined ? fallback.data : seenFrom(folder, written.data),
    reports: written.reports === undefined ? fallback.reports : seenFrom(folder, written.reports),
    thresholds: { ...fallback.thresholds, ...given(written.thresholds) },
    connectors: Object.fromEntries(
      Object.entries(written.connectors ?? {})
        .filter(([, settings]) => settings !== undefined)
        .map(([id, settings]) => [id, settings ?? {}]),
    ),
    review: { ...fallback.review, ...given(review) },
    revoke: {
      protected: revoke?.protected ?? fallback.revoke.protected,
      maximumPerRun: revoke?.maximumPerRun ?? fallback.revoke.maximumPerRun,
      killSwitch: isOn(revoke?.killSwitch, folder),
      noticeDays,
      automatic: (revoke?.automatic ?? []).map((policy) => ({
        ...policy,
        noticeDays: policy.noticeDays ?? noticeDays,
      })),
    },
  };
}

/** The members that were given, without those that are `undefined`. */
function given<T extends object>(values: T | null | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function isOn(killSwitch: boolean | string | undefined, folder: string): boolean {
  if (typeof killSwitch !== "string") return killSwitch ?? false;
  try {
    return statSync(seenFrom(folder, killSwitch), { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A switch that cannot be looked at counts as on: stopping by mistake can be mended.
    return true;
  }
}

/** In the working directory paths stay as short as they were written. */
function seenFrom(folder: string, path: string): string {
  return folder === "." ? path : resolve(join(folder, "."), path);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return undefined;
    const what =
      error instanceof TypeError
        ? "is not UTF-8 text"
        : code === "EISDIR"
          ? "is a folder, not a file"
          : "may not be read";
    throw new AuditError("settings", "settings-unreadable", `the configuration \`${file}\` ${what}`, {
      hint: error instanceof TypeError ? "save it as UTF-8" : "check the path and its mode",
      place: { file },
      cause: error,
    });
  }
}
