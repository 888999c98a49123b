import type { Decision, Layer, StatementRef } from "../policy/aws/decision.ts";
import type { DenialStep } from "../policy/aws/denial/sequence.ts";
import type { Denial } from "../policy/denial.ts";
import type { Needs } from "../policy/refusal/needs.ts";
import type { TokenSignal } from "../policy/refusal/token-refusals.ts";
import type { RefusalKind, Retry } from "../policy/refusal/verdict.ts";

type Certainty = "stated" | "computed" | "inferred";
/** Whether the principal may assume a role as things are. */
export type CanAssume = "yes" | "conditional" | "no" | "unknown";

/** Which layer refused, and how we know. */
export interface DeniedBy {
  readonly layer: Layer | null;
  readonly explicit: boolean | null;
  readonly policy: string | null;
  readonly statements: readonly StatementRef[];
  readonly certainty: Certainty;
}

/** The least that would let the request through, or what to look at. */
export interface SmallestFix {
  readonly kind: "add-allow" | "change-deny" | "change-trust" | "change-setting";
  readonly where: string;
  readonly statement: Readonly<Record<string, unknown>> | null;
  readonly warning: string | null;
}

/** The answer about one refusal. */
export interface DenialAnswer {
  /** Where it begins in a text of several, counted from 1; null for a text that is one. */
  readonly line: number | null;
  readonly verdict: "denied" | "not-access" | "encoded" | "unreadable";
  readonly asked: {
    readonly principal: string | null;
    readonly principalId: string | null;
    readonly action: string | null;
    readonly resource: string | null;
    readonly context: Readonly<Record<string, readonly string[]>>;
    readonly at: string | null;
    readonly source: Denial["source"];
  } | null;
  readonly deniedBy: DeniedBy | null;
  readonly layers: Decision["layers"];
  readonly next: readonly DenialStep[];
  readonly smallestFix: SmallestFix | null;
  readonly alternatives: readonly {
    readonly principal: string;
    readonly principalId: string;
    readonly canAssume: CanAssume;
  }[];
  readonly notAccess: { readonly what: string; readonly evidence: string; readonly hint: string } | null;
  /** What GitHub refused, where it was GitHub; then what AWS's answers are made of is null or empty. */
  readonly github: GitHubDenial | null;
  /** What AWS says of a token a job brought, where that is the refusal. */
  readonly token: TokenDenial | null;
  readonly notes: readonly string[];
  readonly assumes: readonly Layer[];
}

/** One token that AWS did not take, told. */
export interface TokenDenial {
  /** Stable: `trust`, `no-provider`. */
  readonly signal: TokenSignal;
  readonly reason: string;
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** AWS's own words. */
  readonly evidence: string;
  /** What the trust policy asks of tokens: `` `sub` StringLike `repo:acme/web:*` ``; empty where the role is not known. */
  readonly asks: readonly string[];
  /** Kinds of jobs of collected repositories that the role lets in, each with a subject as an example. */
  readonly letsIn: readonly { readonly place: string; readonly repository: string; readonly subject: string | null }[];
}

/** One refusal by GitHub, told. */
export interface GitHubDenial {
  /** The name of the signal that told it. */
  readonly signal: string;
  readonly kind: RefusalKind;
  readonly reason: string;
  /** What to change, in order. */
  readonly steps: readonly string[];
  readonly needs: Needs;
  readonly role: string | null;
  readonly retry: Retry;
  readonly status: number | null;
  /** `GET /repos/acme/api/keys`. */
  readonly call: string | null;
  readonly organization: string | null;
  readonly repository: string | null;
  readonly ref: string | null;
  readonly actor: string | null;
  readonly requestId: string | null;
  /** GitHub's own words, without what may be a secret. */
  readonly evidence: string;
  /** Who can change it, as far as the snapshot tells. */
  readonly ask: readonly { readonly principal: string; readonly principalId: string; readonly as: string }[];
}

/** What an answer holds that tells nothing. */
export const NOTHING: Omit<DenialAnswer, "line" | "verdict"> = {
  asked: null,
  deniedBy: null,
  layers: {},
  next: [],
  smallestFix: null,
  alternatives: [],
  notAccess: null,
  github: null,
  token: null,
  notes: [],
  assumes: [],
};
