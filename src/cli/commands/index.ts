import type { CommandModule } from "../program.ts";
import { scan } from "./scan.ts";

/** The one list of commands, in the order of `--help`. */
export const COMMANDS: readonly CommandModule[] = [scan];
