import type { ActionsSettings } from "../../../src/model/actions-settings.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import { hasWorkflows } from "../asked-repositories.ts";
import type { SweptRepository } from "../client.ts";
import { repositoryOf, type RecordedRequest } from "../raw.ts";
import type { RawActionsPermissions, RawForkWorkflows, RawReusableAccess, RawTokenDefaults } from "../raw-controls.ts";
import { control, organizationHolder, repositoryHolder, unansweredControls, unreadControl } from "./control.ts";
import type { Convert } from "./converted.ts";

const ORGANIZATION = "/orgs/{org}/actions/permissions";
const REPOSITORY = "/repos/{owner}/{repo}/actions/permissions";

/** Routes of the step. */
export const ACTIONS_ROUTES = {
  organization: `GET ${ORGANIZATION}`,
  organizationToken: `GET ${ORGANIZATION}/workflow`,
  organizationForks: `GET ${ORGANIZATION}/fork-pr-workflows-private-repos`,
  token: `GET ${REPOSITORY}/workflow`,
  reusable: `GET ${REPOSITORY}/access`,
  forks: `GET ${REPOSITORY}/fork-pr-workflows-private-repos`,
} as const;

/** What Actions may do in the organization, and in repositories that have workflows. */
export const actionsSettings: Convert = (requests, context) => {
  const whole = requests.filter(({ route }) => route.includes("/orgs/"));
  const organization = organizationHolder(context);
  const policies: Policy[] = [
    whole.length === 0
      ? unreadControl(context, "actions-settings", organization, "Actions settings of the organization were not read")
      : control(context, "actions-settings", organization, {
          id: `${context.tenantId}/actions-settings`,
          name: context.login,
          document: known(organizationSettings(whole)),
        }),
  ];
  const swept = context.sweep().repositories;
  const byRepository = Map.groupBy(
    requests.filter(({ route }) => !route.includes("/orgs/")),
    repositoryOf,
  );
  for (const [name, own] of byRepository) {
    const holder = repositoryHolder(context, name);
    const repository = swept.find((one) => one.name === name);
    policies.push(
      control(context, "actions-settings", holder, {
        id: `${holder.id}/actions-settings`,
        name,
        document: known(repositorySettings(own, repository)),
      }),
    );
  }
  const items = policies.filter(({ document }) => document.known).length;
  const answered = new Set(byRepository.keys());
  const why = "Actions settings of the repository were not read";
  policies.push(...unansweredControls(context, "actions-settings", swept.filter(hasWorkflows), answered, why));
  return { records: { policies }, kinds: { "actions-settings": { items } } };
};

function organizationSettings(requests: readonly RecordedRequest[]): ActionsSettings {
  const permissions = answerOf<RawActionsPermissions>(requests, ACTIONS_ROUTES.organization);
  const enabled = permissions?.enabled_repositories;
  return {
    enabled:
      enabled === "selected"
        ? unknown("Actions run in selected repositories, which were not read")
        : read(enabled, "whether Actions run", (value) => value !== "none"),
    allowedActions: read(permissions?.allowed_actions, "which actions may be used", (value) => value),
    ...tokenDefaults(answerOf<RawTokenDefaults>(requests, ACTIONS_ROUTES.organizationToken)),
    forksGetWriteTokens: forksGetWriteTokens(answerOf<RawForkWorkflows>(requests, ACTIONS_ROUTES.organizationForks)),
    forksNeedApproval: forksNeedApproval(answerOf<RawForkWorkflows>(requests, ACTIONS_ROUTES.organizationForks)),
    reusableBy: unknown("each repository decides who may call its reusable workflows"),
  };
}

function repositorySettings(
  requests: readonly RecordedRequest[],
  repository: SweptRepository | undefined,
): ActionsSettings {
  const access = answerOf<RawReusableAccess>(requests, ACTIONS_ROUTES.reusable);
  const isPublic = repository?.visibility === "public";
  return {
    enabled: unknown("whether Actions run in the repository was not asked"),
    allowedActions: unknown("which actions the repository may use was not asked"),
    ...tokenDefaults(answerOf<RawTokenDefaults>(requests, ACTIONS_ROUTES.token)),
    // Forks of public repositories never get a token that can write ("Events that trigger workflows", pull_request).
    forksGetWriteTokens: isPublic
      ? known(false)
      : forksGetWriteTokens(answerOf<RawForkWorkflows>(requests, ACTIONS_ROUTES.forks)),
    forksNeedApproval: forksNeedApproval(answerOf<RawForkWorkflows>(requests, ACTIONS_ROUTES.forks)),
    reusableBy: isPublic
      ? unknown("everybody may call reusable workflows of a public repository")
      : read(access?.access_level, "who may call its reusable workflows", (level) => level),
  };
}

function tokenDefaults(
  raw: RawTokenDefaults | undefined,
): Pick<ActionsSettings, "defaultPermissions" | "canApprovePullRequests"> {
  return {
    defaultPermissions: read(raw?.default_workflow_permissions, "what the job token may do", (value) => value),
    canApprovePullRequests: read(
      raw?.can_approve_pull_request_reviews,
      "whether Actions may approve pull requests",
      (value) => value,
    ),
  };
}

/** Workflows of forks have to run at all for their tokens to matter. */
function forksGetWriteTokens(raw: RawForkWorkflows | undefined): Observed<boolean> {
  return read(
    raw,
    "what workflows of forks get",
    (forks) => forks.run_workflows_from_fork_pull_requests && forks.send_write_tokens_to_workflows,
  );
}

function forksNeedApproval(raw: RawForkWorkflows | undefined): Observed<boolean> {
  return read(
    raw?.require_approval_for_fork_pr_workflows,
    "whether workflows of forks wait for an approval",
    (value) => value,
  );
}

function read<T, R>(value: T | undefined, what: string, of: (value: T) => R): Observed<R> {
  return value === undefined ? unknown(`${what} was not read`) : known(of(value));
}

function answerOf<T>(requests: readonly RecordedRequest[], route: string): T | undefined {
  return requests.find((request) => request.route === route)?.answer as T | undefined;
}
