import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type {
  Protection,
  ProtectionActor,
  ProtectionDemand,
  RepositorySelection,
} from "../../../src/model/protection.ts";
import { hasRulesets, mayMintTokens } from "../asked-repositories.ts";
import type { NamedRuleset } from "../client.ts";
import type { OrganizationContext } from "../organization-context.ts";
import { repositoryOf, type RecordedRequest } from "../raw.ts";
import type { RawRule, RawRuleset } from "../raw-controls.ts";
import { rulesetBypass } from "./bypass-actors.ts";
import {
  control,
  gapOver,
  organizationHolder,
  repositoryHolder,
  unansweredControls,
  unreadControl,
  type ControlHolder,
} from "./control.ts";
import type { Convert } from "./converted.ts";

/** Routes of the step: lists, and each ruleset by itself, since only that shows its rules. */
export const RULESET_ROUTES = {
  organizationList: "GET /orgs/{org}/rulesets",
  organizationOne: "GET /orgs/{org}/rulesets/{ruleset_id}",
  repositoryList: "GET /repos/{owner}/{repo}/rulesets",
  repositoryOne: "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}",
} as const;

/**
 * Rulesets of the organization, its enterprise and of repositories, and who each does not hold for. One of the enterprise is about the
 * repositories that name it; whether it is about others, which were not asked, is open unless it says so.
 */
export const rulesets: Convert = (requests, context) => {
  const whole = new Map<number, RawRuleset>();
  for (const { route, answer } of requests)
    if (route === RULESET_ROUTES.organizationOne || route === RULESET_ROUTES.repositoryOne)
      whole.set((answer as RawRuleset).id, answer as RawRuleset);
  const policies: Policy[] = [];
  const answered = new Set<string>();
  const silent: string[] = [];
  let actors = 0;
  let rows = 0;
  let organizationAnswered = false;
  const add = (
    holder: ControlHolder,
    list: readonly (NamedRuleset & Partial<RawRuleset>)[],
    about: About = null,
  ): void => {
    for (const listed of list) {
      const raw = whole.get(listed.id);
      // Rulesets about repositories themselves (their names, who may delete them) limit no ref.
      if ((raw ?? listed).target === "repository") continue;
      rows += 1;
      const bypass = raw === undefined ? undefined : rulesetBypass(context, raw);
      if (bypass?.known === true) actors += bypass.value.length;
      else silent.push(listed.name);
      policies.push(rulesetPolicy(context, holder, listed, raw, bypass, about));
    }
  };
  for (const request of requests) {
    const list = request.answer as readonly RawRuleset[];
    if (request.route === RULESET_ROUTES.organizationList) {
      organizationAnswered = true;
      add(organizationHolder(context), list);
    } else if (request.route === RULESET_ROUTES.repositoryList && !withParents(request)) {
      answered.add(repositoryOf(request));
      add(repositoryHolder(context, repositoryOf(request)), list);
    }
  }
  const { repositories } = context.sweep();
  for (const { name, namedRulesets } of repositories) {
    // Whose list was not asked for: the sweep named them.
    if (namedRulesets === undefined || namedRulesets === null || namedRulesets.length === 0 || answered.has(name))
      continue;
    answered.add(name);
    add(repositoryHolder(context, name), namedRulesets);
  }
  const inherited = new Set(requests.filter(withParents).map(repositoryOf));
  const told = new Set(policies.map(({ id }) => id));
  const news = inheritedIn(requests).filter(
    ({ listed }) => !organizationAnswered || (isOfEnterprise(listed) && !told.has(context.id(`ruleset-${listed.id}`))),
  );
  const elsewhere: Policy[] = [];
  for (const places of Map.groupBy(news, ({ listed }) => listed.id).values()) {
    const [first] = places;
    if (first === undefined) continue;
    // Which others the organization chose nobody shows: it is about those that say so.
    add(organizationHolder(context), [first.listed], { only: places.map(({ repository }) => repository) });
    const [raw, all] = [whole.get(first.listed.id), repositories.every(({ name }) => inherited.has(name))];
    if (organizationAnswered && !all && raw !== undefined && raw.target !== "repository") {
      const [holder, bypass] = [organizationHolder(context), rulesetBypass(context, raw)];
      elsewhere.push(rulesetPolicy(context, holder, first.listed, raw, bypass, { allBut: [...inherited] }));
    }
  }
  if (!organizationAnswered && inherited.size === 0)
    policies.push(unreadControl(context, "ruleset", organizationHolder(context), ORGANIZATION_UNREAD));
  const expected = repositories.filter(hasRulesets);
  const why = "GitHub counts rulesets here and showed none";
  policies.push(...unansweredControls(context, "ruleset", expected, answered, why));
  // Of the enterprise only those that may mint tokens are asked; one that did not answer may have any.
  const unasked =
    inherited.size === 0
      ? []
      : repositories.filter((one) => !inherited.has(one.name) && (!organizationAnswered || mayMintTokens(one)));
  const unread = organizationAnswered ? ENTERPRISE_UNREAD : ORGANIZATION_UNREAD;
  const said = new Set(expected.filter(({ name }) => !answered.has(name)).map(({ name }) => name));
  policies.push(...unansweredControls(context, "ruleset", unasked, said, unread));
  const ruleless = policies.filter(({ document, name }) => !document.known && name !== "?").map(({ name }) => name);
  const hidden = gapOver(silent, "GitHub does not show who bypasses ruleset");
  const allHidden = silent.length > 0 && silent.length === rows;
  return {
    records: { policies: [...policies, ...elsewhere] },
    kinds: {
      ruleset: { items: rows - ruleless.length, gap: gapOver(ruleless, "GitHub does not show the rules of ruleset") },
      "bypass-actor": {
        items: actors,
        gap: hidden,
        ...(allHidden ? { denied: `${hidden}: it shows that to those who may change the ruleset` } : {}),
      },
    },
  };
};

