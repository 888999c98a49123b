import type { Connector, ConnectorEnvironment, DoctorFinding } from "../contracts/connector.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Settings } from "../model/settings.ts";
import type { System } from "../model/tenant.ts";
import { openLive } from "./revoke-run.ts";

/** One line of `doctor`. */
export interface DoctorLine {
  /** Null for what is about this machine or the configuration as a whole. */
  readonly connector: System | null;
  readonly level: DoctorFinding["level"];
  readonly text: string;
  readonly hint: string | null;
}

/** The `leastwise/doctor@1` document. */
export interface DoctorReport {
  readonly schema: "leastwise/doctor@1";
  /** Whether nothing stands in the way: warnings do not. */
  readonly ok: boolean;
  readonly lines: readonly DoctorLine[];
}

/** The report, and who can mend its problems. */
export interface Checked {
  readonly report: DoctorReport;
  /** `person`: the configuration or the environment is wrong · `provider`: it refused · `us`: our bug. The first that applies. */
  readonly fault: "us" | "person" | "provider" | null;
}

/** Where the configuration is looked for when no path is given. */
const SETTINGS_FILE = "leastwise.yaml";

/** The connectors that the configuration switches on. */
export function configuredConnectors(world: Pick<World, "connectors">, settings: Settings): readonly Connector[] {
  return world.connectors.filter(({ manifest }) => settings.connectors[manifest.id] !== undefined);
}

/** What to do when no connector is switched on: `init` refuses where its file is there already. */
export async function noConnectorHint(world: Pick<World, "files">, config: string | undefined): Promise<string> {
  const file = config ?? SETTINGS_FILE;
  return (await world.files.exists(file))
    ? `uncomment a connector under \`connectors:\` in \`${file}\``
    : "run `leastwise init` and uncomment a connector in the file it writes";
}

/** Checks configuration, credentials, clock and limits with every connector; one that cannot sign in hides nothing of the others. */
export async function doctor(
  world: World,
  settings: Settings,
  environment: ConnectorEnvironment,
  options: { readonly node: string; readonly config: string | undefined },
): Promise<Checked> {
  const lines: DoctorLine[] = [{ connector: null, level: "ok", text: `node ${options.node}`, hint: null }];
  const faults = new Set<Checked["fault"]>();
  const configured = configuredConnectors(world, settings);
  if (configured.length === 0)
    lines.push({
      connector: null,
      level: "warning",
      text: "no connector is configured",
      hint: `${await noConnectorHint(world, options.config)}, or use \`leastwise scan <file>\` without one`,
    });
  for (const { manifest } of configured) {
    const only = { ...settings, connectors: { [manifest.id]: settings.connectors[manifest.id] } };
    try {
      for (const { session } of await openLive(world, only, environment)) {
        try {
          for (const { level, text, hint } of await session.check()) {
            lines.push({ connector: manifest.id, level, text, hint: hint ?? null });
            if (level === "problem") faults.add("provider");
          }
        } finally {
          await session.close();
        }
      }
    } catch (error) {
      faults.add(faultOf(error));
      lines.push({ connector: manifest.id, level: "problem", ...wordsOf(error) });
    }
  }
  const fault = (["us", "person", "provider"] as const).find((one) => faults.has(one)) ?? null;
  return { report: { schema: "leastwise/doctor@1", ok: fault === null, lines }, fault };
}

function faultOf(error: unknown): Checked["fault"] {
  if (!(error instanceof AuditError) || error.kind === "invariant") return "us";
  return error.kind === "settings" || error.kind === "input-file" ? "person" : "provider";
}

function wordsOf(error: unknown): Pick<DoctorLine, "text" | "hint"> {
  if (!(error instanceof AuditError))
    return {
      text: `this is a bug in leastwise: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      hint: "please report it with the command you ran",
    };
  const { place } = error;
  const where =
    place === undefined
      ? ""
      : `${place.file}${place.line === undefined ? "" : `:${place.line}:${place.column ?? 1}`}: `;
  return { text: `${where}${error.message}`, hint: error.hint ?? null };
}
