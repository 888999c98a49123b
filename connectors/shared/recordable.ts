/**
 * Members that carry a secret in some provider's answer. Providers hand most of them out only at creation, which is never
 * asked for; they are taken out all the same, before anything is written.
 */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  // AWS
  "secretaccesskey",
  "sessiontoken",
  "servicepassword",
  "servicecredentialsecret",
  "password",
  "privatekey",
  "base32stringseed",
  "qrcodepng",
  // GitHub
  "temp_clone_token",
  "client_secret",
  "webhook_secret",
  "secret",
  "pem",
  "token",
]);

/**
 * A provider's answer as the text of a recorded file, known secrets left out. Instants become ISO 8601 text. For example
 * `{ "name": "api", "temp_clone_token": "A…" }` is written without its second member.
 */
export function recordable(answer: unknown): string {
  return `${JSON.stringify(answer, withoutSecrets, 2)}\n`;
}

/** For `JSON.stringify`: leaves the members out that carry a secret. */
export function withoutSecrets(member: string, value: unknown): unknown {
  return typeof value === "string" && SECRET_MEMBERS.has(member.toLowerCase()) ? undefined : value;
}
