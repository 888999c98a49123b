import type { ActionsSettings } from "../../model/actions-settings.ts";
import { unknown, type Observed } from "../../model/observed.ts";

/**
 * What holds in a repository: what its own settings say, and the organization's where that says the strict thing, which no repository
 * can loosen. Source: "Disabling or limiting GitHub Actions for your organization", GitHub documentation.
 */
export function actionsSettingsOf(
  own: ActionsSettings | undefined,
  organization: ActionsSettings | undefined,
  gap: string,
): ActionsSettings {
  const unread = unknown(gap);
  const strict = <T>(pick: (settings: ActionsSettings) => Observed<T>, value: T): Observed<T> => {
    const whole = organization === undefined ? undefined : pick(organization);
    if (whole?.known === true && whole.value === value) return whole;
    return own === undefined ? unread : pick(own);
  };
  return {
    enabled: strict<boolean>(({ enabled }) => enabled, false),
    allowedActions: own?.allowedActions ?? unread,
    defaultPermissions: strict<"read" | "write">(({ defaultPermissions }) => defaultPermissions, "read"),
    canApprovePullRequests: strict<boolean>(({ canApprovePullRequests }) => canApprovePullRequests, false),
    forksGetWriteTokens: strict<boolean>(({ forksGetWriteTokens }) => forksGetWriteTokens, false),
    ...(own?.forksNeedApproval === undefined ? {} : { forksNeedApproval: own.forksNeedApproval }),
    reusableBy: own?.reusableBy ?? unread,
  };
}
