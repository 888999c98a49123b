import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as iamModule from "@aws-sdk/client-iam";
import * as stsModule from "@aws-sdk/client-sts";
import { AwsFault } from "./aws-fault.ts";
import type { BadDays } from "./bad-days.ts";
import { iamHandlers } from "./iam/index.ts";
import type { IamCall } from "./iam/call.ts";
import { identityStoreHandlers, ssoAdminHandlers } from "./identity-center.ts";
import { organizationsHandlers } from "./organizations.ts";
import { errorStatus, operationSchema, queryAnswer, queryFault, readForm, type SchemaModule } from "./schema-codec.ts";
import type { AwsSeed } from "./seed.ts";
import { regionalAnswer, regionalFault, regionalRequest, type RegionalRequest } from "./regional/answer.ts";
import { stsHandlers, type Caller } from "./sts.ts";
import { dumpTenant, type TenantState } from "./tenant-state.ts";
import { makeWorld, type FakeAwsOptions, type FakeWorld } from "./world.ts";

/** A running fake of AWS: IAM, STS, Organizations, Identity Center and what runs in its regions, on one loopback port. */
export interface FakeAws {
  readonly endpoint: string;
  /** Calls that arrived, by operation; refused and throttled ones count too. */
  readonly calls: ReadonlyMap<string, number>;
  /** Calls that were refused with `Throttling`. */
  readonly throttled: () => number;
  /** May be changed while it runs. */
  badDays: BadDays;
  tenant(id: string): TenantState;
  /** State of a tenant as text, equal when nothing is different. */
  dump(id: string): string;
  close(): Promise<void>;
}

type Handler = (input: never, caller: Caller) => object;

/** What one call came to; `cut` closes the connection half-way. */
interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly cut?: boolean;
}

const JSON_TARGETS: Readonly<Record<string, (world: FakeWorld) => Readonly<Record<string, Handler>>>> = {
  AWSOrganizationsV20161128: organizationsHandlers,
  SWBExternalService: ssoAdminHandlers,
  AWSIdentityStore: identityStoreHandlers,
};

/** A marker of IAM that leads to the first page again. */
const FIRST_PAGE = Buffer.from("after-0").toString("base64");

