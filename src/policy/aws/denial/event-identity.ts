import { namedPrincipal, tenantOf } from "./named.ts";
import { recordAt, textAt, type JsonRecord } from "./record.ts";

/** Who made a call, as CloudTrail's `userIdentity` says. */
export interface EventIdentity {
  readonly principal: string | null;
  readonly tenant: string | null;
  /** What the request's condition keys say of the principal. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** `aws:PrincipalType` for the types CloudTrail writes. Source: "AWS global condition context keys", IAM User Guide. */
const PRINCIPAL_TYPES: Readonly<Record<string, string>> = {
  IAMUser: "User",
  AssumedRole: "AssumedRole",
  Role: "AssumedRole",
  FederatedUser: "FederatedUser",
  Root: "Account",
};
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)$/i;

/**
 * Reads `userIdentity`. Callers of other tenants (`AWSAccount`), web and SAML users and Identity Center users have no ARN there.
 * Source: "CloudTrail userIdentity element", AWS CloudTrail User Guide.
 */
export function eventIdentity(event: JsonRecord): EventIdentity {
  const identity = recordAt(event, "userIdentity");
  const type = textAt(identity, "type") ?? "";
  const invokedBy = textAt(identity, "invokedBy");
  const session = recordAt(identity, "sessionContext");
  const arn = namedPrincipal(textAt(identity, "arn") ?? "");
  const service = type === "AWSService" ? namedPrincipal(invokedBy ?? "") : null;
  const tenant = tenantText(textAt(identity, "accountId")) ?? tenantOf(arn);
  const context: Record<string, readonly string[]> = {};
  const put = (key: string, value: string | null): void => {
    if (value !== null) context[key] = [value];
  };

  if (Object.hasOwn(PRINCIPAL_TYPES, type)) {
    put("aws:PrincipalType", PRINCIPAL_TYPES[type] ?? null);
    put("aws:PrincipalAccount", tenant);
    put("aws:userid", textAt(identity, "principalId"));
    put("aws:PrincipalIsAWSService", "false");
    // The key holds the role of a session, not the session.
    put("aws:PrincipalArn", type === "AssumedRole" ? textAt(recordAt(session, "sessionIssuer"), "arn") : arn);
  }
  if (type === "IAMUser") put("aws:username", textAt(identity, "userName"));
  if (service !== null) {
    put("aws:PrincipalIsAWSService", "true");
    put("aws:PrincipalServiceName", service);
  } else if (invokedBy?.includes(".amazonaws.com") === true) {
    put("aws:ViaAWSService", "true");
    put("aws:CalledViaLast", invokedBy);
  } else if (invokedBy === null && identity !== null && ADDRESS.test(textAt(event, "sourceIPAddress") ?? "")) {
    put("aws:ViaAWSService", "false");
  }
  const attributes = recordAt(session, "attributes");
  put("aws:MultiFactorAuthPresent", textAt(attributes, "mfaAuthenticated"));
  put("aws:TokenIssueTime", textAt(attributes, "creationDate"));
  put("aws:SourceIdentity", textAt(session, "sourceIdentity"));
  const provider =
    textAt(recordAt(session, "webIdFederationData"), "federatedProvider") ?? textAt(identity, "identityProvider");
  put("aws:FederatedProvider", provider);
  put("identitystore:UserId", textAt(recordAt(identity, "onBehalfOf"), "userId"));
  return { principal: service ?? arn, tenant, context };
}

function tenantText(text: string | null): string | null {
  return text !== null && /^\d{12}$/.test(text) ? text : null;
}
