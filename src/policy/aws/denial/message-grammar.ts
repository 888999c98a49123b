/**
 * The sentences in which AWS says why it refused.
 * Sources: "Troubleshoot access denied error messages", IAM User Guide; "Troubleshoot access denied (403 Forbidden) errors",
 * S3 User Guide; "Troubleshooting key access", KMS Developer Guide.
 */
import type { StatedReason } from "../../denial.ts";
import type { Layer } from "../decision.ts";

/** What AWS calls the policies of each layer. */
export const POLICY_NAMES: readonly (readonly [name: string, layer: Layer])[] = [
  ["identity-based polic(?:y|ies)", "identity"],
  ["resource-based polic(?:y|ies)", "resource"],
  ["permissions? boundary(?: policy)?", "boundary"],
  ["session polic(?:y|ies)", "session"],
  ["service control polic(?:y|ies)", "scp"],
  ["resource control polic(?:y|ies)", "rcp"],
  ["VPC endpoint polic(?:y|ies)", "endpoint"],
  ["(?:role )?trust polic(?:y|ies)", "trust"],
];

/** A tail of a sentence; what it says where it is found. A capture is the ARN of the policy, or the action once more. */
interface Tail {
  readonly pattern: RegExp;
  readonly layer: Layer | null;
  readonly explicit: boolean | null;
  readonly captures: "policy" | "action" | "nothing";
  readonly mayNotExist?: true;
}

/** A policy's ARN after an explicit deny, quoted or not. */
const POLICY_ARN = String.raw`(?:\s*:\s*["'\x60]?(arn:aws[a-z-]*:[a-z-]+:[\w*]*:[\w*]*:[\w+=,.@:/*-]+))?`;

/** In this order: the general ones last. */
export const TAILS: readonly Tail[] = [
  {
    pattern:
      /\bresource\s+does\s+not\s+exist\s+in\s+this\s+Region,\s+no\s+resource-based\s+policies\s+allow\s+access,\s+or\s+a\s+resource-based\s+policy\s+explicitly\s+denies\s+access/i,
    layer: "resource",
    explicit: null,
    captures: "nothing",
    mayNotExist: true,
  },
  {
    pattern: /\bdoes\s+not\s+exist,[^.]{0,60}\bor\s+you\s+are\s+not\s+allowed\s+to\s+access\b/i,
    layer: null,
    explicit: null,
    captures: "nothing",
    mayNotExist: true,
  },
  {
    pattern:
      /\bbecause\s+public\s+(?:ACLs|access\s+control\s+lists(?:\s+\(ACLs\))?|policies)\s+are\s+prevented\s+by\s+the\s+Block/i,
    layer: "public-access-block",
    explicit: null,
    captures: "nothing",
  },
  ...POLICY_NAMES.map(([name, layer]): Tail => {
    const pattern = String.raw`\bbecause\s+no\s+${spaced(name)}\s+allows?\s+the\s+["'\x60]?([\w-]+:[\w*]+)?`;
    return { pattern: new RegExp(pattern, "i"), layer, explicit: false, captures: "action" };
  }),
  ...POLICY_NAMES.map(([name, layer]): Tail => {
    const pattern = String.raw`\bexplicit\s+deny\s+in\s+(?:an?|the|one\s+of\s+the)\s+${spaced(name)}(?![\w-])${POLICY_ARN}`;
    return { pattern: new RegExp(pattern, "i"), layer, explicit: true, captures: "policy" };
  }),
  {
    pattern: /\b(?:with|due\s+to)\s+an\s+explicit\s+deny\b|\bexplicitly\s+denied\b/i,
    layer: null,
    explicit: true,
    captures: "nothing",
  },
];

/** Where a sentence goes on after the resource. */
export const TAIL_START = /\s(?:because\s|with\s+an\s+explicit\s+deny|due\s+to\s+an\s+explicit\s+deny)/i;

/** Refusals that name neither principal nor action. Each may be followed by a tail. */
export const BARE_REFUSALS: readonly RegExp[] = [
  /\bnot\s+authori[sz]ed\s+to\s+(?:perform|access|call|use|invoke)\b/i,
  /\baccess\s+(?:is\s+)?denied\b(?!\s+for\s+user\s+')/i,
  /\bdo(?:es)?\s*(?:n't|\s+not)\s+have\s+(?:sufficient\s+|the\s+required\s+)?(?:permissions?|access|privileges)\s+(?:to|for|on)\b/i,
  /\bdoes\s+not\s+exist,[^.]{0,60}\bor\s+you\s+are\s+not\s+allowed\s+to\s+access\b/i,
  /\bcalling\s+the\s+Head(?:Object|Bucket)\s+operation:\s+Forbidden/i,
];

/** A reason about which nothing was said. */
export const NOTHING_STATED: StatedReason = { layer: null, explicit: null, policyArn: null, mayNotExist: false };

/** What a tail says, wherever in the text it stands; the action where it repeats it. */
export function readTail(text: string): { readonly stated: StatedReason; readonly action: string | null } {
  let first: { readonly at: number; readonly tail: Tail; readonly captured: string | undefined } | null = null;
  for (const tail of TAILS) {
    const match = tail.pattern.exec(text);
    // The general tail also matches where a particular one does: then the particular one came first in the list.
    if (match === null || (first !== null && (first.at <= match.index || tail.layer === null))) continue;
    first = { at: match.index, tail, captured: match[1] };
  }
  if (first === null) return { stated: NOTHING_STATED, action: null };
  const { tail, captured } = first;
  return {
    stated: {
      layer: tail.layer,
      explicit: tail.explicit,
      policyArn: tail.captures === "policy" ? unmaskedArn(captured) : null,
      mayNotExist: tail.mayNotExist === true,
    },
    action: tail.captures === "action" ? (captured ?? null) : null,
  };
}

function unmaskedArn(arn: string | undefined): string | null {
  const clean = arn?.replace(/[.,:]+$/, "");
  return clean !== undefined && /^arn:[^:]+:[^:]+:[^:]*:(?:\d{12}|aws):[^*]+$/.test(clean) ? clean : null;
}

function spaced(words: string): string {
  return words.replaceAll(" ", String.raw`\s+`);
}
