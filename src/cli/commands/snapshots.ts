import { snapshotManifests } from "../../app/latest-snapshot.ts";
import { withData } from "../open.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { columns } from "../tell.ts";

/** `leastwise snapshots`: what there is, and whether it is whole. */
export const snapshots: CommandModule = {
  register(program, context) {
    program
      .command("snapshots")
      .description("list the snapshots, newest first")
      .option("--verify", "read every blob and check it against its hash")
      .option("--json", "print one JSON document (leastwise/snapshots@1)")
      .action(async (options: { verify?: boolean; json?: boolean }) => {
        const { tell } = context;
        await withData(context, program.opts<CommonOptions>(), async (data) => {
          const manifests = await snapshotManifests(data);
          const damage = new Map<string, readonly string[]>();
          if (options.verify === true)
            for (const manifest of manifests) damage.set(manifest.id, await data.snapshots.verify(manifest));
          if (options.json === true) {
            tell.json({
              schema: "leastwise/snapshots@1",
              snapshots: manifests.map((manifest) => ({ ...manifest, damage: damage.get(manifest.id) ?? null })),
            });
          } else if (manifests.length === 0) tell.answer("there is no snapshot yet");
          else {
            tell.answer(
              columns([
                ["id", "as of", "taken", "principals", "grants", options.verify === true ? "blobs" : ""],
                ...manifests.map((manifest) => [
                  manifest.id,
                  manifest.asOf,
                  manifest.createdAt,
                  String(manifest.tables.find((table) => table.table === "principals")?.rows ?? 0),
                  String(manifest.tables.find((table) => table.table === "grants")?.rows ?? 0),
                  options.verify === true ? (damage.get(manifest.id)?.length === 0 ? "whole" : "damaged") : "",
                ]),
              ]),
            );
          }
          const damaged = [...damage.values()].flat();
          for (const problem of damaged) tell.say(`damaged: ${problem}`);
          if (damaged.length > 0) context.exit(2);
        });
      });
  },
};
