import type { z } from "zod";
import type { Clock } from "../../src/contracts/clock.ts";
import type { CollectStep } from "../../src/contracts/connector.ts";
import type { KeptAnswers } from "../shared/kept-answers.ts";
import type { BeyondReachKind } from "../../src/model/coverage.ts";
import type { SweepContext } from "./client.ts";
import type { Convert } from "./convert/converted.ts";
import type { GraphReader } from "./live/graph-reader.ts";
import type { ReadAnswer } from "./live/refused.ts";
import type { RestReader } from "./live/rest-reader.ts";

/** What a step may use while it reads the provider. */
export interface StepReader {
  /** Its login. */
  readonly organization: string;
  /** Slug of its enterprise; null where the settings name none. */
  readonly enterprise: string | null;
  readonly rest: RestReader;
  readonly graph: GraphReader;
  /** What earlier steps found: which repositories are worth asking. */
  readonly sweep: SweepContext;
  readonly clock: Clock;
  /** What earlier runs kept of this step; null where nothing is kept. Reading through `rest` uses it without being told. */
  readonly kept: KeptAnswers | null;
}

/** How large the organization is, as far as one cheap question tells; what is not known is assumed and the forecast says so. */
export interface OrganizationSize {
  readonly members: number;
  readonly teams: number;
  readonly repositories: number;
  /** Whether the audit log is shown: then it says what has to be asked. Null where that is not known. */
  readonly auditLog: boolean | null;
}

/** Calls a step will make: REST requests, GraphQL requests and the points of the latter. */
export interface StepCost {
  readonly rest: number;
  readonly graphql: number;
  readonly points: number;
}

/**
 * One thing that is read of an organization: what it gives and needs, how it is asked for, the shape of its file in a recording, and
 * what it becomes. One file each in `steps/`, one line each in `steps/index.ts`.
 */
export interface GitHubStep {
  readonly manifest: CollectStep;
  /** Routes its file may hold, each with the shape of the answer (`POST /graphql` for GraphQL). */
  readonly shapes: Readonly<Record<string, z.ZodType>>;
  /** True where having asked nobody is an answer: an organization without deploy keys. */
  readonly mayBeEmpty?: boolean;
  /** True where it asks repository by repository: skipped where none could be listed. */
  readonly needsRepositories?: boolean;
  /** True where only the enterprise shows it: skipped where the settings name none. */
  readonly needsEnterprise?: boolean;
  /** True where an answer about one repository holds until the audit log names a change of it, a week at most. */
  readonly untilChanged?: boolean;
  /** Which of these answers may hold at all; left out: every one. What a token was not shown may be shown to it tomorrow. */
  readonly holdsOnly?: (answer: unknown) => boolean;
  /** Kinds near to it that nobody is asked for, with the reason: told as skipped, whatever became of the step. */
  readonly notAsked?: Readonly<Partial<Record<BeyondReachKind, string>>>;
  /** What a refusal of it usually is, said before GitHub's own reason, ending with `; `. */
  readonly usually?: string;
  /** Asks GitHub. Throws `Refused` where all of it was refused; what is missing otherwise is a gap. */
  read(reader: StepReader): Promise<ReadAnswer>;
  readonly convert: Convert;
  /** What it will cost in an organization of that size. */
  cost(size: OrganizationSize): StepCost;
}

/** A cost of so many REST calls. */
export const restCalls = (rest: number): StepCost => ({ rest, graphql: 0, points: 0 });

/** A cost of so many GraphQL calls, a point each where nothing else is said. */
export const graphCalls = (graphql: number, pointsEach = 1): StepCost => ({
  rest: 0,
  graphql,
  points: graphql * pointsEach,
});
