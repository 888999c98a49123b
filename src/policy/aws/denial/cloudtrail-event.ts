import type { Denial, DenialReading, NeededAccess } from "../../denial.ts";
import type { ActionTable } from "../action-table.ts";
import { actionsOfCall, servicePrefix } from "./call-actions.ts";
import { encodedPart } from "./encoded-message.ts";
import { isDenialCode } from "./error-code.ts";
import { eventContext } from "./event-context.ts";
import { eventIdentity } from "./event-identity.ts";
import { copySides, eventResource } from "./event-resource.ts";
import { NOTHING_STATED } from "./message-grammar.ts";
import { tenantOf } from "./named.ts";
import { otherCause } from "./not-access.ts";
import { plainText } from "./plain-text.ts";
import { readBareRefusal, readSentence } from "./read-message.ts";
import { recordAt, textAt, type JsonRecord } from "./record.ts";

/** Whether an object is a CloudTrail event. */
export function isCloudTrailEvent(value: JsonRecord): boolean {
  return typeof value["eventName"] === "string" && typeof value["eventSource"] === "string";
}

/**
 * A CloudTrail event. Its message is read like any other and outweighs its name: `iam:PassRole` is refused in calls of other
 * services. Source: "CloudTrail record contents", AWS CloudTrail User Guide.
 */
export function readCloudTrailEvent(event: JsonRecord, actions: ActionTable): DenialReading {
  const code = textAt(event, "errorCode");
  const message = plainText(textAt(event, "errorMessage") ?? "");
  if (code === null && message === "") {
    return { kind: "unreadable", hint: "the event shows no error: nothing was denied" };
  }
  const sentence = readSentence(message, actions);
  const bare = sentence ?? readBareRefusal(message);
  const denied = code === null ? bare !== null : isDenialCode(code) || sentence !== null;
  if (sentence === null) {
    const other = otherCause(code, message, denied);
    if (other !== null) return other;
  }
  if (!denied) {
    return { kind: "unreadable", hint: `the event failed with \`${code ?? message}\`, which says nothing of access` };
  }
  const call = textAt(event, "eventName") ?? "";
  const { possible, ...action } = actionOf(event, call, bare?.action ?? null, actions);
  const identity = eventIdentity(event);
  const told = bare?.resource ?? null;
  const found = action.action === null || told !== null ? null : eventResource(event, action.action, actions);
  // A refusal of another action than the call's is about another resource than the call's.
  const trusted =
    action.actionFrom === "operation" || actionsOf(event, call, actions).includes(action.action ?? "") ? found : null;
  const resource = told ?? trusted?.name ?? null;
  return {
    kind: "denial",
    system: "aws",
    source: "cloudtrail",
    principal: identity.principal ?? bare?.principal ?? null,
    principalTenant: identity.tenant ?? tenantOf(bare?.principal ?? null),
    ...action,
    possible,
    resource,
    resourceTenant: tenantOf(resource) ?? trusted?.tenant ?? listedTenant(event, resource, actions, action.action),
    stated: bare?.stated ?? NOTHING_STATED,
    statedStatements: [],
    context: eventContext(event, actions),
    operation: call,
    code,
    requestId: textAt(event, "requestID"),
    at: textAt(event, "eventTime"),
    region: textAt(event, "awsRegion"),
    encodedMessage: encodedPart(message)?.encoded ?? null,
  };
}

function actionsOf(event: JsonRecord, call: string, actions: ActionTable): readonly string[] {
  const prefix = servicePrefix(textAt(event, "eventSource") ?? "", actions);
  const names = prefix === null ? [] : actionsOfCall(prefix, call, actions);
  const versioned = textAt(recordAt(event, "requestParameters"), "versionId") !== null;
  // S3 authorises a version of an object by an action of its own.
  return names.map((name) => (versioned && /^s3:(?:Get|Delete)Object$/.test(name) ? `${name}Version` : name));
}

function actionOf(
  event: JsonRecord,
  call: string,
  stated: string | null,
  actions: ActionTable,
): Pick<Denial, "action" | "actionFrom" | "possible"> {
  if (stated !== null) return { action: stated, actionFrom: "stated", possible: [] };
  const names = actionsOf(event, call, actions);
  const [only] = names;
  if (only !== undefined && names.length === 1) return { action: only, actionFrom: "operation", possible: [] };
  const sides = copySides(event);
  const possible = names.map((action): NeededAccess => ({
    action,
    resource: action === "s3:GetObject" ? sides.from : action === "s3:PutObject" ? sides.to : null,
  }));
  return { action: null, actionFrom: null, possible };
}

/** Whose a resource is that the message names and the event lists: ARNs of buckets do not say. */
function listedTenant(
  event: JsonRecord,
  resource: string | null,
  actions: ActionTable,
  action: string | null,
): string | null {
  if (resource === null || action === null) return null;
  const listed = eventResource(event, action, actions);
  return listed?.name === resource ? listed.tenant : null;
}
