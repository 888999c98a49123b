import type { Credential } from "../../../src/model/credential.ts";
import { known } from "../../../src/model/observed.ts";
import type { TenantContext } from "../tenant-context.ts";

/** The one console password a user can have, from whichever answer told of it. */
export function consolePassword(
  userName: string,
  holderId: string,
  context: TenantContext,
  seen: Pick<Credential, "createdAt" | "lastUsedAt">,
): Credential {
  return {
    id: `${holderId}/password`,
    system: "aws",
    tenantId: context.tenantId,
    kind: "console-password",
    holderId,
    nativeId: "password",
    displayHint: "console password",
    status: known("active"),
    lastUsedWhere: null,
    expiresAt: known("never"),
    attributes: { userName },
    ...seen,
  };
}
