import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { GitHubPolicyKind, Policy } from "../../../src/model/policy.ts";
import { canonicalJson } from "../../../src/text/canonical-json.ts";
import { sha256 } from "../../../src/text/digest.ts";
import type { SweptRepository } from "../client.ts";
import type { OrganizationContext } from "../organization-context.ts";
import { instantOf } from "./parts.ts";

/** Names a reason gives before it only counts them. */
const NAMED = 2;

/** Where a control hangs: a repository or the organization, by its model id and by what people call it. */
export interface ControlHolder {
  readonly id: string;
  readonly locator: string;
}

/** The organization as the holder of controls. */
export const organizationHolder = ({ tenantId, login }: OrganizationContext): ControlHolder => ({
  id: tenantId,
  locator: login,
});

/** A repository as the holder of controls, by `owner/name`. */
export function repositoryHolder(context: OrganizationContext, nameWithOwner: string): ControlHolder {
  return { id: context.repositories.get(nameWithOwner)?.id ?? context.id(nameWithOwner), locator: nameWithOwner };
}

/** A control as a policy row: its document is the model type in canonical JSON, so that the same control has the same hash. */
export function control(
  context: OrganizationContext,
  kind: GitHubPolicyKind,
  holder: ControlHolder,
  fields: {
    readonly id: string;
    readonly name: string;
    readonly document: Observed<object>;
    readonly updatedAt?: string | undefined;
  },
): Policy {
  const { document } = fields;
  const text = document.known ? canonicalJson(document.value) : "";
  return {
    id: fields.id,
    system: "github",
    tenantId: context.tenantId,
    kind,
    name: fields.name,
    locator: `${holder.locator} ${kind.replaceAll("-", " ")} ${fields.name}`,
    holderId: holder.id,
    document: document.known ? known(text) : document,
    documentHash: document.known ? sha256(text) : "",
    versionId: null,
    updatedAt: instantOf(fields.updatedAt, "when it was changed"),
  };
}

/** The row that says: there may be more controls of this kind here, which nobody could read. */
export function unreadControl(
  context: OrganizationContext,
  kind: GitHubPolicyKind,
  holder: ControlHolder,
  why: string,
): Policy {
  return control(context, kind, holder, { id: `${holder.id}/${kind}/?`, name: "?", document: unknown(why) });
}

/**
 * The rows of repositories that had to answer and did not: refused, gone since the sweep, or left out of the recording. They stand
 * in no answer, so they are told by what the sweep promised.
 */
export function unansweredControls(
  context: OrganizationContext,
  kind: GitHubPolicyKind,
  expected: readonly SweptRepository[],
  answered: ReadonlySet<string>,
  why: string,
): readonly Policy[] {
  return expected
    .filter(({ name }) => !answered.has(name))
    .map(({ name }) => unreadControl(context, kind, repositoryHolder(context, name), why));
}

/** Why a kind is not whole, naming the first of those it is about; undefined when there are none. */
export function gapOver(names: readonly string[], what: string): string | undefined {
  if (names.length === 0) return undefined;
  const named = names.slice(0, NAMED).map((name) => `\`${name}\``);
  const more = names.length - named.length;
  return `${what} ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
