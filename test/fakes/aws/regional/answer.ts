/** Which call outside IAM a request is, and its answer in the service's own protocol. */
import * as cloudFormationModule from "@aws-sdk/client-cloudformation";
import * as snsModule from "@aws-sdk/client-sns";
import { AwsFault } from "../aws-fault.ts";
import { operationSchema, queryAnswer, queryFault, readForm, type SchemaModule } from "../schema-codec.ts";
import { JSON_SERVICES } from "./json-services.ts";
import { REST_SERVICES, ROUTES } from "./rest-services.ts";
import type { Input, RegionalCall } from "./thing.ts";
import { EC2, ec2Fault, QUERY_SERVICES, s3Answer, s3Fault, s3Operation } from "./xml-services.ts";

/** A call, found out by its path, its form or its header. */
export interface RegionalRequest {
  /** The name that the call is signed for. */
  readonly service: string;
  readonly operation: string;
  readonly protocol: "json" | "rest-json" | "query" | "ec2" | "s3";
  readonly input: Input;
  readonly url: URL;
  /** Name of the service in the header of JSON calls. */
  readonly target: string;
}

/** What is sent back. */
export interface RegionalReply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const QUERY_MODULES: Readonly<Record<string, SchemaModule>> = { cloudformation: cloudFormationModule, sns: snsModule };

/** The call outside IAM that a request is, or undefined: then it is one of IAM, STS, Organizations or Identity Center. */
export function regionalRequest(
  service: string,
  request: { readonly method?: string | undefined; readonly url?: string | undefined },
  target: string,
  text: string,
): RegionalRequest | undefined {
  const url = new URL(request.url ?? "/", "http://fake");
  const common = { service, url, target: "" };
  const [named = "", operation = ""] = target.split(".");
  if (JSON_SERVICES[named] !== undefined)
    return { ...common, operation, protocol: "json", input: JSON.parse(text) as Input, target: named };
  if (service === "s3") return { ...common, operation: s3Operation(url) ?? "", protocol: "s3", input: {} };
  if (REST_SERVICES[service] !== undefined) {
    for (const route of ROUTES) {
      const match = route.service === service && route.method === request.method ? route.path.exec(url.pathname) : null;
      if (match === null) continue;
      const inPath = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      const body = text === "" ? {} : (JSON.parse(text) as Input);
      const input = { ...Object.fromEntries(url.searchParams), ...body, ...Object.fromEntries(inPath) };
      return { ...common, operation: route.operation, protocol: "rest-json", input };
    }
    return { ...common, operation: "", protocol: "rest-json", input: {} };
  }
  const form = new URLSearchParams(text);
  const action = form.get("Action") ?? "";
  if (service === "ec2") return { ...common, operation: action, protocol: "ec2", input: Object.fromEntries(form) };
  const module = QUERY_MODULES[service];
  if (module === undefined) return undefined;
  const schema = operationSchema(module, action);
  return {
    ...common,
    operation: action,
    protocol: "query",
    input: schema === undefined ? {} : (readForm(schema.input, form) as Input),
  };
}

/** The answer of a call that goes well. Throws {@link AwsFault} as the service would refuse. */
export function regionalAnswer(request: RegionalRequest, call: RegionalCall): RegionalReply {
  const { service, operation, protocol, input, url, target } = request;
  const unknown = new AwsFault("UnknownOperationException", `no ${service}:${operation}`, 400);
  if (protocol === "s3") {
    if (operation === "") throw unknown;
    return { status: 200, type: "application/xml", body: s3Answer(operation, url, call) };
  }
  if (protocol === "ec2") {
    const handler = EC2[operation];
    if (handler === undefined) throw unknown;
    return {
      status: 200,
      type: "text/xml",
      body: `<${operation}Response><requestId>fake</requestId>${handler(input, call)}</${operation}Response>`,
    };
  }
  const handlers =
    protocol === "json"
      ? JSON_SERVICES[target]
      : protocol === "query"
        ? QUERY_SERVICES[service]
        : REST_SERVICES[service];
  const handler = handlers?.[operation];
  if (handler === undefined) throw unknown;
  const output = handler(input, call);
  if (protocol !== "query") {
    return {
      status: 200,
      type: protocol === "json" ? "application/x-amz-json-1.1" : "application/json",
      body: JSON.stringify({ ...output, InternalNote: call.canary }),
    };
  }
  const schema = operationSchema(QUERY_MODULES[service] ?? {}, operation);
  if (schema === undefined) throw unknown;
  const note = `<InternalNote>${call.canary}</InternalNote>`;
  return { status: 200, type: "text/xml", body: queryAnswer(operation, schema.output, output, note) };
}

/** A refusal in the service's own protocol. */
export function regionalFault({ protocol }: RegionalRequest, fault: AwsFault): RegionalReply {
  const { status, code, message } = fault;
  if (protocol === "s3") return { status, type: "application/xml", body: s3Fault(fault) };
  if (protocol === "ec2") return { status, type: "text/xml", body: ec2Fault(fault) };
  if (protocol === "query") return { status, type: "text/xml", body: queryFault(fault) };
  // Both members: a service with paths names the error where one with a header does not.
  return { status, type: "application/json", body: JSON.stringify({ __type: code, code, message }) };
}
