import { wildcardMatches } from "./wildcard.ts";
import type { ContextValue, RequestContext } from "./request-context.ts";
import type { RequestPrincipal } from "./request-principal.ts";

/** What of the context is not known where it was not given: nothing (it is absent then), everything, or keys by pattern (lower case). */
export type UnknownContext = boolean | readonly string[];

const TRUE: readonly string[] = ["true"];
const FALSE: readonly string[] = ["false"];
const TYPES: Readonly<Record<RequestPrincipal["kind"], readonly string[] | null>> = {
  user: ["User"],
  role: ["AssumedRole"],
  session: ["AssumedRole"],
  "federated-user": ["FederatedUser"],
  root: ["Account"],
  anonymous: ["Anonymous"],
  provider: null,
  service: null,
};

/**
 * The context as somebody gave it, filled up with the keys that follow from who asks and where the resource lies
 * ("AWS global condition context keys", IAM User Guide). A key given as `null` is known to be absent.
 */
export class GivenContext implements RequestContext {
  readonly #given: ReadonlyMap<string, readonly string[] | null> | null;
  readonly #principal: RequestPrincipal;
  readonly #resourceTenant: string | null;
  readonly #unknown: UnknownContext;

  constructor(
    given: ReadonlyMap<string, readonly string[] | null> | null,
    principal: RequestPrincipal,
    resourceTenant: string | null,
    unknown: UnknownContext,
  ) {
    this.#given = given;
    this.#principal = principal;
    this.#resourceTenant = resourceTenant;
    this.#unknown = unknown;
  }

  get(key: string): ContextValue {
    const given = this.#given?.get(key);
    if (given !== undefined) return given;
    const derived = this.#derived(key);
    if (derived !== undefined) return derived;
    const unknown = this.#unknown;
    if (unknown === false) return null;
    return unknown === true || unknown.some((pattern) => wildcardMatches(pattern, key)) ? undefined : null;
  }

  #derived(key: string): ContextValue {
    const { kind, tenant, name, principalArn } = this.#principal;
    switch (key) {
      case "aws:username":
        return kind === "user" ? [name] : null;
      case "aws:principalarn":
        return kind === "anonymous" || kind === "service" || kind === "provider" ? null : [principalArn];
      case "aws:principalaccount":
        return tenant === null || kind === "provider" ? null : [tenant];
      case "aws:principaltype":
        return TYPES[kind];
      case "aws:principalisawsservice":
        return kind === "service" ? TRUE : FALSE;
      case "aws:principalservicename":
        return kind === "service" ? [name] : null;
      case "aws:resourceaccount":
        return this.#resourceTenant === null ? undefined : [this.#resourceTenant];
      default:
        return undefined;
    }
  }
}
