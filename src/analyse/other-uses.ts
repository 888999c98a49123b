import type { AccessGraph } from "../graph/access-graph.ts";
import { toInstant, type Instant, type LastUse } from "../model/instant.ts";
import type { Observed } from "../model/observed.ts";
import type { Principal } from "../model/principal.ts";

/** A use that is on record although the activity of its person was not read. */
export interface OtherUse {
  /** For a sentence: ``a Copilot seat``. */
  readonly source: string;
  readonly at: Instant;
}

/**
 * The newest use that other lists show of a person on GitHub: seat, tokens, keys, codespaces. A lower bound: whoever used one of them
 * was active then, and may have been later.
 */
export function newestOtherUse(person: Principal, graph: AccessGraph): OtherUse | undefined {
  let newest: OtherUse | undefined;
  const note = (source: string, at: LastUse | undefined): void => {
    if (at !== undefined && at !== "never" && (newest === undefined || at > newest.at)) newest = { source, at };
  };
  for (const { kind, lastUsedAt } of graph.grantsOf(person.id))
    if (kind === "seat") note("a Copilot seat", valueOf(lastUsedAt));
  for (const { kind, lastUsedAt } of graph.credentialsOf(person.id)) {
    if (kind === "fine-grained-token") note("a fine-grained token", valueOf(lastUsedAt));
    if (kind === "single-sign-on-authorization") note("a single sign-on authorisation", valueOf(lastUsedAt));
  }
  const codespaces = person.attributes["codespacesLastUsedAt"];
  if (typeof codespaces === "string") note("a codespace", toInstant(codespaces));
  return newest;
}

const valueOf = (last: Observed<LastUse>): LastUse | undefined => (last.known ? last.value : undefined);
