import type { Denial, StatedStatement, Unreadable } from "../../denial.ts";
import type { ActionTable } from "../action-table.ts";
import { NOTHING_STATED } from "./message-grammar.ts";
import { namedPrincipal, namedResource, regionOf, tenantOf } from "./named.ts";
import { listAt, record, recordAt, textAt, type JsonRecord } from "./record.ts";

/** Whether an object is a decoded authorization message. */
export function isDecodedMessage(value: JsonRecord): boolean {
  return typeof value["allowed"] === "boolean" && recordAt(value, "context") !== null;
}

/**
 * A decoded authorization message. Its lists are `{ "items": [{ "value": … }] }` throughout.
 * Source: "DecodeAuthorizationMessage", STS API Reference.
 */
export function readDecodedMessage(message: JsonRecord, actions: ActionTable): Denial | Unreadable {
  if (message["allowed"] === true) {
    return { kind: "unreadable", hint: "the decoded message says the request was allowed: it holds no refusal" };
  }
  const context = recordAt(message, "context");
  const principal = namedPrincipal(textAt(recordAt(context, "principal"), "arn") ?? "");
  const resource = namedResource(textAt(context, "resource") ?? "");
  const explicit = message["explicitDeny"];
  const keys = conditionValues(context);
  return {
    kind: "denial",
    system: "aws",
    source: "decoded-message",
    principal,
    principalTenant: tenantOf(principal),
    ...decodedAction(textAt(context, "action"), keys, actions),
    possible: [],
    resource,
    resourceTenant: tenantOf(resource),
    stated: { ...NOTHING_STATED, explicit: typeof explicit === "boolean" ? explicit : null },
    statedStatements: items(message, "matchedStatements").map(statement),
    context: keys,
    operation: null,
    code: null,
    requestId: null,
    at: null,
    region:
      keys["aws:RequestedRegion"]?.[0] ?? keys["ec2:Region"]?.[0] ?? keys["aws:Region"]?.[0] ?? regionOf(resource),
    encodedMessage: null,
  };
}

function items(from: JsonRecord | null, name: string): readonly JsonRecord[] {
  return listAt(recordAt(from, name), "items").flatMap((item): readonly JsonRecord[] => {
    const object = record(item);
    return object === null ? [] : [object];
  });
}

function values(from: JsonRecord, name: string): readonly string[] {
  return items(from, name).flatMap((item) => textAt(item, "value") ?? []);
}

function conditionValues(context: JsonRecord | null): Readonly<Record<string, readonly string[]>> {
  const keys = items(context, "conditions").flatMap((item) => {
    const key = textAt(item, "key");
    return key === null ? [] : [[key, values(item, "values")] as const];
  });
  return Object.fromEntries(keys.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** `ec2:RunInstances`, or the bare name beside the service in `aws:Service`. */
function decodedAction(
  said: string | null,
  keys: Readonly<Record<string, readonly string[]>>,
  actions: ActionTable,
): Pick<Denial, "action" | "actionFrom"> {
  if (said !== null && /^[\w-]+:[\w*]+$/.test(said)) return { action: said, actionFrom: "stated" };
  const [service] = keys["aws:Service"] ?? [];
  const id = said === null || service === undefined ? undefined : actions.idOf(`${service}:${said}`);
  return id === undefined ? { action: null, actionFrom: null } : { action: actions.nameOf(id), actionFrom: "stated" };
}

function statement(item: JsonRecord): StatedStatement {
  const effect = textAt(item, "effect")?.toLowerCase();
  return {
    sid: textAt(item, "statementId"),
    effect: effect === "deny" ? "Deny" : effect === "allow" ? "Allow" : null,
    actions: values(item, "actions"),
    resources: values(item, "resources"),
  };
}
