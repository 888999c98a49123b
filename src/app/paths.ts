import { Escalation, type PathsAsked } from "../graph/escalation/escalation.ts";
import type { PathHop } from "../graph/escalation/paths.ts";
import type { Asker, AskerFound } from "../graph/questions/asker.ts";
import { actionsOn } from "../graph/questions/actions-on.ts";
import { ResourceSides } from "../graph/questions/resource-side.ts";
import { resourceTarget } from "../graph/questions/resource-target.ts";
import { AuditError } from "../model/audit-error.ts";
import { layersInOrder, type AssumedLayer } from "./assumed.ts";
import { askedAction, askedResource } from "./asked-request.ts";
import { gitHubActors } from "./github-actors.ts";
import {
  ambiguous,
  askerCalled,
  askersOf,
  doesNotAct,
  namesIn,
  noPrincipal,
  tenantCalled,
  type Questioned,
} from "./questions.ts";

/** The answer of `paths`. */
export interface PathsDocument {
  readonly schema: "leastwise/paths@1";
  readonly paths: readonly {
    readonly principal: string;
    readonly principalId: string;
    /** `admin`, or the ARN that was asked for. */
    readonly target: string;
    readonly state: "yes" | "conditional" | "unknown";
    readonly hops: readonly PathHop[];
    /** Model id of the tenant that is administered, or in which the target lies. */
    readonly tenant: string;
    readonly assumes: readonly AssumedLayer[];
  }[];
  /** Principals that were asked. */
  readonly examined: number;
  /** Further first steps, which go through the same grants. */
  readonly omitted: number;
}

/** What is asked on the command line. */
export interface PathsQuestion {
  readonly principal?: string;
  /** `admin`, or an ARN or name of a principal, or the ARN of a resource. */
  readonly to?: string;
  readonly action?: string;
  readonly tenant?: string;
}

/** The ways to a target: the surest and shortest for every distinct first grant that could be revoked. */
export function pathsDocument(questioned: Questioned, question: PathsQuestion): PathsDocument {
  const escalation = new Escalation(questioned.graph, questioned.table);
  const tenant = question.tenant === undefined ? undefined : tenantCalled(question.tenant, questioned).id;
  const from = question.principal === undefined ? undefined : source(question.principal, escalation, questioned);
  const { target, assumes: ofTarget = [] } = targetOf(question, tenant, escalation, questioned);
  const answer = escalation.paths({
    ...(from === undefined ? {} : { principalId: from }),
    ...(target === undefined ? {} : { target }),
    ...(tenant === undefined ? {} : { tenantId: tenant }),
  });
  return {
    schema: "leastwise/paths@1",
    paths: answer.paths.map(({ principal, target: reached, tenantId, state, hops, assumes }) => ({
      principal: principal.locator,
      principalId: principal.id,
      target: reached,
      state,
      hops,
      tenant: tenantId,
      assumes: layersInOrder([...assumes, ...ofTarget]),
    })),
    // Who is asked about is examined, also where no role lets in what it pushes.
    examined: from === undefined ? answer.examined : 1,
    omitted: answer.omitted,
  };
}

const PRINCIPAL_ARN = /^arn:[^:]+:(iam::\d{12}:(user\/|role\/|group\/|root$)|sts:|sso:)/;

/** Whom paths are asked of, in AWS or on GitHub. Throws `settings` for what paths do not begin at. */
function source(text: string, escalation: Escalation, questioned: Questioned): string {
  const { graph, where } = questioned;
  const askers = askersOf(graph, escalation.engine);
  const inAws = askers.find(text);
  const onGitHub = gitHubActors(text, graph, escalation.bridge().actors);
  if (onGitHub.length === 0 && inAws.kind === "none")
    throw noPrincipal(text, where, [...namesIn(graph, "aws"), ...namesIn(graph, "github")]);
  if (onGitHub.length === 0) return sourceInAws(askerCalled(text, askers, questioned), escalation);
  const ids = [...idsOf(inAws), ...onGitHub.map(({ id }) => id)];
  const [only] = onGitHub;
  if (ids.length > 1 || only === undefined) throw ambiguous(text, ids);
  if (only.isGroup && only.principal !== undefined) throw doesNotAct(only.principal, graph);
  // Whoever no role lets in has no paths: that is an answer.
  return only.id;
}

function idsOf(found: AskerFound): readonly string[] {
  if (found.kind === "found") return [found.asker.id];
  if (found.kind === "ambiguous") return found.principals.map(({ id }) => id);
  return found.kind === "does-not-act" ? [found.principal.id] : [];
}

function sourceInAws({ id, locator, principal }: Asker, escalation: Escalation): string {
  if (escalation.sources().some((one) => one.id === id)) return id;
  throw new AuditError("settings", "no-source", `paths do not begin at \`${locator}\``, {
    hint:
      principal?.kind === "root"
        ? "the root user administers its tenant already"
        : principal?.attributes["serviceLinked"] === true
          ? "only AWS itself acts as a service-linked role"
          : "no role of the collected tenants trusts it",
  });
}

function targetOf(
  { to = "admin", action }: PathsQuestion,
  tenant: string | undefined,
  { engine }: Escalation,
  questioned: Questioned,
): { readonly target?: PathsAsked["target"]; readonly assumes?: readonly AssumedLayer[] } {
  const { graph, table } = questioned;
  const askers = askersOf(graph, engine);
  const found = to === "admin" ? undefined : askers.find(to);
  const principal = found?.kind === "found" ? found.asker.principal : undefined;
  const resource = to.startsWith("arn:") && !PRINCIPAL_ARN.test(to);
  if (action !== undefined && !resource)
    throw new AuditError("settings", "action-of-no-resource", "`--action` narrows paths to a resource only", {
      hint: "give the resource's ARN with `--to`",
    });
  if (to === "admin") return {};
  if (resource) {
    const actions = action === undefined ? actionsOn(table, to) : [askedAction(action, table).name];
    if (actions.length === 0)
      throw new AuditError("settings", "no-action", `AWS documents no action on \`${to}\``, {
        hint: "give the ARN of a resource, or the action with `--action`",
      });
    const arn = askedResource(to);
    const sides = new ResourceSides(graph, engine.reader, table);
    const where = sides.side(actions[0] ?? "", arn, null).tenant ?? whereItLies(arn, tenant, engine);
    return resourceTarget(engine, sides, arn, actions, where);
  }
  if (principal !== undefined && engine.byId.has(principal.id)) return { target: { principal } };
  if (found?.kind === "found")
    throw new AuditError("settings", "no-target", `nobody becomes \`${to}\``, {
      hint: "give `admin`, the ARN of a user or role, or of a resource",
    });
  if (found?.kind === "none" && gitHubActors(to, graph).length > 0)
    throw new AuditError("settings", "no-target", `nobody becomes \`${to}\`, which acts on GitHub`, {
      hint: "give `admin`, the ARN of a user or role, or of a resource",
    });
  askerCalled(to, askers, questioned);
  return {};
}

/** The tenant (12 digits) of a resource whose ARN does not tell and that was not read. */
function whereItLies(arn: string, tenant: string | undefined, { actors }: Escalation["engine"]): string {
  const there = new Set(actors.map(({ tenantId }) => tenantId));
  const [only] = there;
  const found = tenant ?? (there.size === 1 ? only : undefined);
  if (found !== undefined) return found.slice("aws:".length);
  throw new AuditError("settings", "which-tenant", `the ARN \`${arn}\` does not tell in which tenant it lies`, {
    hint: "name it with `--tenant`",
  });
}
