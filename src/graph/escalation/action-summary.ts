import { compilePolicy, type CompiledStatement } from "../../policy/aws/compile-policy.ts";
import type { ParsedPolicy, ParsedStatement } from "../../policy/aws/parse-policy.ts";
import type { RequestContext } from "../../policy/aws/request-context.ts";
import { actionMatches } from "../../policy/aws/wildcard.ts";
import { dependsOnTarget } from "../principal-context.ts";
import type { EscalationMethod, NeededPermission } from "./method.ts";

/** What makes a text mean something else to each who asks, told for one of them: equal answers mean equal meaning. */
export type PersonalPart = (context: RequestContext) => string;

/** What one document has to say about escalation, worked out once per text so that most documents need no second look. */
export interface ActionSummary {
  /** Bits over the actions of all methods that some Allow statement means. */
  readonly allows: Uint32Array;
  /** An Allow of every action, or of every action but some. */
  readonly wide: boolean;
  readonly denies: boolean;
  /** What it says about the methods' actions and depends on who asks: variables, or conditions on the principal's name or tags. */
  readonly personal: readonly PersonalPart[];
  /** The same of what it says about anything else. */
  readonly personalElsewhere: readonly PersonalPart[];
}

/** Policies somebody attaches who may choose; first the plainest. Which else there are hangs on the condition. */
const WORTH_ATTACHING = ["AdministratorAccess", "IAMFullAccess"].map((name) => `arn:aws:iam::aws:policy/${name}`);
const ATTACHES = /^iam:attach(user|role|group)policy$/i;

/**
 * Every spelling of a method: its permissions, or each of its alternatives. Who attaches a policy chooses which one, so that a
 * condition on `iam:PolicyARN` is met by what is worth attaching, or else stays open.
 */
export function spellings(method: EscalationMethod): readonly (readonly NeededPermission[])[] {
  return (method.alternatives ?? [method.permissions]).flatMap((permissions) => {
    if (!permissions.some(({ action }) => ATTACHES.test(action))) return [permissions];
    const choosing = (policy: string): readonly NeededPermission[] =>
      permissions.map((one) =>
        ATTACHES.test(one.action) ? { ...one, context: { ...one.context, "iam:PolicyARN": policy } } : one,
      );
    return [...WORTH_ATTACHING.map(choosing), permissions];
  });
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
    const personal: PersonalPart[] = [];
    const personalElsewhere: PersonalPart[] = [];
    let [wide, denies] = [false, false];
    // Most documents say the same to everybody, and preparing each of them would cost more than all the rest.
    const compiled = policy.statements.some(mentionsCaller) ? compilePolicy(policy).statements : [];
    policy.statements.forEach((statement, at) => {
      const bits = new Uint32Array(this.words);
      const covers = this.#fill(bits, statement);
      if (statement.effect === "Deny") denies = true;
      else {
        wide ||= statement.notActions.length > 0 || covers;
        bits.forEach((word, position) => (allows[position] = (allows[position] ?? 0) | word));
      }
      const parts = personalParts(compiled[at]);
      if (parts.length > 0) (bits.some((word) => word !== 0) ? personal : personalElsewhere).push(...parts);
    });
    return { allows, wide, denies, personal, personalElsewhere };
  }

  /** Sets the bits of the actions the statement is about; answers whether it names every action. */
  #fill(bits: Uint32Array, { actions, notActions }: ParsedStatement): boolean {
    const set = (action: string): void => {
      const number = this.#numbers.get(action);
      if (number !== undefined) bits[number >> 5] = (bits[number >> 5] ?? 0) | (1 << (number & 31));
    };
    if (notActions.length > 0) {
      for (const action of this.#numbers.keys())
        if (!notActions.some((except) => actionMatches(except, action))) set(action);
      return false;
    }
    let everything = false;
    for (const pattern of actions) {
      const folded = pattern.toLowerCase();
      if (!/[*?]/.test(folded)) set(folded);
      else if (/^\*+(:\*+)?$/.test(folded)) {
        everything = true;
        for (const action of this.#numbers.keys()) set(action);
      } else
        for (const action of this.#byService.get(folded.slice(0, folded.indexOf(":"))) ?? [])
          if (actionMatches(folded, action)) set(action);
    }
    return everything;
  }
}

/** Whether a key is about who asks, not about what is asked or done to whom. */
export function isPersonal(key: string): boolean {
  return /^aws:(username|userid|principal)/.test(key);
}

/** Whether a statement's text can mean something else to each who asks. */
function mentionsCaller({ resources, notResources, conditions }: ParsedStatement): boolean {
  const variable = (text: string): boolean => text.includes("${");
  return (
    resources.some(variable) ||
    notResources.some(variable) ||
    conditions.some(({ key, values }) => isPersonal(key.toLowerCase()) || values.some(variable))
  );
}

function personalParts(statement: CompiledStatement | undefined): readonly PersonalPart[] {
  if (statement === undefined) return [];
  const parts: PersonalPart[] = [];
  const keys = new Set(statement.resources?.templates.flatMap(({ variables }) => variables));
  for (const condition of statement.conditions) {
    // What hangs on the caller alone comes to one answer a caller; many share it, whatever their names.
    if (condition.keys.every((key) => isPersonal(key) && !dependsOnTarget(key)))
      parts.push((context) => String(condition.holds(context)));
    else for (const key of condition.keys) if (isPersonal(key)) keys.add(key);
  }
  for (const key of [...keys].sort())
    parts.push((context) => {
      const values = context.get(key);
      return values === undefined ? "?" : values === null ? "-" : `=${values.join(" ")}`;
    });
  return parts;
}
