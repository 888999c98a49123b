import type { BadDays } from "./bad-days.ts";
import { IdMaker, plantTenant } from "./plant.ts";
import type { AwsSeed, IdentityCenterSeed, OrganizationSeed } from "./seed.ts";
import type { Caller } from "./sts.ts";
import type { TenantState } from "./tenant-state.ts";

/** How the fake is to behave. */
export interface FakeAwsOptions {
  readonly now?: Date;
  /** Largest page, 3 unless said: small, so that every list has several. */
  readonly pageSize?: number;
  /** How often reports and jobs say that they are still running, 1 unless said. */
  readonly polls?: number;
  /** Life of an assumed-role session in seconds. */
  readonly sessionSeconds?: number;
  readonly badDays?: BadDays;
  /** Name of the user the caller's own credentials belong to. */
  readonly callerName?: string;
}

/** All the state of a fake: tenants, organization, Identity Center, sessions and the call counter. */
export interface FakeWorld {
  readonly tenants: ReadonlyMap<string, TenantState>;
  readonly organization: OrganizationSeed | undefined;
  readonly identityCenter: IdentityCenterSeed | undefined;
  readonly sessions: Map<string, Caller>;
  readonly ids: IdMaker;
  readonly now: Date;
  readonly pageSize: number;
  readonly polls: number;
  readonly canary: string;
  readonly sessionSeconds: number;
  /** Who signs with a key that belongs to no session. */
  readonly caller: Caller;
}

/** Stands in every answer, in fields a client does not know and in every secret: it must not be found in anything written. */
export const AWS_CANARY = "CANARY-aws-5f1c9e";

/** Builds the state a fake starts with. */
export function makeWorld(seed: AwsSeed, options: FakeAwsOptions): FakeWorld {
  const ids = new IdMaker();
  const tenants = new Map(seed.tenants.map((tenant) => [tenant.id, plantTenant(tenant, ids)]));
  const home = seed.tenants[0]?.id ?? "000000000000";
  const name = options.callerName ?? "auditor";
  return {
    tenants,
    organization: seed.organization,
    identityCenter: seed.identityCenter,
    sessions: new Map(),
    ids,
    now: options.now ?? new Date("2026-11-25T09:00:00Z"),
    pageSize: options.pageSize ?? 3,
    polls: options.polls ?? 1,
    canary: AWS_CANARY,
    sessionSeconds: options.sessionSeconds ?? 3600,
    caller: { tenant: home, arn: `arn:aws:iam::${home}:user/${name}`, userId: "AIDAEXAMPLECALLER001" },
  };
}
