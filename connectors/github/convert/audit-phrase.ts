import { dayOf, toInstant } from "../../../src/model/instant.ts";

/** The day from which on the audit log was asked for (`created:>=2026-05-24`); undefined where the phrase names none. */
export function sinceOf(phrase: unknown): string | undefined {
  const day = typeof phrase === "string" ? /created:>=(\S+)/.exec(phrase)?.[1] : undefined;
  const instant = day === undefined ? undefined : toInstant(day);
  return instant === undefined ? undefined : dayOf(instant);
}
