import type { Settings } from "../model/settings.ts";
import type { Archives } from "./archive.ts";
import type { Clock } from "./clock.ts";
import type { Connector } from "./connector.ts";
import type { Files } from "./files.ts";
import type { SecretReader } from "./secret-reader.ts";
import type { DataDirectory } from "./store.ts";

/** Everything outside that the use cases need, put together once in `src/main.ts`. */
export interface World {
  readonly clock: Clock;
  /** Lets that many seconds pass. */
  readonly pause: (seconds: number) => Promise<void>;
  readonly secrets: SecretReader;
  readonly files: Files;
  readonly archives: Archives;
  readonly connectors: readonly Connector[];
  /** The operating-system user, for the record: `attested`. */
  readonly actor: string;
  /** Version of the product. */
  readonly version: string;
  /** Folder of the sample company. */
  readonly demoDirectory: string;
  /** Whether this runs from a checkout (the demo then writes to `reports/out`). */
  readonly checkout: boolean;
  /** Opens the data directory, making it when it is not there. Loads the store lazily. */
  openData(path: string): Promise<DataDirectory>;
  /** Reads the configuration; with no path `leastwise.yaml` in the working directory, or the defaults when there is none. */
  loadSettings(path: string | undefined): Promise<Settings>;
  /** The commented configuration that `init` writes. */
  settingsTemplate(): Promise<string>;
  /** JSON Schema of the configuration, for editors. */
  settingsSchema(): Promise<unknown>;
}
