import { compileCondition, type CompiledCondition } from "../aws/conditions/compile-condition.ts";
import { OPERATORS } from "../aws/conditions/operators.ts";
import { pushLiteral, readText, type Tokens } from "../aws/conditions/tokens.ts";
import { GivenContext } from "../aws/given-context.ts";
import type { ParsedCondition, ParsedPolicy } from "../aws/parse-policy.ts";
import { MAYBE, YES, type RequestContext } from "../aws/request-context.ts";
import { requestPrincipal } from "../aws/request-principal.ts";
import { textOf, type PiecePattern } from "../names/residuals.ts";
import { ALWAYS, needing, NEVER, type Alternatives } from "./alternatives.ts";
import { AWS_CLAIMS, claimOfKey, type TokenProvider } from "./aws-claims.ts";
import { matchesNone, matchesOne, mayBegin, type ClaimText } from "./claim-text.ts";

/** A token whose claims are texts with variables; a claim that is not there is absent from the token. */
export type SymbolicToken = Readonly<Record<string, ClaimText | undefined>>;

/** How one request of a provider's token answers conditions. */
export class ClaimConditions {
  readonly #provider: TokenProvider;
  readonly #token: SymbolicToken;
  readonly #version: ParsedPolicy["version"];
  readonly #context: RequestContext;

  constructor(provider: TokenProvider, token: SymbolicToken, version: ParsedPolicy["version"]) {
    this.#provider = provider;
    this.#token = token;
    this.#version = version;
    this.#context = contextOf(provider, token);
  }

