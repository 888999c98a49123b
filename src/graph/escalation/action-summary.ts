import type { ParsedPolicy } from "../../policy/aws/parse-policy.ts";
import { actionMatches } from "../../policy/aws/wildcard.ts";
import { coversActions } from "../../policy/aws/wide-actions.ts";
import type { EscalationMethod, NeededPermission } from "./method.ts";

/** What one document has to say about escalation, worked out once per text so that most documents need no second look. */
export interface ActionSummary {
  /** Bits over the actions of all methods that some Allow statement means. */
  readonly allows: Uint32Array;
  /** An Allow of every action, or of every action but some. */
  readonly wide: boolean;
  readonly denies: boolean;
  /** What it says depends on who asks: variables, or conditions on the principal's name or tags. */
  readonly personal: boolean;
}

/** Every spelling of a method: its permissions, or each of its alternatives. */
export function spellings(method: EscalationMethod): readonly (readonly NeededPermission[])[] {
  return method.alternatives ?? [method.permissions];
}

/** The actions of all methods, numbered. */
export class MethodActions {
  readonly #numbers = new Map<string, number>();
  readonly #byService = new Map<string, string[]>();
  readonly words: number;

  constructor(methods: readonly EscalationMethod[]) {
    for (const method of methods)
      for (const permissions of spellings(method))
        for (const { action } of permissions) this.#add(action.toLowerCase());
    this.#add("sts:assumerole");
    this.words = Math.ceil(this.#numbers.size / 32);
  }

  #add(action: string): void {
    if (this.#numbers.has(action)) return;
    this.#numbers.set(action, this.#numbers.size);
    const service = action.slice(0, action.indexOf(":"));
    this.#byService.set(service, [...(this.#byService.get(service) ?? []), action]);
  }

  /** Whether the bits hold the action. */
  has(bits: Uint32Array, action: string): boolean {
    const number = this.#numbers.get(action.toLowerCase());
    return number !== undefined && ((bits[number >> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  summary(policy: ParsedPolicy): ActionSummary {
    const allows = new Uint32Array(this.words);
    let [wide, denies, personal] = [false, false, false];
    const set = (action: string): void => {
      const number = this.#numbers.get(action);
      if (number !== undefined) allows[number >> 5] = (allows[number >> 5] ?? 0) | (1 << (number & 31));
    };
    for (const statement of policy.statements) {
      personal ||=
        [...statement.resources, ...statement.notResources].some((text) => text.includes("${")) ||
        statement.conditions.some(
          ({ key, values }) =>
            /^aws:(username|userid|principal(arn|tag|type))/i.test(key) || values.some((v) => v.includes("${")),
        );
      if (statement.effect === "Deny") {
        denies = true;
        continue;
      }
      if (statement.notActions.length > 0) {
        wide = true;
        for (const action of this.#numbers.keys())
          if (!statement.notActions.some((except) => actionMatches(except, action))) set(action);
        continue;
      }
      for (const pattern of statement.actions) {
        const folded = pattern.toLowerCase();
        if (!/[*?]/.test(folded)) set(folded);
        else if (/^\*+(:\*+)?$/.test(folded)) {
          wide ||= coversActions(statement, "*");
          for (const action of this.#numbers.keys()) set(action);
        } else
          for (const action of this.#byService.get(folded.slice(0, folded.indexOf(":"))) ?? [])
            if (actionMatches(folded, action)) set(action);
      }
    }
    return { allows, wide, denies, personal };
  }
}
