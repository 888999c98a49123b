import type { CallOutcome, Lookup } from "../client.ts";
import { refusalOf } from "./refused.ts";
import type { Reply, RestReader } from "./rest-reader.ts";

/** Why a place that GitHub answers "not found" for is unreadable. */
export const NOT_SHOWN = (what: string): string => `GitHub does not show ${what} to this token, or it is gone`;

/** Parameters of a change; lists and options of the SDK too, which reading needs not. */
export type ChangeParameters = Readonly<Record<string, unknown>>;

/** A change call. */
export const send = <T>(rest: RestReader, route: string, parameters: ChangeParameters): Promise<Reply<T>> =>
  rest.call<T>(route, parameters as Parameters<RestReader["call"]>[1]);

/** Nothing there. */
export const ABSENT = { state: "absent" } as const;

/** Logins are compared as GitHub does: without regard to case. */
export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A refusal of a look is `unreadable`, whatever it says: not found may be hidden. */
export async function lookup<T>(look: () => Promise<Lookup<T>>): Promise<Lookup<T>> {
  try {
    return await look();
  } catch (error) {
    return { state: "unreadable", why: refusalOf(error).verdict.reason };
  }
}

/** Makes a change; `pending` says in words when GitHub took it but it is not done. */
export async function changing<T>(
  call: () => Promise<Reply<T>>,
  pending: (reply: Reply<T>) => string | undefined = () => undefined,
): Promise<CallOutcome> {
  try {
    const reply = await call();
    const why = pending(reply);
    if (why !== undefined) return { state: "refused", why };
    const requestId = reply.headers["x-github-request-id"];
    return requestId === undefined ? { state: "done" } : { state: "done", requestId: String(requestId) };
  } catch (error) {
    const { verdict } = refusalOf(error);
    return verdict.kind === "gone" ? ABSENT : { state: "refused", why: verdict.reason };
  }
}

/** Whether GitHub shows the place at all. */
export async function shown(rest: RestReader, route: string, parameters: Record<string, string>): Promise<boolean> {
  return (await quietly(rest, route, parameters)) !== undefined;
}

/** The answer, or undefined where GitHub gives none. */
export async function quietly<T>(
  rest: RestReader,
  route: string,
  parameters: Record<string, string>,
): Promise<T | undefined> {
  try {
    return (await rest.call<T>(route, parameters)).data;
  } catch (error) {
    refusalOf(error);
    return undefined;
  }
}

/**
 * A call that must not be made twice unseen (it mails, bills, or answers "not found" the second time): the SDK does not repeat
 * it. Where GitHub broke down on the way, a look tells whether it was done, and only if it surely was not it is made once more.
 */
export async function once<T>(
  call: (options: ChangeParameters) => Promise<Reply<T>>,
  look: () => Promise<Lookup<unknown>>,
  doneWhen: "found" | "absent",
): Promise<CallOutcome> {
  const attempt = (): Promise<Reply<T>> => call({ request: { retries: 0 } });
  return changing(async () => {
    try {
      return await attempt();
    } catch (error) {
      if (refusalOf(error).verdict.kind !== "temporary") throw error;
      const { state } = await look();
      if (state === "unreadable") throw error;
      return state === doneWhen ? { data: undefined as T, status: 204, headers: {} } : attempt();
    }
  });
}
