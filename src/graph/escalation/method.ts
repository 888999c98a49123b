/**
 * Where a permission of a method has to be held.
 * - `self`: the acting user or role itself
 * - `own-group`: a group the acting user is in
 * - `held-policy`: a customer-managed policy that is attached to the actor or to one of its groups (AWS-managed ones cannot be changed)
 * - `target`: the user, role or group the method is about (the one taken over, joined or passed)
 * - `target-policy`: a customer-managed policy attached to the target
 * - `reached-through`: the existing resource that runs as the target role (see `target.runsOn`)
 * - `permission-set`: an Identity Center permission set that is provisioned somewhere
 * - `provider`: an identity provider (SAML or OIDC) that the target role trusts
 * - `somewhere`: some resource of the action's own types in the tenant, existing or new
 */
export type Place =
  | "self"
  | "own-group"
  | "held-policy"
  | "target"
  | "target-policy"
  | "reached-through"
  | "permission-set"
  | "provider"
  | "somewhere";

/** One authorisation a method needs; several actions in a row are several of these, each may be granted by another policy. */
export interface NeededPermission {
  /** As AWS writes it: `iam:PassRole`. */
  readonly action: string;
  readonly on: Place;
  /** Condition keys whose values are known when this is called this way, for example `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** What has to be true of the target beside the permissions. Facts that were not read make the way `unknown`, never absent. */
export interface TargetNeed {
  readonly kind: "user" | "role" | "group";
  /** The role's trust policy lets one of these services assume it (`lambda.amazonaws.com`). */
  readonly trustsService?: readonly string[];
  /** The role's trust policy lets the actor assume it (`sts:AssumeRole`), as its statements and conditions stand. */
  readonly trustsActor?: true;
  /** The user has or has not a console password. */
  readonly password?: "present" | "absent";
  /** How many access keys the user has: AWS allows two. `inactive`: at least one that is disabled. */
  readonly keys?: "below-limit" | "at-limit" | "inactive";
  /** The user has a second factor that stands in the way of signing in with a password, or has none. */
  readonly secondFactor?: "present" | "absent";
  /** A resource of one of these types (`lambda:function`, as in resources.json) runs as the role. */
  readonly runsOn?: readonly string[];
  /** The role trusts an identity provider of this kind. `cognito`: identity pools, the federated principal `cognito-identity.amazonaws.com`. */
  readonly trustsProvider?: "saml" | "oidc" | "cognito";
  /** The trusted provider is not there (any more), so that another can be put in its place; it is there where left out. */
  readonly provider?: "absent";
}

/**
 * What the actor has gained.
 * - `becomes-target`: acts as the target from now on
 * - `writes-own-policy`: its own identity policies say whatever it likes (boundary, organization policies and denies it cannot remove still hold)
 * - `writes-target-policy-and-becomes-it`: the same for the target, as which it then acts
 * - `joins-target-group`: holds what the target group holds, beside its own
 * - `sheds-boundary`: acts without its permissions boundary
 * - `sheds-denies`: acts without the policies on itself that deny
 * - `becomes-target-without-boundary`: acts as the target, whose boundary is gone
 * - `administers-tenants`: gives itself administration of tenants through Identity Center
 */
export type Gain =
  | "becomes-target"
  | "writes-own-policy"
  | "writes-target-policy-and-becomes-it"
  | "joins-target-group"
  | "sheds-boundary"
  | "sheds-denies"
  | "becomes-target-without-boundary"
  | "administers-tenants";

/**
 * What is done, and where the role comes from.
 * - `self-escalation`: the actor changes what it holds itself
 * - `principal-access`: the actor takes over a user or role, or a provider that it trusts
 * - `new-passrole`: the actor passes a role to something it creates
 * - `existing-passrole`: the actor passes a role to something that exists
 * - `existing-resource`: the actor uses something that runs as the role already; it passes nothing
 */
type MethodCategory =
  | "self-escalation"
  | "principal-access"
  | "new-passrole"
  | "existing-passrole"
  | "existing-resource";

/** One way to gain access one was not given. One file, one line in `methods/index.ts`, one row in the tests. Data only. */
export interface EscalationMethod {
  /** pathfinding.cloud's id where it has one (`iam-001`), else our own (`lw-…`). */
  readonly id: string;
  /** Further ids under which pathfinding.cloud lists what is the same method here. */
  readonly alsoKnownAs?: readonly string[];
  /** What the actor does, third person, read behind its name: `creates a new version of a policy it holds`. */
  readonly name: string;
  readonly category: MethodCategory;
  /** Who can act this way; both where left out. */
  readonly actor?: "user" | "role";
  readonly permissions: readonly NeededPermission[];
  /** Several spellings of one method, any of which will do. Each is a full list and takes the place of `permissions`. */
  readonly alternatives?: readonly (readonly NeededPermission[])[];
  readonly target?: TargetNeed;
  readonly gains: Gain;
  /** With `sheds-denies`: which policies come off, the attached managed ones or the inline ones. */
  readonly sheds?: "attached" | "inline";
  /** The policy can only be set to a version it has already; its text cannot be chosen. */
  readonly onlyExistingVersions?: true;
  /** What is gained opens these services only, by their prefix in actions (`codecommit`), and carries no further. */
  readonly onlyFor?: readonly string[];
  /** The service is retired: kept so that the id is known. It is no way any more, and its actions may be gone from AWS's list. */
  readonly legacy?: true;
  /** What stands in the way in practice, told with the path: `the instance has to be stopped and started`. */
  readonly note?: string;
}
