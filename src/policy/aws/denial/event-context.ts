import type { ActionTable } from "../action-table.ts";
import { eventIdentity } from "./event-identity.ts";
import { recordAt, textAt, type JsonRecord } from "./record.ts";

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)$/i;

/** Request parameters that are condition keys under another name, by event source. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "s3.amazonaws.com": {
    prefix: "s3:prefix",
    delimiter: "s3:delimiter",
    "max-keys": "s3:max-keys",
    versionId: "s3:VersionId",
  },
  "sts.amazonaws.com": {
    externalId: "sts:ExternalId",
    roleSessionName: "sts:RoleSessionName",
    sourceIdentity: "sts:SourceIdentity",
  },
  "iam.amazonaws.com": { policyArn: "iam:PolicyARN", permissionsBoundary: "iam:PermissionsBoundary" },
};

/**
 * The condition keys of a request that a CloudTrail event tells, sorted by name; what it does not tell is left out, not empty.
 * Source: "AWS global condition context keys", IAM User Guide; "CloudTrail record contents", AWS CloudTrail User Guide.
 */
export function eventContext(event: JsonRecord, actions: ActionTable): Readonly<Record<string, readonly string[]>> {
  const context: Record<string, readonly string[]> = { ...eventIdentity(event).context };
  const put = (key: string, value: string | null): void => {
    if (value !== null) context[key] = [value];
  };
  const endpoint = textAt(event, "vpcEndpointId");
  const address = textAt(event, "sourceIPAddress");
  // Through an endpoint the address is the private one, and `aws:SourceIp` is not in the request at all.
  if (address !== null && ADDRESS.test(address)) put(endpoint === null ? "aws:SourceIp" : "aws:VpcSourceIp", address);
  put("aws:SourceVpce", endpoint);
  put("aws:VpceAccount", textAt(event, "vpcEndpointAccountId"));
  // S3 puts the agent into brackets.
  put("aws:UserAgent", textAt(event, "userAgent")?.replace(/^\[(.*)\]$/, "$1") ?? null);
  put("aws:RequestedRegion", textAt(event, "awsRegion"));
  put("aws:CurrentTime", textAt(event, "eventTime"));
  const tls = recordAt(event, "tlsDetails");
  if (tls !== null && textAt(tls, "tlsVersion") !== null) put("aws:SecureTransport", "true");

  const source = textAt(event, "eventSource") ?? "";
  const parameters = recordAt(event, "requestParameters");
  const known = Object.hasOwn(PARAMETERS, source) ? (PARAMETERS[source] ?? {}) : {};
  for (const [name, key] of Object.entries(known)) put(key, parameterText(parameters, name));
  if (source === "s3.amazonaws.com" && parameters !== null) {
    for (const name of Object.keys(parameters)) {
      const key = `s3:${name}`;
      if (name.startsWith("x-amz-") && actions.conditionKeyType(key) !== undefined)
        put(key, parameterText(parameters, name));
    }
  }
  return Object.fromEntries(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Parameters of queries arrive as texts, as numbers or as lists of one. */
function parameterText(parameters: JsonRecord | null, name: string): string | null {
  const value = parameters === null || !Object.hasOwn(parameters, name) ? undefined : parameters[name];
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof one === "string") return one;
  return typeof one === "number" || typeof one === "boolean" ? String(one) : null;
}
