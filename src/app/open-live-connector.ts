import type { Connector, ConnectorEnvironment, ConnectorSession } from "../contracts/connector.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Settings } from "../model/settings.ts";

/**
 * Opens a connector on its provider. A connector knows the path of what is wrong in its settings and not the file they were
 * read from: the file is added here. Answers are recorded in `recordTo`, and kept for the next collection in `keptIn`, where that is wanted.
 */
export async function openLiveConnector(
  connector: Connector,
  settings: Settings,
  recordTo: string | null,
  environment: ConnectorEnvironment,
  keptIn?: string,
): Promise<ConnectorSession> {
  try {
    const own = settings.connectors[connector.manifest.id];
    return await connector.open(
      { mode: "live", settings: own, recordTo, ...(keptIn === undefined ? {} : { keptIn }) },
      environment,
    );
  } catch (error) {
    if (
      !(error instanceof AuditError) ||
      settings.file === undefined ||
      error.code !== `${connector.manifest.id}-settings`
    )
      throw error;
    throw new AuditError(error.kind, error.code, error.message, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      place: { file: settings.file },
      cause: error,
    });
  }
}
