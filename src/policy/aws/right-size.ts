import { allowedActions, effectiveAccess, type AskAction, type EffectiveAccess } from "./effective-access.ts";
import { actionIds, takeActions } from "./action-bits.ts";
import type { ActionTable } from "./action-table.ts";
import { compilePolicy } from "./compile-policy.ts";
import type { LastUses } from "./last-uses.ts";
import { narrowActions, narrowWide } from "./narrow-actions.ts";
import { parsePolicy, type ParsedPolicy, type ParsedStatement } from "./parse-policy.ts";
import {
  LONGEST_MANAGED_POLICY,
  packDocuments,
  policyLength,
  writtenStatement,
  type WrittenPolicy,
  type WrittenStatement,
} from "./policy-documents.ts";
import { PolicySet, type NamedPolicy } from "./policy-set.ts";
import { notCovered, type Unproven } from "./region-covers.ts";
import { refinesStatements } from "./refines-statements.ts";

/** What was checked about policies in the place of others. */
export interface Comparison {
  /** Whether anything is narrower than before. */
  readonly changed: boolean;
  /** Access, through every layer, of which it is not proven that it was there before: empty where the proof holds. */
  readonly unproven: readonly Unproven[];
  /** Whether the statements show it for actions the table does not know as well. */
  readonly beyondTable: boolean;
  /** Ids of the actions that are allowed no more, through every layer; in rising order. */
  readonly removed: readonly number[];
  readonly before: EffectiveAccess;
  readonly after: EffectiveAccess;
}

/** A smaller set of identity policies, with what was checked about it. */
export interface RightSized extends Comparison {
  /** In place of every identity policy that was read; those that were not read stay as they are. */
  readonly documents: readonly WrittenPolicy[];
  /** Documents longer than AWS takes, by position: statements that can not be cut. */
  readonly tooLong: readonly number[];
}

/**
 * Takes out of Allow statements what is known to be unused; resources and conditions stay as they are, and so does every Deny.
 * Proven afterwards by the evaluator's own algebra, not by how it was made.
 */
export function rightSize(
  set: PolicySet,
  uses: LastUses,
  ask: (set: PolicySet) => AskAction,
  table: ActionTable,
): RightSized {
  const documents = packDocuments(
    (set.layers.identity?.policies ?? []).flatMap(({ policy }) => narrowed(policy.parsed, uses, table)),
  );
  return {
    documents,
    tooLong: documents.flatMap((one, at) => (policyLength(one) > LONGEST_MANAGED_POLICY ? [at] : [])),
    ...comparePolicies(set, documents, ask, table),
  };
}

/** What documents in the place of the identity policies that were read come to, against what was allowed before. */
export function comparePolicies(
  set: PolicySet,
  documents: readonly WrittenPolicy[],
  ask: (set: PolicySet) => AskAction,
  table: ActionTable,
): Comparison {
  const { identity } = set.layers;
  const policies = documents.map(compiled);
  const instead = new PolicySet({ ...set.layers, identity: { ...identity, policies } });
  const before = effectiveAccess(set, ask(set), table);
  const after = effectiveAccess(instead, ask(instead), table);
  const gone = allowedActions(before, table);
  takeActions(gone, allowedActions(after, table));
  const statementsOf = (all: readonly NamedPolicy[]): readonly ParsedStatement[] =>
    all.flatMap(({ policy }) => policy.parsed.statements);
  const [old, made] = [statementsOf(identity?.policies ?? []), statementsOf(policies)];
  const within = refinesStatements(made, old, "Allow");
  return {
    changed: !within || !refinesStatements(old, made, "Allow"),
    unproven: notCovered(after, before),
    beyondTable: within && refinesStatements(old, made, "Deny"),
    removed: [...actionIds(gone)],
    before,
    after,
  };
}

function narrowed(
  policy: ParsedPolicy,
  uses: LastUses,
  table: ActionTable,
): readonly { readonly version: ParsedPolicy["version"]; readonly statement: WrittenStatement }[] {
  return policy.statements.flatMap((statement) => {
    const version = asNew(statement) ? "2012-10-17" : policy.version;
    const { Action: _action, NotAction: _notAction, ...rest } = writtenStatement(statement);
    if (statement.effect === "Deny") return [{ version, statement: writtenStatement(statement) }];
    // AWS takes an empty list, and it means nothing.
    if (statement.empty !== undefined) return [];
    const elements =
      statement.notActions.length > 0
        ? narrowWide(statement.notActions, uses, table)
        : narrowActions(statement.actions, uses, table);
    return elements.map((element) => ({ version, statement: inOrder(rest, element) }));
  });
}

/** Elements in the order in which AWS writes them. */
function inOrder(
  { Sid, Effect, ...rest }: WrittenStatement,
  element: Pick<WrittenStatement, "Action" | "NotAction">,
): WrittenStatement {
  return { ...(Sid === undefined ? {} : { Sid }), Effect, ...element, ...rest };
}

/** Whether a statement means the same in the newer version: it has nothing in it that could be a variable there. */
function asNew({ resources, notResources, conditions }: ParsedStatement): boolean {
  return ![...resources, ...notResources, ...conditions.flatMap(({ values }) => values)].some((text) =>
    text.includes("${"),
  );
}

function compiled(document: WrittenPolicy, name: number): NamedPolicy {
  const parsed = parsePolicy(JSON.stringify(document));
  // INVARIANT: what is written here is a policy.
  if (!parsed.known) throw new Error(parsed.why);
  return { name, policy: compilePolicy(parsed.value) };
}
