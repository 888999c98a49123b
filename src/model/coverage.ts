/** How much of a record kind could be read: a list cut short is `partial`, a refused call `denied`, a missing file `skipped`. */
export type CoverageState = "complete" | "partial" | "denied" | "skipped";

/**
 * The kinds of facts a collect step can promise. Rules name the kinds they need; a rule never takes silence for "none".
 * One name per fact that can be missing on its own.
 */
export type RecordKind =
  | "principal"
  | "policy"
  | "access-key"
  | "access-key-last-used"
  | "console-password"
  | "second-factor"
  | "ssh-public-key"
  | "service-specific-credential"
  | "signing-certificate"
  | "server-certificate"
  | "identity-provider"
  | "root"
  | "password-policy"
  | "service-last-accessed"
  | "role-last-used"
  | "organization"
  | "identity-center"
  | "resource-policy"
  | "running-as"
  | "member"
  | "outside-collaborator"
  | "team"
  | "repository"
  | "collaborator"
  | "deploy-key"
  | "app-installation"
  | "invitation"
  | "fine-grained-token"
  | "activity"
  | "roster"
  | "identity-map"
  | "owner"
  | "approval";

/** What is known about one record kind of one tenant. `tenantId` is the model id, for the roster `roster:local`. */
export interface Coverage {
  readonly tenantId: string;
  readonly kind: RecordKind;
  /** The collect step that answered, for example `access-keys`. */
  readonly step: string;
  readonly state: CoverageState;
  /** Required in words unless complete: what was refused, cut or not given. */
  readonly reason: string | null;
  /** Records of this kind that were read. */
  readonly items: number;
}
