import type { World } from "../../src/contracts/world.ts";
import { diskFiles } from "../../src/store/disk-files.ts";
import type { FakeProvider, HandClock } from "./fake-provider.ts";

/** A world whose only connector is the provider in memory; what the use cases of revocations do not need is refused. */
export function providerWorld(provider: FakeProvider, clock: HandClock): World {
  const notUsed = () => Promise.reject(new Error("not needed here"));
  return {
    clock,
    pause: clock.pause,
    secrets: { read: () => undefined },
    files: diskFiles(),
    archives: { write: notUsed, prepare: notUsed, read: notUsed },
    connectors: [provider.connector()],
    actor: "os:robin",
    version: "0.0.0",
    demoDirectory: "",
    checkout: false,
    openData: notUsed,
    loadSettings: notUsed,
    settingsTemplate: notUsed,
    settingsSchema: notUsed,
  };
}
