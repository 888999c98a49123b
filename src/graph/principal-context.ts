import type { Principal } from "../model/principal.ts";
import { GivenContext, type UnknownContext } from "../policy/aws/given-context.ts";
import type { ContextValue, RequestContext } from "../policy/aws/request-context.ts";
import type { RequestPrincipal } from "../policy/aws/request-principal.ts";

const PRINCIPAL_TAG = "aws:principaltag/";
const RESOURCE_TAGS = ["aws:resourcetag/", "iam:resourcetag/"] as const;
const BOUNDARY = "iam:permissionsboundary";

/** Keys whose values depend on the IAM principal that is acted on. */
export function dependsOnTarget(key: string): boolean {
  return key === BOUNDARY || isTargetTag(key);
}

/** Whether a key is a tag of the IAM principal that is acted on. */
export function isTargetTag(key: string): boolean {
  return RESOURCE_TAGS.some((prefix) => key.startsWith(prefix));
}

/** What of a request is known beside who asks. */
export interface KnownOfRequest {
  readonly given?: ReadonlyMap<string, readonly string[] | null> | null;
  readonly resourceTenant: string | null;
  /** The user, role or group that is acted on, where it is one: its tags and boundary are keys of the request. */
  readonly target?: Principal | undefined;
  readonly unknown: UnknownContext;
}

/**
 * The context of a request by a principal of the graph: its tags are `aws:PrincipalTag/…`, those of the principal it acts on
 * `aws:ResourceTag/…` and `iam:ResourceTag/…`. A role's sessions can bring more tags, so a tag it lacks is unknown, not absent.
 */
export class PrincipalContext implements RequestContext {
  readonly #inner: GivenContext;
  readonly #principal: Principal;
  readonly #target: Principal | undefined;
  readonly #given: ReadonlyMap<string, readonly string[] | null> | null;
  readonly #strict: boolean;

  constructor(principal: Principal, asked: RequestPrincipal, known: KnownOfRequest) {
    this.#given = known.given ?? null;
    this.#inner = new GivenContext(this.#given, asked, known.resourceTenant, known.unknown);
    this.#principal = principal;
    this.#target = known.target;
    this.#strict = known.unknown === false;
  }

  get(key: string): ContextValue {
    const given = this.#given?.get(key);
    if (given !== undefined) return given;
    if (key.startsWith(PRINCIPAL_TAG)) {
      const value = tagOf(this.#principal, key.slice(PRINCIPAL_TAG.length));
      return value === null && this.#principal.kind !== "user" && !this.#strict ? undefined : value;
    }
    if (this.#target !== undefined) {
      for (const prefix of RESOURCE_TAGS)
        if (key.startsWith(prefix)) return tagOf(this.#target, key.slice(prefix.length));
      if (key === BOUNDARY) {
        const boundary = this.#target.attributes["boundary"];
        return typeof boundary === "string" ? [boundary] : boundary === null ? null : undefined;
      }
    }
    return this.#inner.get(key);
  }
}

/** The value of a tag, by its key in lower case; null without it, undefined where tags were not read. */
export function tagOf({ tags }: Principal, folded: string): ContextValue {
  if (!tags.known) return undefined;
  const found = Object.entries(tags.value).find(([name]) => name.toLowerCase() === folded);
  return found === undefined ? null : [found[1]];
}
