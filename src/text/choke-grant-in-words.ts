import type { ChokeGrant } from "../model/choke-points.ts";

/** A grant as people say it: who may assume, is in or holds what; the holder's own name in backticks. */
export function chokeGrantInWords({ holder, access, kind }: Pick<ChokeGrant, "holder" | "access" | "kind">): string {
  const verb = kind === "trust" ? "may" : kind === "membership" ? "in" : "with";
  return `\`${holder}\` ${verb} ${access}`;
}
