import { compilePolicy, type CompiledPolicy } from "../policy/aws/compile-policy.ts";
import { parsePolicy } from "../policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type PublicAccessBlock } from "../policy/aws/policy-set.ts";
import { LineError, listOf, objectOf, unknownField, type Json, type JsonObject } from "./line-error.ts";

/** The fields of a line that hold policies. */
export const POLICY_FIELDS = [
  "identityPolicies",
  "boundary",
  "scps",
  "rcps",
  "resourcePolicy",
  "sessionPolicies",
  "endpointPolicies",
  "publicAccessBlock",
] as const;

const BLOCK_FIELDS: readonly string[] = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
];
/** Characters of documents that are remembered; lines that spell out their policies mostly repeat the last ones. */
const MOST_REMEMBERED = 8_000_000;

/** Reads the policy fields of lines; a document that comes again is not read again. */
export class PolicyReader {
  #documents = new Map<string, CompiledPolicy>();
  #characters = 0;

  /** The policies of a line. Throws a `LineError` that names the place of what is wrong. */
  set(line: JsonObject): PolicySet {
    const { identityPolicies, boundary, sessionPolicies, endpointPolicies, scps, rcps } = line;
    const { resourcePolicy: resource, publicAccessBlock: block } = line;
    return new PolicySet({
      identity: identityPolicies === undefined ? { policies: [] } : this.#list(identityPolicies, "identityPolicies"),
      ...(boundary !== undefined && { boundary: this.#list(boundary, "boundary") }),
      ...(sessionPolicies !== undefined && { session: this.#list(sessionPolicies, "sessionPolicies") }),
      ...(endpointPolicies !== undefined && { endpoint: this.#list(endpointPolicies, "endpointPolicies") }),
      ...(scps !== undefined && { scps: this.#levels(scps, "scps") }),
      ...(rcps !== undefined && { rcps: this.#levels(rcps, "rcps") }),
      ...(resource !== undefined &&
        resource !== null && {
          resource: { policies: [{ name: 0, policy: this.#policy(resource, "resourcePolicy") }] },
        }),
      ...(block !== undefined && block !== null && { publicAccessBlock: publicAccessBlock(block) }),
    });
  }

  #list(documents: Json, field: string): LayerPolicies {
    return {
      policies: listOf(documents, field).map((document, at) => ({
        name: at,
        policy: this.#policy(document, `${field}[${at}]`),
      })),
    };
  }

  #levels(levels: Json, field: string): readonly LayerPolicies[] {
    return listOf(levels, field).map((level, at) => ({
      policies: listOf(level, `${field}[${at}]`).map((document, position) => {
        const place = `${field}[${at}][${position}]`;
        return { name: place, policy: this.#policy(document, place) };
      }),
    }));
  }

  #policy(document: Json, place: string): CompiledPolicy {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    let policy = this.#documents.get(text);
    if (policy === undefined) {
      const read = parsePolicy(text);
      if (!read.known) throw new LineError(`\`${place}\`: ${read.why}`);
      policy = compilePolicy(read.value);
      this.#characters += text.length;
      if (this.#characters > MOST_REMEMBERED) {
        this.#documents = new Map();
        this.#characters = text.length;
      }
      this.#documents.set(text, policy);
    }
    return policy;
  }
}

function publicAccessBlock(given: Json): PublicAccessBlock {
  const block = objectOf(given, "`publicAccessBlock`");
  for (const key in block) {
    if (!BLOCK_FIELDS.includes(key)) throw unknownField(key, BLOCK_FIELDS, "publicAccessBlock.");
    if (typeof block[key] !== "boolean") throw new LineError(`\`publicAccessBlock.${key}\` is neither true nor false`);
  }
  return { restrictPublicBuckets: block["RestrictPublicBuckets"] === true };
}
