/**
 * One region of one tenant, as the readers of services see it: clients that are made once, calls that are never too many at
 * once, and what several readers of a region need to know of each other's answers.
 */
import type { IAMClientConfig } from "@aws-sdk/client-iam";
import { bounded } from "../../../shared/paging.ts";
import { lookedUp } from "../refusal.ts";

/** How every client of a tenant is made: region, credentials, retries, and an endpoint where a stand-in of AWS answers. */
export interface ClientConfig extends Pick<IAMClientConfig, "region" | "credentials" | "maxAttempts" | "retryMode"> {
  readonly endpoint?: string;
}

/** What the clients of all services have in common, as far as it is used here. */
export interface AnyClient {
  readonly middlewareStack: { add(middleware: never, options: never): void };
  destroy(): void;
}

/** What was found of one kind of thing in one region, and why some of it could not be looked at. */
export interface Found<T> {
  readonly items: readonly T[];
  /** One reason for each thing that was refused. */
  readonly refused: readonly string[];
}

/** One region of one tenant. */
export interface Place {
  /** The 12 digits. */
  readonly tenant: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  /** Calls at once. */
  readonly concurrency: number;
  /** The client of a service in this region, made at the first call. `service` is the prefix of its permissions. */
  client<C extends AnyClient>(service: string, make: (config: ClientConfig) => C): C;
  /** The answer of `read`, asked for once in this region: two types of resources may need the same list. */
  once<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Another region of the same tenant. */
  at(region: string): Place;
  /** The place of what is in no region. */
  readonly home: Place;
  /** ARN of a role that a service may call by its name alone. */
  roleArn(role: string): string;
}

/** What all places of a tenant share. */
export interface PlaceParts {
  readonly tenant: string;
  readonly partition: string;
  /** Region of what is in no region. */
  readonly home: string;
  readonly config: ClientConfig;
  readonly concurrency: number;
  /** ARNs of the roles that the sweep told. */
  readonly roleArns: readonly string[];
  /** Counts the calls of a client and notes which call an error answers. */
  watch<C extends AnyClient>(service: string, client: C): C;
}

/** The places of a tenant, and the end of all their clients. */
export function placesOf(parts: PlaceParts): { at(region: string): Place; close(): void } {
  const places = new Map<string, Place>();
  const made: AnyClient[] = [];
  const gate = gateOf(parts.concurrency);
  const at = (region: string): Place => {
    const known = places.get(region);
    if (known !== undefined) return known;
    const clients = new Map<string, AnyClient>();
    const answers = new Map<string, Promise<unknown>>();
    const place: Place = {
      tenant: parts.tenant,
      partition: parts.partition,
      region,
      concurrency: parts.concurrency,
      client<C extends AnyClient>(service: string, make: (config: ClientConfig) => C): C {
        let client = clients.get(service);
        if (client === undefined) {
          client = gated(parts.watch(service, make({ ...parts.config, region })), gate);
          clients.set(service, client);
          made.push(client);
        }
        // One service, one kind of client.
        return client as C;
      },
      once<T>(key: string, read: () => Promise<T>): Promise<T> {
        let answer = answers.get(key);
        if (answer === undefined) {
          answer = read();
          answers.set(key, answer);
        }
        return answer as Promise<T>;
      },
      at,
      get home() {
        return at(parts.home);
      },
      roleArn: (role) =>
        role.startsWith("arn:")
          ? role
          : (parts.roleArns.find((arn) => arn.includes(":role/") && arn.endsWith(`/${role}`)) ??
            `arn:${parts.partition}:iam::${parts.tenant}:role/${role}`),
    };
    places.set(region, place);
    return place;
  };
  return {
    at,
    close() {
      for (const client of made) client.destroy();
    },
  };
}

/** Asks the same of many things. What vanished between two calls is no gap, unless `absent` says what its absence means. */
export async function each<T, R>(
  place: Place,
  call: string,
  things: readonly T[],
  read: (thing: T) => Promise<R>,
): Promise<Found<R>> {
  const items: R[] = [];
  const refused: string[] = [];
  for (const answer of await bounded(things, place.concurrency, (thing) => lookedUp(call, () => read(thing)))) {
    if (answer.state === "found") items.push(answer.value);
    else if (answer.state === "unreadable") refused.push(answer.why);
  }
  return { items, refused };
}

/** A list that was read whole. */
export const found = <T>(items: readonly T[]): Found<T> => ({ items, refused: [] });

/** The token of the next page: some services end a list with an empty one. */
export const tokenOf = (token: string | null | undefined): string | undefined =>
  token === null || token === "" ? undefined : token;

/** The roles that are there, each once. */
export const rolesOf = (...roles: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(roles.filter((role) => role !== undefined && role !== null && role !== ""))] as readonly string[];

type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets so many calls go on at once, over all regions and services of a tenant. */
function gateOf(limit: number): Gate {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function gated<C extends AnyClient>(client: C, gate: Gate): C {
  const middleware = (next: (args: unknown) => Promise<unknown>) => (args: unknown) => gate(() => next(args));
  client.middlewareStack.add(middleware as never, { step: "initialize", name: "leastwiseGate" } as never);
  return client;
}
