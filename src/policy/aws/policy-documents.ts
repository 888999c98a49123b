import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";

/** A statement as it is written. */
export interface WrittenStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A policy document as it is written. */
export interface WrittenPolicy {
  readonly Version: ParsedPolicy["version"];
  readonly Statement: readonly WrittenStatement[];
}

/** "IAM and AWS STS quotas", IAM User Guide: characters of a managed policy, white space not counted. */
export const LONGEST_MANAGED_POLICY = 6_144;
/** The same page: managed policies a user or role can hold before somebody asks AWS for more. */
export const MOST_MANAGED_POLICIES = 10;

/** Length as IAM counts it. */
export function policyLength(policy: object): number {
  return JSON.stringify(policy).replaceAll(/\s/g, "").length;
}

/** A parsed identity statement as it was written, its spelling apart. */
export function writtenStatement(statement: ParsedStatement): WrittenStatement {
  const { sid, effect, actions, notActions, resources, notResources, conditions, empty = [] } = statement;
  const grouped: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of conditions) (grouped[operator] ??= {})[key] = values;
  return {
    ...(sid === null ? {} : { Sid: sid }),
    Effect: effect,
    ...(actions.length > 0 || empty.includes("Action") ? { Action: actions } : {}),
    ...(notActions.length > 0 ? { NotAction: notActions } : {}),
    ...(resources.length > 0 || empty.includes("Resource") ? { Resource: resources } : {}),
    ...(notResources.length > 0 ? { NotResource: notResources } : {}),
    ...(conditions.length > 0 ? { Condition: grouped } : {}),
  };
}

/**
 * Puts statements into as many documents as AWS's size limit asks for, in order. A statement that is too long by itself is cut
 * by its actions, then by its resources; where neither can be (NotAction, NotResource) it stays whole in a document that is too
 * long, which the caller has to say.
 */
export function packDocuments(
  statements: readonly { readonly version: ParsedPolicy["version"]; readonly statement: WrittenStatement }[],
): readonly WrittenPolicy[] {
  const documents: { Version: ParsedPolicy["version"]; Statement: WrittenStatement[] }[] = [];
  const seen = new Set<string>();
  for (const version of ["2012-10-17", "2008-10-17"] as const) {
    const alone = (statement: WrittenStatement): number => policyLength({ Version: version, Statement: [statement] });
    let open: (typeof documents)[number] | undefined;
    let length = 0;
    for (const { statement } of statements
      .filter((one) => one.version === version)
      .flatMap((one) => fitting(one, alone))) {
      const { Sid: _sid, ...meaning } = statement;
      const key = `${version} ${JSON.stringify(meaning)}`;
      // Several policies often say the same.
      if (seen.has(key)) continue;
      seen.add(key);
      // A Sid gets a number where the document has it already: room for that is left.
      const more = policyLength(statement) + 10;
      if (open === undefined || length + more > LONGEST_MANAGED_POLICY) {
        open = { Version: version, Statement: [] };
        documents.push(open);
        length = policyLength(open);
      }
      open.Statement.push(named(statement, open.Statement));
      length += more;
    }
  }
  return documents;
}

function fitting(
  one: { readonly version: ParsedPolicy["version"]; readonly statement: WrittenStatement },
  length: (statement: WrittenStatement) => number,
): readonly { readonly version: ParsedPolicy["version"]; readonly statement: WrittenStatement }[] {
  const { version, statement } = one;
  if (length(statement) + 10 <= LONGEST_MANAGED_POLICY) return [one];
  for (const element of ["Action", "Resource"] as const) {
    const list = statement[element] ?? [];
    if (list.length < 2) continue;
    const middle = Math.ceil(list.length / 2);
    return [list.slice(0, middle), list.slice(middle)].flatMap((half) =>
      fitting({ version, statement: { ...statement, [element]: half } }, length),
    );
  }
  return [one];
}

/** The statement with a Sid no other of the document has: AWS refuses two that are equal. */
function named(statement: WrittenStatement, others: readonly WrittenStatement[]): WrittenStatement {
  const { Sid: sid } = statement;
  if (sid === undefined) return statement;
  const taken = new Set(others.map(({ Sid }) => Sid));
  let name = sid;
  for (let number = 2; taken.has(name); number += 1) name = `${sid}${number}`;
  return { ...statement, Sid: name };
}
