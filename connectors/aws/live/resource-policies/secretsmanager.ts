import { allPages } from "../../../shared/paging.ts";
import type { RawResourcePolicy } from "../../raw.ts";
import { each, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Policies of secrets. The secrets themselves are never asked for. */
export const secretsmanager = {
  service: "secretsmanager",
  permissions: ["secretsmanager:ListSecrets", "secretsmanager:GetResourcePolicy"],
  types: {
    async "secretsmanager:Secret"(place) {
      const sdk = await import("@aws-sdk/client-secrets-manager");
      const client = place.client("secretsmanager", (config) => new sdk.SecretsManagerClient(config));
      const secrets = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListSecretsCommand({ NextToken }));
        return { items: answer.SecretList ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "secretsmanager:GetResourcePolicy", secrets, async ({ ARN: arn = "" }) => {
        const { ResourcePolicy } = await client.send(new sdk.GetResourcePolicyCommand({ SecretId: arn }));
        return { arn, type: "secretsmanager:Secret", policy: tokenOf(ResourcePolicy) ?? null };
      });
    },
  },
} as const satisfies ServiceReads<RawResourcePolicy>;
