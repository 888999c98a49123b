import { join } from "node:path";
import type { Connector } from "../../src/contracts/connector.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { isFolder, readRecordingManifest } from "../shared/recording.ts";
import { copyLists, isThere, LIST_FILES } from "./list-files.ts";
import { manifest } from "./manifest.ts";
import { openSession } from "./session.ts";
import { parseRosterSettings } from "./settings.ts";

/** The company's own lists, from CSV files: the same whether they lie in a recording or in a folder of the company. */
export const roster: Connector = {
  manifest,
  async recognises(path) {
    for (const file of LIST_FILES) if (await isThere(join(path, file))) return true;
    return false;
  },
  async open(source, environment) {
    if (source.mode === "recorded") {
      const { recordedAt, steps } = await readRecordingManifest(source.path);
      return openSession({ folder: source.path, mode: "recorded", recordedAt, states: steps }, environment);
    }
    const { directory } = parseRosterSettings(source.settings);
    if (!(await isFolder(directory))) {
      throw new AuditError("settings", "roster-directory", `there is no folder \`${directory}\``, {
        hint: "`connectors.roster.directory` is the folder of roster.csv and the lists beside it",
      });
    }
    if (source.recordTo !== null) await copyLists(directory, source.recordTo);
    return openSession({ folder: directory, mode: "live", recordedAt: null, states: {} }, environment);
  },
};
