import type { CompiledStatement } from "../../policy/aws/compile-policy.ts";
import type { Placed } from "../../policy/aws/policy-set.ts";
import type { Region } from "../../policy/aws/regions.ts";
import { YES } from "../../policy/aws/request-context.ts";
import { dependsOnTarget } from "../principal-context.ts";
import { isPersonal } from "./action-summary.ts";

/** Names regions, so that classes whose regions mean the same share what is in them. */
export class RegionKeys {
  readonly #numbers = new Map<CompiledStatement, number>();
  readonly #texts = new Map<string, number>();

  /** Equal keys, equal answers about every target. `classNumber` is part of it where statements mean something else to each. */
  of(regions: readonly Region[], classNumber: number): string {
    let personal = false;
    const names = (placed: readonly Placed[]): string => {
      personal ||= placed.some(({ statement }) => isPersonalStatement(statement));
      return placed.map(({ statement }) => this.#number(statement)).join(",");
    };
    const key = regions
      .map((region) => {
        const { within, except, truth, allows, partial, maybeDenied } = region;
        return [
          truth,
          within.map(({ source }) => source).join(","),
          except.map(({ source }) => source).join(","),
          names(partial),
          // What the target decides is asked again target by target, so the statements have to be the same as well.
          ...(decidedByTarget(region) ? [names(allows), names(maybeDenied)] : []),
        ].join(" ");
      })
      .sort();
    return `${[...new Set(key)].join(";")}${personal ? `#${classNumber}` : ""}`;
  }

  #number(statement: CompiledStatement): number {
    let known = this.#numbers.get(statement);
    if (known === undefined) {
      const text = textOf(statement);
      known = this.#texts.get(text) ?? this.#texts.size;
      this.#texts.set(text, known);
      this.#numbers.set(statement, known);
    }
    return known;
  }
}

/** Whether what is known of the target, or the region it lies in, can settle what the region leaves open. */
export function decidedByTarget({ truth, allows, partial, maybeDenied }: Region): boolean {
  if (truth === YES && partial.length === 0) return false;
  return [...allows, ...partial, ...maybeDenied].some(({ statement }) =>
    keysOf(statement).some(
      (key) => dependsOnTarget(key) || key === "aws:requestedregion" || key.startsWith("aws:resource"),
    ),
  );
}

function keysOf({ conditions, resources }: CompiledStatement): readonly string[] {
  return [
    ...conditions.flatMap(({ keys }) => keys),
    ...(resources?.templates ?? []).flatMap(({ variables }) => variables),
  ];
}

function isPersonalStatement(statement: CompiledStatement): boolean {
  return keysOf(statement).some(isPersonal);
}

/** All of a statement but its actions, which are asked about. */
function textOf({ deny, resources, conditions }: CompiledStatement): string {
  return JSON.stringify([
    deny,
    resources?.not,
    resources?.texts,
    conditions.map(({ key, operator, values }) => [key, operator, values]),
  ]);
}
