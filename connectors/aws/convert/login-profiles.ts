import type { Credential } from "../../../src/model/credential.ts";
import { unknown } from "../../../src/model/observed.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import { consolePassword } from "./console-password.ts";
import type { Converted } from "./converted.ts";
import { instantOf, notAsked, strangers } from "./parts.ts";

/** Console passwords as GetLoginProfile tells; a user it answers `null` for has none. */
export function loginProfiles(raw: RawSteps["login-profiles"], context: TenantContext): Converted {
  const passwords = new Set<string>();
  context.passwords = passwords;
  const credentials: Credential[] = [];
  for (const [userName, profile] of Object.entries(raw)) {
    context.askedForPassword.add(userName);
    if (profile === null) continue;
    passwords.add(userName);
    credentials.push(
      consolePassword(userName, context.userId(userName), context, {
        createdAt: instantOf(profile.CreateDate, "when the password was set"),
        lastUsedAt: unknown("only the credential report says when a password was last used"),
      }),
    );
  }
  const gaps = [strangers(Object.keys(raw), context), notAsked(raw, context)].filter((text) => text !== undefined);
  const gap = gaps.length === 0 ? undefined : gaps.join("; ");
  const items = credentials.length;
  return { records: { credentials }, kinds: { "console-password": gap === undefined ? { items } : { items, gap } } };
}
