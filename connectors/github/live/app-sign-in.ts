import { createPrivateKey } from "node:crypto";
import type { ConnectorEnvironment } from "../../../src/contracts/connector.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { KeyOfApp, OrganizationSettings } from "../settings.ts";

/** What the SDK signs in with as an app; the key stays in memory. */
export interface AppSignIn {
  readonly appId: number;
  readonly privateKey: string;
}

/** Signs in as the organization's reader where the settings name an app; null where they name a token. Throws as {@link signInAs}. */
export const appSignIn = (
  { app, organization }: OrganizationSettings,
  environment: Pick<ConnectorEnvironment, "secrets">,
): AppSignIn | null => (app === undefined ? null : signInAs(app, organization, environment));

/**
 * The app's id and its private key, read by name from the secrets and looked at before any call: a key that is none would else end
 * in an error of the cryptography. Throws `settings` where there is none and `sign-in` where it is no key, and never repeats a
 * part of it.
 */
export function signInAs(
  { id, privateKeyFrom }: KeyOfApp,
  organization: string,
  { secrets }: Pick<ConnectorEnvironment, "secrets">,
): AppSignIn {
  // Variables often hold the key on one line.
  const text = secrets.read(privateKeyFrom)?.trim().replaceAll("\\n", "\n");
  if (text === undefined || text === "")
    throw new AuditError(
      "settings",
      "github-app-key",
      `there is no private key in \`${privateKeyFrom}\` for the organization \`${organization}\``,
      { hint: `put the app's key (PEM) where \`privateKeyFrom\` names it` },
    );
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType !== "rsa") throw new TypeError("not RSA");
    // The SDK takes one of the two forms only; GitHub hands out the other.
    return { appId: id, privateKey: key.export({ type: "pkcs8", format: "pem" }).toString() };
  } catch {
    throw new AuditError("sign-in", "github-app-key", `what \`${privateKeyFrom}\` holds is no RSA private key`, {
      hint: "download a new key on the app's page, and give the whole of the file",
    });
  }
}
