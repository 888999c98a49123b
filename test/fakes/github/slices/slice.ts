import type { BadDays } from "../bad-days.ts";
import type { GitHubState } from "../github-state.ts";
import type { Answer, RestRequest } from "../rest-routes.ts";

/** A part of the fake with routes of its own; its state lies in `state.slices` under its name. */
export interface FakeSlice {
  readonly name: string;
  /** What it holds at first, from the sample company. */
  start(): unknown;
  /** The answer to a REST request, or undefined where the route is not its own. */
  rest(state: GitHubState, bad: BadDays, request: RestRequest): Answer | undefined;
  /** Fields it adds to a repository of GraphQL. */
  repositoryFields?(state: GitHubState, bad: BadDays, nameWithOwner: string): Readonly<Record<string, unknown>>;
  /** Fields it adds beside the organization of GraphQL. */
  rootFields?(state: GitHubState, bad: BadDays): Readonly<Record<string, unknown>>;
  /** Fields it adds to the organization of GraphQL. */
  organizationFields?(state: GitHubState, bad: BadDays): Readonly<Record<string, unknown>>;
}
