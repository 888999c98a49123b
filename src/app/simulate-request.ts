import type { AccessRequest } from "../policy/aws/access-request.ts";
import { GivenContext, type UnknownContext } from "../policy/aws/given-context.ts";
import { requestPrincipal, type RequestPrincipal } from "../policy/aws/request-principal.ts";
import { LineError, objectOf, shown, textsOf, unknownField, type Json } from "./line-error.ts";

const REQUEST_FIELDS: readonly string[] = [
  "principal",
  "principalTenant",
  "action",
  "resource",
  "resourceTenant",
  "context",
];
const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/;
const TENANT = /^\d{12}$/;
/** Actions and keys are few and come a million times: each is folded once, and no more than this many are kept. */
const MOST_FOLDED = 10_000;

type Context = ReadonlyMap<string, readonly string[] | null>;

/** Reads the request of lines. */
export class RequestReader {
  readonly #actions = new Map<string, string>();
  readonly #keys = new Map<string, string>();

  /** The request of a line, one for each of its resources. Throws a `LineError` that names what is wrong. */
  requests(given: Json, unknown: UnknownContext): readonly [AccessRequest, ...AccessRequest[]] {
    const request = objectOf(given, "`request`");
    for (const key in request) if (!REQUEST_FIELDS.includes(key)) throw unknownField(key, REQUEST_FIELDS, "request.");
    const principal = principalOf(request["principal"], request["principalTenant"]);
    const action = this.#action(request["action"]);
    const { resource, resourceTenant } = request;
    if (resourceTenant !== undefined && (typeof resourceTenant !== "string" || !TENANT.test(resourceTenant)))
      throw new LineError(`\`request.resourceTenant\` is not 12 digits${shown(resourceTenant)}`);
    const context = this.#context(request["context"]);
    const about = (one: Json): AccessRequest => {
      if (!isResource(one)) throw new LineError(`\`request.resource\` is neither an ARN nor \`*\`${shown(one)}`);
      const tenant = resourceTenant ?? tenantOf(one) ?? principal.tenant;
      return {
        principal,
        action,
        resource: one,
        resourceTenant: tenant,
        context: new GivenContext(context, principal, tenant, unknown),
      };
    };
    if (!Array.isArray(resource)) return [about(resource)];
    const [first, ...more] = resource as Json[];
    return [about(first), ...more.map(about)];
  }

  #action(action: Json): string {
    let folded = typeof action === "string" ? this.#actions.get(action) : undefined;
    if (folded !== undefined) return folded;
    if (typeof action !== "string" || !ACTION.test(action))
      throw new LineError(`\`request.action\` is not an action like \`s3:GetObject\`${shown(action)}`);
    folded = action.toLowerCase();
    if (this.#actions.size < MOST_FOLDED) this.#actions.set(action, folded);
    return folded;
  }

  #context(given: Json): Context | null {
    if (given === undefined) return null;
    const entries = objectOf(given, "`request.context`");
    const context = new Map<string, readonly string[] | null>();
    for (const key in entries) {
      let folded = this.#keys.get(key);
      if (folded === undefined) {
        folded = key.toLowerCase();
        if (this.#keys.size < MOST_FOLDED) this.#keys.set(key, folded);
      }
      const value = entries[key];
      if (typeof value === "string") context.set(folded, [value]);
      else context.set(folded, value === null ? null : textsOf(value, `request.context.${key}`));
    }
    return context;
  }
}

/** What of the context is not known where it was not given. */
export function unknownContextOf(given: Json): UnknownContext {
  if (given === undefined) return false;
  if (typeof given === "boolean") return given;
  return textsOf(given, "unknownContext").map((key) => key.toLowerCase());
}

function principalOf(text: Json, tenant: Json): RequestPrincipal {
  const principal = typeof text === "string" ? requestPrincipal(text) : undefined;
  if (principal === undefined)
    throw new LineError(
      `\`request.principal\` is neither the ARN of a user, role, session or root, nor a service, nor \`*\`${shown(text)}`,
    );
  if (tenant === undefined) return principal;
  if (typeof tenant !== "string" || !TENANT.test(tenant))
    throw new LineError(`\`request.principalTenant\` is not 12 digits${shown(tenant)}`);
  if (principal.tenant !== null && principal.tenant !== tenant)
    throw new LineError(
      `\`request.principalTenant\` is \`${tenant}\`, but the principal's ARN says \`${principal.tenant}\``,
    );
  return { ...principal, tenant };
}

function isResource(text: Json): text is string {
  return typeof text === "string" && (text.startsWith("arn:") || /^[*?]+$/.test(text));
}

function tenantOf(arn: string): string | undefined {
  if (!arn.startsWith("arn:")) return undefined;
  let from = 0;
  for (let colons = 0; colons < 4; colons += 1) {
    from = arn.indexOf(":", from) + 1;
    if (from === 0) return undefined;
  }
  const end = arn.indexOf(":", from);
  if (end - from !== 12) return undefined;
  const tenant = arn.slice(from, end);
  return TENANT.test(tenant) ? tenant : undefined;
}
