import { createPrivateKey } from "node:crypto";
import type { ConnectorEnvironment } from "../../../src/contracts/connector.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { OrganizationSettings } from "../settings.ts";

/** What the SDK signs in with as an app; the key stays in memory. */
export interface AppSignIn {
  readonly appId: number;
  readonly privateKey: string;
}

/**
 * The app's id and its private key, read by name from the secrets and looked at before any call: a key that is none would else end
 * in an error of the cryptography. Throws `sign-in`, which never repeats a part of the key.
 */
export function appSignIn(
  { app, organization }: OrganizationSettings,
  { secrets }: Pick<ConnectorEnvironment, "secrets">,
): AppSignIn | null {
  if (app === undefined) return null;
  const { privateKeyFrom } = app;
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
    return { appId: app.id, privateKey: key.export({ type: "pkcs8", format: "pem" }).toString() };
  } catch {
    throw new AuditError("sign-in", "github-app-key", `what \`${privateKeyFrom}\` holds is no RSA private key`, {
      hint: "download a new key on the app's page, and give the whole of the file",
    });
  }
}