const ORGANIZATION_UNREAD = "rulesets of the organization were not read";
const ENTERPRISE_UNREAD = "rulesets of the enterprise were not read";

/** Which repositories a ruleset of a higher level is about, where it does not say that itself. */
type About = { readonly only: readonly string[] } | { readonly allBut: readonly string[] } | null;

function rulesetPolicy(
  context: OrganizationContext,
  holder: ControlHolder,
  listed: NamedRuleset & Partial<RawRuleset>,
  whole: RawRuleset | undefined,
  bypass: Observed<readonly ProtectionActor[]> | undefined,
  about: About,
): Policy {
  const { id, name, updated_at: updatedAt } = whole ?? listed;
  return control(context, "ruleset", holder, {
    id: context.id(`ruleset-${id}${about !== null && "allBut" in about ? "-elsewhere" : ""}`),
    name,
    updatedAt,
    document:
      whole?.rules === undefined || bypass === undefined
        ? unknown(`the rules of ruleset \`${name}\` were not read`)
        : known({
            ...protectionOf(whole, whole.rules, bypass),
            ...(about === null
              ? {}
              : { repositories: "only" in about ? only(about.only) : allBut(about.allBut, whole) }),
          }),
  });
}

/** Whether a list was asked for with what repositories inherit. */
const withParents = ({ route, parameters }: RecordedRequest): boolean =>
  route === RULESET_ROUTES.repositoryList &&
  [true, "true"].includes(parameters["includes_parents"] as boolean | string);

/** The rulesets of higher levels that repositories say hold for them. */
function inheritedIn(
  requests: readonly RecordedRequest[],
): readonly { readonly listed: RawRuleset; readonly repository: string }[] {
  return requests
    .filter(withParents)
    .flatMap((request) =>
      (request.answer as readonly RawRuleset[])
        .filter(isInherited)
        .map((listed) => ({ listed, repository: repositoryOf(request) })),
    );
}

/** Whether a ruleset in the list of a repository is of a higher level. */
export const isInherited = ({ source_type: level }: Pick<RawRuleset, "source_type">): boolean =>
  level === "Organization" || level === "Enterprise";

/** Whether a ruleset is one of the enterprise. */
export const isOfEnterprise = ({ source_type: level }: Pick<RawRuleset, "source_type">): boolean =>
  level === "Enterprise";

/** Those repositories, by their names. */
function only(repositories: readonly string[]): RepositorySelection {
  return { include: bareNames(repositories), exclude: [], ids: null, byProperty: false };
}

/**
 * All but those repositories, as far as the ruleset tells. That it is about this organization its repositories say; where it shows
 * neither names nor numbers it may be about any of them, as one that asks for custom properties may.
 */