/** Starts a fake with the seed's state. Use it through the real SDK clients with `endpoint`. */
export async function startFakeAws(seed: AwsSeed, options: FakeAwsOptions = {}): Promise<FakeAws> {
  const world = makeWorld(seed, options);
  const calls = new Map<string, number>();
  const cuts = new Map<string, number>();
  let count = 0;
  let throttled = 0;
  const sts = stsHandlers(world) as Readonly<Record<string, Handler>>;

  /** `names`: all the names an operation may be meant by. */
  const misfortune = (names: readonly string[], text: string): Reply | AwsFault | undefined => {
    const { throttleEvery, denied, failing, html, deniedAfterFirstPage, expired } = fake.badDays;
    const meant = (list: readonly string[] | undefined): boolean => names.some((name) => list?.includes(name) === true);
    if (expired === true) return new AwsFault("ExpiredTokenException", "The security token has expired", 400);
    if (throttleEvery !== undefined && count % throttleEvery === 0) {
      throttled += 1;
      return new AwsFault("Throttling", "Rate exceeded", 400);
    }
    const later = /(?:^|[?&])(?:Marker|NextToken|continuation-token)=|"(?:[Nn]extToken|Marker)":/.test(text);
    if (meant(denied) || (later && meant(deniedAfterFirstPage))) {
      return new AwsFault("AccessDenied", `User: ${world.caller.arn} is not authorized to perform: ${names[0]}`, 403);
    }
    if (meant(failing)) return new AwsFault("InternalFailure", "something went wrong inside", 500);
    if (meant(html)) return { status: 500, type: "text/html", body: "<!doctype html><title>500</title>" };
    return undefined;
  };

  const isCut = (operation: string): boolean => {
    const left = (fake.badDays.cut?.[operation] ?? 0) - (cuts.get(operation) ?? 0);
    if (left > 0) cuts.set(operation, (cuts.get(operation) ?? 0) + 1);
    return left > 0;
  };

  function query(service: string, form: URLSearchParams, caller: Caller): Reply {
    const operation = form.get("Action") ?? "";
    const module: SchemaModule = service === "sts" ? stsModule : iamModule;
    const schema = operationSchema(module, operation);
    const handler = service === "sts" ? sts[operation] : iamHandlers[operation];
    if (schema === undefined || handler === undefined)
      throw new AwsFault("InvalidAction", `Could not find operation ${operation}`, 400);
    const input = readForm(schema.input, form) as never;
    let output: object;
    if (service === "sts") {
      output = (handler as Handler)(input, caller);
    } else {
      const tenant = world.tenants.get(caller.tenant);
      if (tenant === undefined)
        throw new AwsFault("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
      const call: IamCall = { ...world, tenant };
      output = (handler as (input: never, call: IamCall) => object)(input, call);
    }
    if (fake.badDays.repeatToken?.includes(operation) === true)
      output = { ...output, IsTruncated: true, Marker: form.get("Marker") ?? FIRST_PAGE };
    if (fake.badDays.noMarker?.includes(operation) === true)
      output = { ...output, IsTruncated: true, Marker: undefined };
    const canary = `<InternalNote>${world.canary}</InternalNote>`;
    return {
      status: 200,
      type: "text/xml",
      body: queryAnswer(operation, schema.output, output, canary),
      cut: isCut(operation),
    };
  }

  function json(target: string, text: string, caller: Caller): Reply {
    const [service = "", operation = ""] = target.split(".");
    const handler = JSON_TARGETS[service]?.(world)[operation];
    if (handler === undefined) throw new AwsFault("UnknownOperationException", `no ${target}`, 400);
    const input = JSON.parse(text) as { NextToken?: string };
    let output: object = handler(input as never, caller);
    if (fake.badDays.repeatToken?.includes(operation) === true)
      output = { ...output, NextToken: input.NextToken ?? "stuck" };
    return {
      status: 200,
      type: "application/x-amz-json-1.1",
      body: JSON.stringify({ ...output, InternalNote: world.canary }),
      cut: isCut(operation),
    };
  }

  function regional(request: RegionalRequest, region: string, caller: Caller, text: string): Reply {
    const name = `${request.service}:${request.operation}`;
    calls.set(name, (calls.get(name) ?? 0) + 1);
    const tenant = world.tenants.get(caller.tenant);
    try {
      const names = [name, `${name}@${region}`];
      const bad = misfortune(names, text);
      if (bad instanceof AwsFault) throw bad;
      if (bad !== undefined) return bad;
      if (tenant === undefined) throw new AwsFault("UnrecognizedClientException", "no such tenant", 403);
      const stuck = names.some((one) => fake.badDays.repeatToken?.includes(one) === true);
      const { pageSize, canary } = world;
      return { ...regionalAnswer(request, { tenant, region, pageSize, stuck, canary }), cut: isCut(name) };
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      return regionalFault(request, error);
    }
  }

  function answer(request: IncomingMessage, text: string): Reply {
    count += 1;
    const target = request.headers["x-amz-target"];
    const [, key = "", region = "", service = ""] =
      /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    const caller = world.sessions.get(key) ?? world.caller;
    const beyond = regionalRequest(service, request, typeof target === "string" ? target : "", text);
    if (beyond !== undefined) return regional(beyond, region, caller, `${request.url ?? ""} ${text}`);
    const form = new URLSearchParams(text);
    const operation = typeof target === "string" ? (target.split(".")[1] ?? "") : (form.get("Action") ?? "");
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    try {
      const bad = misfortune([operation], text);
      if (bad instanceof AwsFault) throw bad;
      if (bad !== undefined) return bad;
      return typeof target === "string" ? json(target, text, caller) : query(service, form, caller);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      if (typeof target === "string") {
        return {
          status: error.status,
          type: "application/x-amz-json-1.1",
          body: JSON.stringify({ __type: error.code, message: error.message }),
        };
      }
      const status = errorStatus(service === "sts" ? stsModule : iamModule, error.code) ?? error.status;
      return { status, type: "text/xml", body: queryFault(error) };
    }
  }

  const server = createServer((request, response) => {
    void respond(request, response);
  });
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    let reply: Reply;
    try {
      reply = answer(request, Buffer.concat(chunks).toString());
    } catch (error) {
      // A slip in the fake itself: say it in full, a test must not take it for a bad day.
      reply = {
        status: 400,
        type: "text/xml",
        body: queryFault(new AwsFault("FakeIsBroken", String(error instanceof Error ? error.stack : error))),
      };
    }
    response.writeHead(reply.status, {
      "content-type": reply.type,
      "content-length": Buffer.byteLength(reply.body),
      "x-amzn-requestid": `fake-${count}`,
    });
    if (reply.cut === true) {
      response.write(reply.body.slice(0, Math.floor(reply.body.length / 2)), () => response.destroy());
    } else {
      response.end(reply.body);
    }
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const tenantOf = (id: string): TenantState => {
    const tenant = world.tenants.get(id);
    if (tenant === undefined) throw new Error(`the fake has no tenant ${id}`);
    return tenant;
  };
  const fake: FakeAws = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    throttled: () => throttled,
    badDays: options.badDays ?? {},
    tenant: tenantOf,
    dump: (id) => dumpTenant(tenantOf(id)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}
