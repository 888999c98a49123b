import type { ConnectorEnvironment } from "../contracts/connector.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { Settings } from "../model/settings.ts";
import type { CommandContext, CommonOptions } from "./program.ts";

/** What connectors may use of this terminal and this machine. */
export function connectorEnvironment({ world, tell }: CommandContext): ConnectorEnvironment {
  return {
    clock: world.clock,
    secrets: world.secrets,
    log: { progress: (text) => tell.progress(text), warn: (text) => tell.warn(text) },
  };
}

/** Loads the configuration, opens the data directory, runs `work` and closes again whatever happens. */
export async function withData<T>(
  context: CommandContext,
  options: CommonOptions,
  work: (data: DataDirectory, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = await context.world.loadSettings(options.config);
  const data = await context.world.openData(options.data ?? settings.data);
  try {
    return await work(data, settings);
  } finally {
    await data.close();
  }
}

/** After something was put on record: the chain's head, so that a person can note it down. */
export async function tellHead(context: CommandContext, data: DataDirectory): Promise<void> {
  const head = await data.state.head();
  if (head !== undefined) context.tell.say(`evidence chain: event ${head.seq}, head ${head.hash.slice(0, 16)}`);
}