  /** When the condition holds (`wanted`), or when it does not. */
  when(condition: ParsedCondition, wanted: boolean): Alternatives {
    const claim = claimOfKey(this.#provider, condition.key);
    const text = claim !== undefined && CLAIMS.has(claim) ? this.#token[claim] : undefined;
    const symbolic = text?.some((part) => typeof part !== "string") === true ? text : undefined;
    return symbolic === undefined ? this.#constant(condition, wanted) : this.#symbolic(condition, symbolic, wanted);
  }

  /** A key whose value is known, or is not about the token. */
  #constant(condition: ParsedCondition, wanted: boolean): Alternatives {
    const ready = compiledOf(condition, this.#version);
    // Never met, so it allows nothing and what it denies cannot be told: as in the evaluator.
    if (ready === undefined) return wanted ? NEVER : needing(needOf(condition, wanted));
    const truth = ready.holds(this.#context);
    if (truth === MAYBE) return needing(needOf(condition, wanted));
    return (truth === YES) === wanted ? ALWAYS : NEVER;
  }

  #symbolic(condition: ParsedCondition, text: ClaimText, wanted: boolean): Alternatives {
    const [, quantifier = "", name = ""] = OPERATOR.exec(condition.operator.toLowerCase()) ?? [];
    if (name === "null") {
      // The claim is there: which value it has does not matter.
      const present = quantifier === "" && condition.values.some((value) => value.toLowerCase() === "false");
      return present === wanted ? ALWAYS : NEVER;
    }
    const operator = OPERATORS.get(name);
    if (operator === undefined) return wanted ? NEVER : needing(needOf(condition, wanted));
    const patterns = this.#patterns(condition, name);
    if (patterns === undefined) return needing(needOf(condition, wanted));
    // A token has one value for each claim, so set operators and `…IfExists` change nothing where it is there.
    return wanted === operator.negated ? matchesNone(text, patterns) : matchesOne(text, patterns);
  }

  /** The values as patterns; undefined where the operator or a variable in them says more than patterns can. */
  #patterns(condition: ParsedCondition, name: string): readonly PiecePattern[] | undefined {
    const constant = constantPatterns(condition, this.#version);
    if (constant !== "by token") return constant;
    return patternsOf(name, condition.values, (value) => this.#resolved(value));
  }

  /** A value with its variables put in; null where one is absent, which matches nothing; undefined where one is not known. */
  #resolved(value: string): Tokens | null | undefined {
    const tokens: number[] = [];
    for (const part of readText(value, this.#version)) {
      if (!("key" in part)) {
        for (const token of part) tokens.push(token);
        continue;
      }
      const said = this.#context.get(part.key);
      if (said === undefined) return undefined;
      const text = said === null || said.length === 0 ? part.fallback : said.length === 1 ? said[0] : null;
      if (text === null || text === undefined) return null;
      pushLiteral(tokens, text);
    }
    return tokens;
  }
}

const CLAIMS: ReadonlySet<string> = new Set(AWS_CLAIMS);

/**
 * Whether a text that begins so fails the condition, whatever follows; told from the texts alone, so that most repositories need no
 * token. False where that cannot be told.
 */
export function failsFrom(condition: ParsedCondition, lead: string, version: ParsedPolicy["version"]): boolean {
  const [, , name = ""] = OPERATOR.exec(condition.operator.toLowerCase()) ?? [];
  if (name === "null" || OPERATORS.get(name)?.negated !== false) return false;
  const patterns = constantPatterns(condition, version);
  return patterns !== undefined && patterns !== "by token" && !patterns.some((pattern) => mayBegin(pattern, lead));
}

type Patterns = readonly PiecePattern[] | undefined;

const remembered = new WeakMap<ParsedCondition, { readonly patterns: Patterns | "by token" }>();

/** The values as patterns, which are the same for every token; `by token` where a value holds a variable. */
function constantPatterns(condition: ParsedCondition, version: ParsedPolicy["version"]): Patterns | "by token" {
  let known = remembered.get(condition);
  if (known === undefined) {
    const [, , name = ""] = OPERATOR.exec(condition.operator.toLowerCase()) ?? [];
    const constant = condition.values.every((value) => readText(value, version).every((part) => !("key" in part)));
    const literally = (value: string): Tokens =>
      readText(value, version).flatMap((part) => ("key" in part ? [] : [...part]));
    known = { patterns: constant ? patternsOf(name, condition.values, literally) : "by token" };
    remembered.set(condition, known);
  }
  return known.patterns;
}

/** Values as patterns. `resolved`: null where a value matches nothing, undefined where it is not known. */
function patternsOf(
  name: string,
  values: readonly string[],
  resolved: (value: string) => Tokens | null | undefined,
): Patterns {
  const how = STRING_OPERATORS.get(name);
  if (how === undefined) {
    // ARNs have six parts and none of these claims has: only the bare star matches one.
    if (!name.startsWith("arn")) return undefined;
    return values.every((value) => /^\*+$/.test(value) || value.split(":").length < 6)
      ? values.filter((value) => /^\*+$/.test(value)).map((pattern) => ({ syntax: "aws", pattern }))
      : undefined;
  }
  const patterns: PiecePattern[] = [];
  for (const value of values) {
    const tokens = resolved(value);
    if (tokens === undefined) return undefined;
    if (tokens === null) continue;
    // Where wildcards mean nothing they are characters like all others.
    const pattern = textOf(how.syntax, tokens);
    patterns.push({ syntax: how.syntax, pattern, ...(how.ignoreCase ? { ignoreCase: true } : {}) });
  }
  return patterns;
}

const compiled = new WeakMap<ParsedCondition, CompiledCondition | null>();

/** A condition belongs to one document, which has one version. */
function compiledOf(condition: ParsedCondition, version: ParsedPolicy["version"]): CompiledCondition | undefined {
  let known = compiled.get(condition);
  if (known === undefined) compiled.set(condition, (known = compileCondition(condition, version) ?? null));
  return known ?? undefined;
}

const OPERATOR = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/;

const STRING_OPERATORS: ReadonlyMap<string, { readonly syntax: PiecePattern["syntax"]; readonly ignoreCase: boolean }> =
  new Map([
    ["stringequals", { syntax: "exact", ignoreCase: false }],
    ["stringnotequals", { syntax: "exact", ignoreCase: false }],
    ["stringequalsignorecase", { syntax: "exact", ignoreCase: true }],
    ["stringnotequalsignorecase", { syntax: "exact", ignoreCase: true }],
    ["stringlike", { syntax: "aws", ignoreCase: false }],
    ["stringnotlike", { syntax: "aws", ignoreCase: false }],
  ]);

/** Keys that say who signs or in whose name a service calls: never there in a request that brings a token instead. */
const NEVER_THERE =
  /^aws:(principal(orgid|orgpaths|tag\/.*)|username|calledvia.*|source(account|arn|orgid|orgpaths)|multifactorauth.*)$/;

/** The keys of the request that do not depend on variables; undefined for those nobody knows. */
function contextOf(provider: TokenProvider, token: SymbolicToken): RequestContext {
  const principal = requestPrincipal(provider.arn);
  const derived = principal === undefined ? undefined : new GivenContext(null, principal, null, true);
  return {
    get(key) {
      const claim = claimOfKey(provider, key);
      if (claim !== undefined) {
        const text = CLAIMS.has(claim) ? token[claim] : undefined;
        if (text === undefined) return null;
        return text.every((part) => typeof part === "string") ? [text.join("")] : undefined;
      }
      if (key === "aws:federatedprovider") return [provider.arn];
      // A key of another provider begins with its host; the token is of this one.
      if (NEVER_THERE.test(key) || /^[^:/]+\.[^:]+:/.test(key)) return null;
      return derived?.get(key);
    },
  };
}

function needOf({ operator, key, values }: ParsedCondition, wanted: boolean): string {
  const list = values.map((value) => `\`${value}\``).join(", ");
  return `\`${key}\` ${wanted ? "meets" : "does not meet"} \`${operator}\`${list === "" ? "" : ` ${list}`}`;
}
