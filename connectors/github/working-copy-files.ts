import { join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import { readJsonFile } from "../shared/read-json-file.ts";
import { writeWhole } from "../shared/recording.ts";
import type { CallOutcome, Lookup } from "./client.ts";
import type { RawMemberEdge, RawRepository, RawUser, RecordedRequest, StepId } from "./raw.ts";
import { parseStepFile } from "./recorded-shapes.ts";

/** A step's file while it is changed. */
export interface StepFile {
  readonly requests: { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] }[];
}

/** A list of GraphQL; rows that were hidden from the token are null. */
export type Edge<T> = { edges: (T | null)[]; totalCount?: number };
const ABSENT: CallOutcome = { state: "absent" };

/** The files of a folder, read anew each time: somebody else may have changed them in between. */
export class StepFiles {
  readonly #folder: string;
  readonly #changeable: boolean;

  constructor(folder: string, changeable: boolean) {
    this.#folder = folder;
    this.#changeable = changeable;
  }

  /** Looks for a place in a step's file, and for something in it. A place that is not there is unreadable, not empty. */
  async look<P, T>(
    step: StepId,
    what: string,
    place: (content: StepFile) => P | undefined,
    find: (place: P) => T | undefined,
  ): Promise<Lookup<T>> {
    const content = await this.#load(step);
    if (content === undefined) return { state: "unreadable", why: notHeld(step) };
    const found = place(content);
    if (found === undefined) return { state: "unreadable", why: `the recording does not hold ${what}` };
    const value = find(found);
    return value === undefined ? { state: "absent" } : { state: "found", value };
  }

  async change(step: StepId, work: (content: StepFile) => boolean): Promise<CallOutcome> {
    if (!this.#changeable) return { state: "refused", why: "a recording is never changed, only a working copy of it" };
    const content = await this.#load(step);
    if (content === undefined) return { state: "refused", why: notHeld(step) };
    if (!work(content)) return ABSENT;
    await writeWhole(this.#path(step), `${JSON.stringify({ requests: content.requests }, null, 1)}\n`);
    return { state: "done" };
  }

  async exists(step: StepId): Promise<boolean> {
    return (await this.#load(step)) !== undefined;
  }

  /** Node id of somebody in the organization or collaborating from outside. */
  async nodeIdOf(login: string): Promise<string | undefined> {
    const members = await this.#load("members");
    const edge =
      members === undefined ? undefined : membersOf(members)?.edges.find((one) => same(one?.node?.login, login));
    if (edge?.node !== null && edge?.node !== undefined) return edge.node.id;
    const outside = await this.#load("outside-collaborators");
    return outside?.requests.flatMap(({ answer }) => answer as RawUser[]).find((user) => same(user.login, login))
      ?.node_id;
  }

  async repositoryId(name: string): Promise<string | undefined> {
    const content = await this.#load("repositories");
    return content === undefined
      ? undefined
      : nodesOf<RawRepository>(content, "repositories").find((node) => same(node.nameWithOwner, name))?.id;
  }

  #path(step: StepId): string {
    return join(this.#folder, `${step}.json`);
  }

  async #load(step: StepId): Promise<StepFile | undefined> {
    const file = this.#path(step);
    try {
      return { requests: [...parseStepFile(step, await readJsonFile(file), file)] };
    } catch (error) {
      if (error instanceof AuditError && error.code === "file-missing") return undefined;
      throw error;
    }
  }
}

/** What is said where a step was not recorded. */
const notHeld = (step: StepId): string => `the recording does not hold ${step}.json`;

/** Logins and names are compared as GitHub does: without regard to case. */
export const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Rows that were shown. */
export const seen = <T>(rows: readonly (T | null)[]): T[] => rows.filter((row): row is T => row !== null);

/** The nodes of a connection of the organization. */
export function nodesOf<T>(content: StepFile, connection: string): T[] {
  return content.requests
    .flatMap(
      ({ answer }) =>
        (answer as { organization: Record<string, { nodes: (T | null)[] }> }).organization[connection]?.nodes ?? [],
    )
    .filter((node): node is T => node !== null);
}

/** The one list of members of a merged recording. */
export const membersOf = (content: StepFile): Edge<RawMemberEdge | null> | undefined =>
  (content.requests[0]?.answer as { organization: { membersWithRole: Edge<RawMemberEdge | null> } } | undefined)
    ?.organization.membersWithRole;
