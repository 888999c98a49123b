import { AuditError } from "../../../src/model/audit-error.ts";
import type { Answer, CallOutcome, Lookup } from "../client.ts";

const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|AuthorizationErrorException|NotAuthorized)/;
const SIGN_IN =
  /^(InvalidClientTokenId|UnrecognizedClientException|ExpiredToken|ExpiredTokenException|SignatureDoesNotMatch|InvalidSignatureException|CredentialsProviderError|TokenRefreshRequired)/;
/** Names the SDK gives to an answer that it cannot read, such as a proxy's page of HTML. */
const NO_CODE = /^(Error|Unknown|UnknownError|SyntaxError)$/;
const ABSENT =
  /^(NoSuchEntity|NoSuchEntityException|ResourceNotFoundException|NotFound|NotFoundException|EntityNotFoundException|NoSuchBucket|QueueDoesNotExist|StateMachineDoesNotExist)$/;

/** AWS's name for what went wrong; stand-ins that answer HTML have none. */
export const codeOf = (error: unknown): string => (error as { name?: string }).name ?? "Error";

/** The call each error answers: a step makes several, and who may not make one must be told which. */
const calls = new WeakMap<object, string>();

/** Notes which call an error answers. */
export function noteCall(error: unknown, call: string): void {
  if (typeof error === "object" && error !== null) calls.set(error, call);
}

/** Runs a call whose permission is not named as the call is (S3): an error is told with what is missing. */
export async function needing<T>(permission: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    noteCall(error, permission);
    throw error;
  }
}

/** Whether AWS says there is nothing of that name. */
export const isAbsent = (error: unknown): boolean => ABSENT.test(codeOf(error));

/** Whether nothing will work with these credentials. */
export const isSignIn = (error: unknown): boolean => SIGN_IN.test(codeOf(error));

/** What went wrong, for people: AWS's own words without the request's details. `step` names the call where none was noted. */
export function reasonOf(error: unknown, step: string): string {
  const code = codeOf(error);
  const call = (typeof error === "object" && error !== null ? calls.get(error) : undefined) ?? step;
  if (error instanceof AuditError) return `${call}: ${error.message}`;
  const unreachable = networkCodeOf(error);
  if (unreachable !== undefined) return `nobody answered \`${call}\` (${unreachable})`;
  if (NO_CREDENTIALS.test(code)) return "there are no AWS credentials in this environment";
  if (DENIED.test(code)) return `AWS refused \`${call}\``;
  if (SIGN_IN.test(code)) return `AWS does not accept the credentials (${code})`;
  if (/Throttl|TooManyRequests|LimitExceeded|SlowDown/.test(code)) return `AWS kept throttling \`${call}\``;
  return `\`${call}\` failed: ${NO_CODE.test(code) ? "AWS answered something that is not AWS's form" : code}`;
}

const NO_CREDENTIALS = /^CredentialsProviderError$/;

/** What Node says when there is no connection at all ("Common system errors", Node.js documentation). */
const NETWORK = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/;

function networkCodeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === "string" && NETWORK.test(code)) return code;
  return networkCodeOf(cause) ?? (Array.isArray(errors) ? networkCodeOf(errors[0]) : undefined);
}

/** Whether there is no host of that name: how a region answers for a service that it does not have. */
export const isUnknownHost = (error: unknown): boolean => networkCodeOf(error) === "ENOTFOUND";

/** Runs a read whose refusal is an answer. Credentials that do not work stop the run: every other step would fail as well. */
export async function answered<T>(call: string, read: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { state: "complete", value: await read() };
  } catch (error) {
    if (isSignIn(error)) throw signInError(error);
    return { state: "denied", reason: reasonOf(error, call) };
  }
}

/** The error that stops a run. */
export function signInError(error: unknown): AuditError {
  if (NO_CREDENTIALS.test(codeOf(error))) {
    return new AuditError("settings", "aws-no-credentials", "there are no AWS credentials in this environment", {
      hint: "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a `profile` under `connectors.aws`",
      cause: error,
    });
  }
  if (networkCodeOf(error) !== undefined) {
    return new AuditError("sign-in", "aws-unreachable", reasonOf(error, "sts:GetCallerIdentity"), {
      hint: "check the network, the proxy, and `endpoint` under `connectors.aws`",
      cause: error,
    });
  }
  return new AuditError("sign-in", "aws-sign-in", reasonOf(error, "sts:GetCallerIdentity"), {
    hint: "check `aws sts get-caller-identity` with the same environment; did the session expire?",
    cause: error,
  });
}

/** Runs a lookup: absent and unreadable are told apart. */
export async function lookedUp<T>(call: string, read: () => Promise<T>): Promise<Lookup<T>> {
  try {
    return { state: "found", value: await read() };
  } catch (error) {
    return isAbsent(error) ? { state: "absent" } : { state: "unreadable", why: reasonOf(error, call) };
  }
}

/** Runs a change. "Nothing there" is an outcome. */
export async function changed(
  call: string,
  change: () => Promise<{ readonly $metadata?: { readonly requestId?: string } }>,
): Promise<CallOutcome> {
  try {
    const requestId = (await change()).$metadata?.requestId;
    return requestId === undefined ? { state: "done" } : { state: "done", requestId };
  } catch (error) {
    return isAbsent(error) ? { state: "absent" } : { state: "refused", why: reasonOf(error, call) };
  }
}

/** Asks the same of many things: some refusals make the answer partial, refusals of all make it denied. */
export function gathered<T>(
  call: string,
  entries: readonly (readonly [name: string, answer: Lookup<T>])[],
  absent?: T,
): Answer<Record<string, T>> {
  const value: Record<string, T> = {};
  const refused: string[] = [];
  for (const [name, answer] of entries) {
    if (answer.state === "found") value[name] = answer.value;
    else if (answer.state === "unreadable") refused.push(answer.why);
    // Something that vanished between two calls is no gap, unless its absence is what was asked for.
    else if (absent !== undefined) value[name] = absent;
  }
  if (refused.length === 0) return { state: "complete", value };
  const reason = [...new Set(refused)].slice(0, 2).join("; ");
  return refused.length === entries.length
    ? { state: "denied", reason }
    : { state: "partial", value, reason: `${refused.length} of ${entries.length} ${call} calls: ${reason}` };
}