function allBut(repositories: readonly string[], raw: RawRuleset): RepositorySelection {
  const { include, exclude, ids } = selectionOf(raw);
  const { repository_name: names, repository_id: numbers, repository_property: property } = raw.conditions ?? {};
  const told = (names !== undefined || numbers !== undefined) && property === undefined;
  return { include, exclude: [...exclude, ...bareNames(repositories)], ids, byProperty: !told };
}

const bareNames = (repositories: readonly string[]): string[] =>
  repositories.map((name) => name.slice(name.indexOf("/") + 1)).sort();

function protectionOf(
  raw: RawRuleset,
  rules: readonly RawRule[],
  bypass: Observed<readonly ProtectionActor[]>,
): Protection {
  const level =
    raw.source_type === "Organization"
      ? "organization"
      : raw.source_type === "Enterprise"
        ? "enterprise"
        : "repository";
  const target = raw.target === "tag" ? "tag" : raw.target === "push" ? "push" : "branch";
  const refs = raw.conditions?.ref_name;
  return {
    source: "ruleset",
    level,
    name: raw.name,
    target,
    enforcement: raw.enforcement,
    // Push rulesets name no refs: they are about every push.
    include: target === "push" && refs === undefined ? ["~ALL"] : (refs?.include ?? []).map(withoutPrefix),
    exclude: (refs?.exclude ?? []).map(withoutPrefix),
    repositories: level === "repository" ? null : selectionOf(raw),
    rules: rules.flatMap(demandsOf).map((demand) => ({ ...demand, bypass })),
  };
}

const withoutPrefix = (pattern: string): string => pattern.replace(/^refs\/(heads|tags)\//, "");

function selectionOf({ conditions }: RawRuleset): RepositorySelection {
  const { repository_name: names, repository_id: ids } = conditions ?? {};
  return {
    include: names?.include ?? [],
    exclude: names?.exclude ?? [],
    ids: ids?.repository_ids ?? null,
    // Properties, and conditions on organizations that an enterprise's ruleset has, are not judged.
    byProperty:
      conditions?.repository_property !== undefined ||
      conditions?.organization_name !== undefined ||
      conditions?.organization_id !== undefined ||
      conditions?.organization_property !== undefined,
  };
}

const PLAIN: Readonly<Record<string, ProtectionDemand>> = {
  creation: { kind: "creation" },
  update: { kind: "update" },
  deletion: { kind: "deletion" },
  non_fast_forward: { kind: "non-fast-forward" },
  merge_queue: { kind: "merge-queue" },
  required_signatures: { kind: "signatures" },
  required_linear_history: { kind: "linear-history" },
};

/** A rule as demands: a pull request may ask for more than one thing. */
function demandsOf({ type, parameters = {} }: RawRule): readonly ProtectionDemand[] {
  const plain = PLAIN[type];
  if (plain !== undefined) return [plain];
  const flag = (name: string): boolean => parameters[name] === true;
  const list = (name: string): readonly unknown[] => (Array.isArray(parameters[name]) ? parameters[name] : []);
  const texts = (name: string): string[] => list(name).filter((one): one is string => typeof one === "string");
  switch (type) {
    case "pull_request":
      return [
        {
          kind: "pull-request",
          approvals: Number(parameters["required_approving_review_count"] ?? 0),
          dismissStale: flag("dismiss_stale_reviews_on_push"),
          codeOwners: flag("require_code_owner_review"),
          lastPushApproval: flag("require_last_push_approval"),
        },
        ...(flag("required_review_thread_resolution")
          ? [{ kind: "other" as const, name: "required_review_thread_resolution" }]
          : []),
        // Teams that must review certain files.
        ...(list("required_reviewers").length > 0 ? [{ kind: "other" as const, name: "required_reviewers" }] : []),
      ];
    case "required_status_checks":
      return [
        {
          kind: "status-checks",
          checks: list("required_status_checks").flatMap((one) => {
            const context = (one as { readonly context?: unknown } | null)?.context;
            return typeof context === "string" ? [context] : [];
          }),
          strict: flag("strict_required_status_checks_policy"),
        },
      ];
    case "required_deployments":
      return [{ kind: "deployments", environments: texts("required_deployment_environments") }];
    case "file_path_restriction":
      return [{ kind: "file-paths", paths: texts("restricted_file_paths") }];
    default:
      return [{ kind: "other", name: type }];
  }
}
