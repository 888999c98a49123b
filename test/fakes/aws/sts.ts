import type { AssumeRoleRequest, AssumeRoleResponse, GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import { AwsFault } from "./aws-fault.ts";
import type { FakeWorld } from "./world.ts";

/** A caller, found by the access key id it signs with. */
export interface Caller {
  readonly tenant: string;
  readonly arn: string;
  readonly userId: string;
}

interface TrustStatement {
  readonly Effect?: string;
  readonly Principal?: { readonly AWS?: string | readonly string[] };
  readonly Condition?: { readonly StringEquals?: Readonly<Record<string, string>> };
}

/** Whether the trust policy lets the caller in: by ARN, by tenant or by `*`, with the external id it may ask for. */
function trusts(document: string, caller: Caller, externalId: string | undefined): boolean {
  const { Statement } = JSON.parse(document) as { Statement: TrustStatement | readonly TrustStatement[] };
  const statements = Array.isArray(Statement)
    ? (Statement as readonly TrustStatement[])
    : [Statement as TrustStatement];
  return statements.some((statement) => {
    const principals = [statement.Principal?.AWS ?? []].flat();
    const named = principals.some((name) =>
      [caller.arn, caller.tenant, `arn:aws:iam::${caller.tenant}:root`, "*"].includes(name),
    );
    const wanted = statement.Condition?.StringEquals?.["sts:ExternalId"];
    return statement.Effect === "Allow" && named && (wanted === undefined || wanted === externalId);
  });
}

/** Who am I, and becoming a role of another tenant. */
export function stsHandlers(world: FakeWorld) {
  return {
    GetCallerIdentity(_input: object, caller: Caller): GetCallerIdentityResponse {
      return { Account: caller.tenant, Arn: caller.arn, UserId: caller.userId };
    },

    AssumeRole(input: AssumeRoleRequest, caller: Caller): AssumeRoleResponse {
      const [, tenantId = "", name = ""] =
        /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(input.RoleArn ?? "") ?? [];
      const role = world.tenants.get(tenantId)?.roles.get(name);
      if (role === undefined || !trusts(role.trust, caller, input.ExternalId)) {
        throw new AwsFault(
          "AccessDenied",
          `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn ?? ""}`,
          403,
        );
      }
      const AccessKeyId = world.ids.make("ASIA");
      const session = input.RoleSessionName ?? "session";
      const arn = `arn:aws:sts::${tenantId}:assumed-role/${role.RoleName}/${session}`;
      const userId = `${role.RoleId}:${session}`;
      world.sessions.set(AccessKeyId, { tenant: tenantId, arn, userId });
      return {
        Credentials: {
          AccessKeyId,
          SecretAccessKey: `session-secret-${world.canary}`,
          SessionToken: `session-token-${world.canary}`,
          // The client compares this with the real clock to know when to refresh.
          Expiration: new Date(Date.now() + world.sessionSeconds * 1000),
        },
        AssumedRoleUser: { Arn: arn, AssumedRoleId: userId },
      };
    },
  };
}
