import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawCodespace } from "../raw-people.ts";
import type { Convert } from "./converted.ts";
import { mentioned } from "./parts.ts";

interface Answer {
  readonly total_count?: number;
  readonly codespaces: readonly RawCodespace[];
}

/** Codespaces as facts about their owners: how many, and when one was last used. */
export const codespaces: Convert = (requests, context) => {
  const records = emptyRecords();
  const answers = requests.map(({ answer }) => answer as Answer);
  const all = answers.flatMap((answer) => answer.codespaces);
  for (const [login, own] of Map.groupBy(all, ({ owner }) => owner.login.toLowerCase())) {
    const [first] = own;
    if (first === undefined) continue;
    const person =
      context.principals.get(login) ??
      mentioned(context, { id: first.owner.node_id, login: first.owner.login }, "organization-member")[0];
    if (person === undefined) continue;
    const used = own.map(({ last_used_at: at }) => at).sort();
    records.principals.push({
      ...person,
      attributes: { ...person.attributes, codespaces: own.length, codespacesLastUsedAt: used.at(-1) ?? null },
    });
  }
  const total = Math.max(0, ...answers.map((answer) => answer.total_count ?? 0));
  const gap = total > all.length ? `GitHub counts ${total} and gave ${all.length}` : undefined;
  return { records, kinds: { codespace: { items: all.length, gap } } };
};
