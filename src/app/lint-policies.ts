import type { ConnectorEnvironment } from "../contracts/connector.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { GitHubPolicyKind, Policy } from "../model/policy.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { loadActionTable, type ActionTable } from "../policy/aws/action-table.ts";
import { decodeDocument } from "../policy/aws/decode-document.ts";
import { lintPolicy, type LintFinding, type LintKind } from "../policy/aws/lint-policy.ts";
import { parsePolicy, type ParsedPolicy } from "../policy/aws/parse-policy.ts";
import { readingOf } from "./explain-reading.ts";
import { gatherRecorded } from "./gather.ts";

/** Kinds a person can name for a document whose place nobody knows. */
export const LINT_KINDS: readonly LintKind[] = [
  "identity",
  "managed",
  "inline-user",
  "inline-group",
  "inline-role",
  "boundary",
  "session",
  "resource",
  "trust",
  "scp",
  "rcp",
];

/** A policy and what the linter says of it. */
export interface LintedPolicy {
  /** The path as it was typed, `-` for standard input. */
  readonly source: string;
  /** What it is called and where it hangs; null for a document of its own. */
  readonly name: string | null;
  readonly kind: LintKind;
  /** Who said of which kind it is: the recording, the person, or the look of it. */
  readonly kindSource: "recorded" | "given" | "guessed";
  readonly findings: readonly LintFinding[];
}

/** Something that was to be linted and is no policy. */
export interface UnreadablePolicy {
  readonly source: string;
  readonly name: string | null;
  readonly why: string;
}

/** The answer of `lint`. */
export interface LintDocument {
  readonly schema: "leastwise/lint@1";
  readonly policies: readonly LintedPolicy[];
  /** AWS's own policies, which nobody but AWS can mend. */
  readonly leftOut: number;
  readonly unreadable: readonly UnreadablePolicy[];
}

/** How to lint. */
export interface LintOptions {
  /** Of which kind documents are that are not part of a recording. */
  readonly kind?: string;
  /** AWS's own policies too. */
  readonly all?: boolean;
  /** Reads standard input, for the path `-`. */
  standardInput(): Promise<string>;
}

/**
 * Lints every path: a policy document, a recording, or `-`. What is no policy is told beside the rest and ends nothing; a file or
 * folder that cannot be opened is told in the same way.
 */
export async function lintPolicies(
  world: World,
  environment: ConnectorEnvironment,
  paths: readonly string[],
  options: LintOptions,
): Promise<LintDocument> {
  const given = lintKind(options.kind);
  const table = await loadActionTable();
  const policies: LintedPolicy[] = [];
  const unreadable: UnreadablePolicy[] = [];
  let leftOut = 0;
  for (const source of paths) {
    try {
      const text = source === "-" ? await options.standardInput() : await documentAt(world, source);
      if (text === undefined) {
        const snapshot = await gatherRecorded(world, environment, [source], undefined);
        const linted = lintSnapshot(snapshot, source, options.all === true, table);
        policies.push(...linted.policies);
        unreadable.push(...linted.unreadable);
        leftOut += linted.leftOut;
        continue;
      }
      const parsed = parsePolicy(text);
      if (!parsed.known) {
        unreadable.push({ source, name: null, why: parsed.why });
        continue;
      }
      const kind = given ?? guessedKind(parsed.value);
      const findings = lintPolicy(parsed.value, kind, table);
      policies.push({ source, name: null, kind, kindSource: given === undefined ? "guessed" : "given", findings });
    } catch (error) {
      if (!(error instanceof AuditError) || error.kind !== "input-file") throw error;
      unreadable.push({ source, name: null, why: error.message });
    }
  }
  return { schema: "leastwise/lint@1", policies, leftOut, unreadable };
}

function lintKind(text: string | undefined): LintKind | undefined {
  const kind = LINT_KINDS.find((known) => known === text);
  if (text !== undefined && kind === undefined)
    throw new AuditError("settings", "lint-kind", `\`${text}\` is no kind of policy`, {
      hint: `one of ${LINT_KINDS.join(", ")}`,
    });
  return kind;
}

