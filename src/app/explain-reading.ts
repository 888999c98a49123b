import type { AccessGraph } from "../graph/access-graph.ts";
import { bestCoverage } from "../graph/best-coverage.ts";
import type { GitHubPolicyKind, Policy } from "../model/policy.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { parsePolicy } from "../policy/aws/parse-policy.ts";

/** A policy document that was given and cannot be judged. */
export interface MalformedPolicy {
  /** What it is and where it hangs, for people: ``policy `Deploy` of `arn:…` ``. */
  readonly what: string;
  /** File of a recording that holds it, as seen from its folder. */
  readonly file: string;
  /** The parser's reason, with the place in the document. */
  readonly why: string;
  /** Whether somebody gave it in a file; else the provider answered it. */
  readonly recorded: boolean;
}

/** How well a snapshot was read: what decides the exit code of every command that reads. */
export interface Reading {
  readonly malformed: readonly MalformedPolicy[];
  /** Whether some kind of fact was refused or answered in part. What nobody gave or asked for is no failure. */
  readonly inPart: boolean;
}

/** Looks at coverage and at every policy document. `fault` saves parsing again where a graph was built. */
export function readingOf(snapshot: Snapshot, fault?: AccessGraph["fault"]): Reading {
  return {
    malformed: malformedPolicies(snapshot, fault),
    inPart: bestCoverage(snapshot.coverage).some(({ state }) => state === "partial" || state === "denied"),
  };
}

function malformedPolicies(snapshot: Snapshot, fault: AccessGraph["fault"] | undefined): readonly MalformedPolicy[] {
  // Equal documents have one hash; a hundred thousand principals hold few different ones.
  const sound = new Set<string>();
  const found: { readonly policy: Policy; readonly why: string }[] = [];
  for (const policy of snapshot.policies) {
    // GitHub's controls are in our own form: whatever was malformed was told when they were read.
    if (policy.system !== "aws") continue;
    if (sound.has(policy.documentHash)) continue;
    const why = faultOf(policy, fault);
    if (why === undefined) {
      if (policy.documentHash !== "") sound.add(policy.documentHash);
    } else found.push({ policy, why });
  }
  if (found.length === 0) return [];
  const holders = new Map([...snapshot.resources, ...snapshot.principals].map((record) => [record.id, record]));
  const tenants = new Map(snapshot.tenants.map(({ id, nativeId }) => [id, nativeId]));
  const live = new Set(snapshot.runs.filter(({ mode }) => mode === "live").map(({ tenantId }) => tenantId));
  return found.map(({ policy, why }) => {
    const holder = policy.holderId === null ? undefined : holders.get(policy.holderId);
    const digits = tenants.get(policy.tenantId) ?? "<12 digits>";
    const permissionSet = holder !== undefined && "nativeType" in holder && holder.nativeType === "permission-set";
    return {
      what: nameOf(policy, holder?.locator),
      file: `aws/${digits}/${permissionSet ? "identity-center.json" : FILES[policy.kind as keyof typeof FILES]}`,
      why,
      recorded: !live.has(policy.tenantId),
    };
  });
}

/** What a document says when its text is no JSON; one that was not given, or not held by the answer, says something else. */
const NO_JSON = "the policy document is not JSON";

function faultOf(policy: Policy, fault: AccessGraph["fault"] | undefined): string | undefined {
  if (!policy.document.known) return policy.document.why.startsWith(NO_JSON) ? policy.document.why : undefined;
  if (fault !== undefined) return fault(policy.id);
  const judged = parsePolicy(policy.document.value);
  return judged.known ? undefined : judged.why;
}

/** Where a recording keeps each kind of document. */
const FILES: Readonly<Record<Exclude<Policy["kind"], GitHubPolicyKind>, string>> = {
  "aws-managed": "account-authorization-details.json",
  "customer-managed": "account-authorization-details.json",
  inline: "account-authorization-details.json",
  trust: "account-authorization-details.json",
  scp: "organization.json",
  rcp: "organization.json",
  resource: "resource-policies.json",
};

function nameOf({ kind, name, locator }: Policy, holder: string | undefined): string {
  if (kind === "trust") return `trust policy of \`${holder ?? locator}\``;
  if (kind === "resource") return `resource policy of \`${holder ?? locator}\``;
  if (kind === "inline") return `inline policy \`${name}\` of \`${holder ?? locator}\``;
  return kind === "scp" || kind === "rcp" ? `${kind} \`${name}\`` : `policy \`${locator}\``;
}
