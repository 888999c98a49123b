import type { Credential } from "../../../src/model/credential.ts";
import { known } from "../../../src/model/observed.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { instantOf } from "./parts.ts";
import { counted } from "../../../src/text/counted.ts";

/** GetAccessKeyLastUsed of every key. A key that was never used answers the service `N/A` and no date. */
export function accessKeyLastUsed(raw: RawSteps["access-key-last-used"], context: TenantContext): Converted {
  const credentials: Credential[] = [];
  for (const [keyId, { LastUsedDate, ServiceName, Region }] of Object.entries(raw)) {
    const key = context.keys.get(keyId);
    if (key === undefined) continue;
    const never = LastUsedDate === undefined || LastUsedDate === null;
    const place = Region === undefined || Region === "N/A" ? "" : ` in ${Region}`;
    credentials.push({
      ...key,
      lastUsedAt: never ? known("never") : instantOf(LastUsedDate, "when the key was last used"),
      lastUsedWhere: never || ServiceName === undefined || ServiceName === "N/A" ? null : `${ServiceName}${place}`,
    });
  }
  for (const credential of credentials) context.keys.set(credential.nativeId, credential);
  const missing = context.keys.size - credentials.length;
  const items = credentials.length;
  return {
    records: { credentials },
    kinds: {
      "access-key-last-used":
        missing > 0 ? { items, gap: `${counted(missing, "key is", "keys are")} not in it` } : { items },
    },
  };
}