/** A policy document is small; whatever is larger is read as a recording is, piece by piece. */
const LONGEST_DOCUMENT = 16_000_000;
/** What `aws iam get-account-authorization-details` prints has at least one of these. */
const SWEEP = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

/** The text of a file that is to be a policy; undefined where the path is recorded input. */
async function documentAt(world: World, path: string): Promise<string | undefined> {
  if (!(await world.files.exists(path)))
    throw new AuditError("input-file", "missing", `\`${path}\` does not exist`, { place: { file: path } });
  if (await isFolder(world, path)) return undefined;
  const bytes = await world.files.read(path);
  if (bytes.length > LONGEST_DOCUMENT) return undefined;
  const text = new TextDecoder().decode(bytes);
  try {
    const document: unknown = JSON.parse(decodeDocument(text));
    const sweep = typeof document === "object" && document !== null && SWEEP.some((name) => name in document);
    return sweep ? undefined : text;
  } catch {
    // The parser says what is wrong with it.
    return text;
  }
}

function isFolder(world: World, path: string): Promise<boolean> {
  return world.files.list(path).then(
    () => true,
    () => false,
  );
}

/** Of which kind a document looks: one that names principals is a resource's, and a role's when it is about assuming it. */
function guessedKind(policy: ParsedPolicy): LintKind {
  const naming = policy.statements.filter(
    ({ principals, notPrincipals }) => principals !== null || notPrincipals !== null,
  );
  if (naming.length === 0) return "identity";
  const trusts = naming.every(
    ({ actions, resources, notResources }) =>
      resources.length === 0 && notResources.length === 0 && actions.every((action) => /^sts:/i.test(action)),
  );
  return trusts ? "trust" : "resource";
}

function lintSnapshot(
  snapshot: Snapshot,
  source: string,
  all: boolean,
  table: ActionTable,
): Pick<LintDocument, "policies" | "unreadable" | "leftOut"> {
  const holders = new Map([...snapshot.resources, ...snapshot.principals].map((holder) => [holder.id, holder]));
  // A hundred thousand principals hold few different documents.
  const known = new Map<string, readonly LintFinding[]>();
  const policies: LintedPolicy[] = [];
  let leftOut = 0;
  for (const policy of snapshot.policies) {
    if (policy.system !== "aws") continue;
    if (policy.kind === "aws-managed" && !all) {
      leftOut += 1;
      continue;
    }
    if (!policy.document.known) continue;
    const holder = policy.holderId === null ? undefined : holders.get(policy.holderId);
    const kind = kindOf(policy, holder?.kind);
    const key = `${kind} ${policy.documentHash}`;
    let findings = known.get(key);
    if (findings === undefined) {
      const parsed = parsePolicy(policy.document.value);
      if (!parsed.known) continue;
      findings = lintPolicy(parsed.value, kind, table);
      known.set(key, findings);
    }
    policies.push({ source, name: nameOf(policy, holder?.locator), kind, kindSource: "recorded", findings });
  }
  const unreadable = readingOf(snapshot).malformed.map(({ what, why }) => ({ source, name: what, why }));
  return { policies, unreadable, leftOut };
}

function kindOf({ kind }: Policy, holder: string | undefined): LintKind {
  switch (kind) {
    case "aws-managed":
    case "customer-managed":
      return "managed";
    case "inline":
      if (holder === "user" || holder === "group" || holder === "role") return `inline-${holder}`;
      return "identity";
    default:
      return kind as Exclude<typeof kind, GitHubPolicyKind>;
  }
}

function nameOf({ kind, name, locator }: Policy, holder: string | undefined): string {
  if (kind === "trust" || kind === "resource") return `${kind} policy of ${holder ?? locator}`;
  return kind === "inline" ? `${name} of ${holder ?? locator}` : locator;
}
