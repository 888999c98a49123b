import { known } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { strangers } from "./parts.ts";
import { userCredential } from "./user-credential.ts";
import { counted } from "../../../src/text/counted.ts";

/** MFA devices are credentials of their own, and say which users have a second factor. */
export function mfaDevices(raw: RawSteps["mfa-devices"], context: TenantContext): Converted {
  const principals: Principal[] = [];
  const credentials = Object.entries(raw).flatMap(([userName, devices]) => {
    const before = context.users.get(userName);
    if (before !== undefined) {
      const user = { ...before, secondFactor: known(devices.length > 0) };
      context.users.set(userName, user);
      principals.push(user);
    }
    return devices.map((device) => {
      const name = device.SerialNumber?.slice(device.SerialNumber.lastIndexOf("/") + 1) ?? "";
      return { ...userCredential("mfa-device", userName, device, context), displayHint: name };
    });
  });
  const missing = [...context.users.keys()].filter((name) => !Object.hasOwn(raw, name)).length;
  const gaps = [
    strangers(Object.keys(raw), context),
    missing > 0 ? `${counted(missing, "user was", "users were")} not asked for` : undefined,
  ];
  const gap = gaps.filter((text) => text !== undefined).join("; ");
  const items = principals.length;
  return { records: { credentials, principals }, kinds: { "second-factor": gap === "" ? { items } : { items, gap } } };
}
