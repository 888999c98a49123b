/** Limits in days unless named otherwise; `thresholds:` in `leastwise.yaml` overrides each. Sources: ARCHITECTURE.md. */
export interface Thresholds {
  /** CIS AWS 1.11 (v5), PCI DSS 8.2.6: idle at or beyond this. */
  readonly idleCredentialDays: number;
  /** Automatic deactivation of an idle credential. */
  readonly deactivateCredentialDays: number;
  readonly neverUsedKeyDays: number;
  /** CIS AWS 1.13 (v5): beyond this. */
  readonly keyAgeDays: number;
  readonly idleRoleDays: number;
  readonly unusedServiceDays: number;
  readonly dormantMemberDays: number;
  readonly idleDeployKeyDays: number;
  readonly idleTokenDays: number;
  /** An app without activity, or suspended, for this long. */
  readonly idleAppDays: number;
  /** A paid seat nobody uses. */
  readonly idleSeatDays: number;
  /** Days since a secret was last set: beyond this. */
  readonly secretAgeDays: number;
  readonly rootUsedDays: number;
  readonly invitationPendingDays: number;
  readonly minimumOwners: number;
  readonly maximumOwners: number;
  readonly passwordLength: number;
}

/** The defaults; each has its source in the table of ARCHITECTURE.md. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  idleCredentialDays: 45,
  deactivateCredentialDays: 90,
  neverUsedKeyDays: 30,
  keyAgeDays: 90,
  idleRoleDays: 90,
  unusedServiceDays: 90,
  dormantMemberDays: 90,
  idleDeployKeyDays: 90,
  idleTokenDays: 90,
  idleAppDays: 90,
  idleSeatDays: 30,
  secretAgeDays: 365,
  rootUsedDays: 90,
  invitationPendingDays: 7,
  minimumOwners: 2,
  maximumOwners: 5,
  passwordLength: 14,
};
