import type { RawDate, RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";
import { instantOf, principal } from "./parts.ts";

/** OIDC and SAML providers: the principals that trust policies name as `Federated`. */
export function identityProviders(raw: RawSteps["identity-providers"], context: TenantContext): Converted {
  const { tenantId } = context;
  const federated = (
    nativeType: string,
    arn: string,
    createdAt: RawDate | undefined,
    attributes: Readonly<Record<string, string | null>>,
  ) =>
    principal({
      id: `${tenantId}:${arn}`,
      tenantId,
      kind: "federated",
      nativeType,
      nativeId: arn,
      locator: arn,
      displayName: arn.slice(arn.indexOf("/") + 1),
      createdAt: instantOf(createdAt, "when it was created"),
      attributes,
    });
  const principals = [
    ...(raw.oidc ?? []).map(({ Arn = "", Url, ClientIDList, CreateDate }) =>
      federated("oidc-provider", Arn, CreateDate, { url: Url ?? null, clientIds: ClientIDList?.join(", ") ?? null }),
    ),
    ...(raw.saml ?? []).map(({ Arn = "", ValidUntil, CreateDate }) => {
      const until = instantOf(ValidUntil, "until when it is valid");
      return federated("saml-provider", Arn, CreateDate, { validUntil: until.known ? until.value : null });
    }),
  ];
  return { records: { principals }, kinds: { "identity-provider": { items: principals.length } } };
}
