import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawCustomRole } from "../raw-people.ts";
import { control, organizationHolder } from "./control.ts";
import type { Convert } from "./converted.ts";

interface Answer {
  readonly total_count?: number;
  readonly custom_roles: readonly RawCustomRole[];
}

/** Custom roles on repositories: the base they extend, and by which permissions. */
export const customRepositoryRoles: Convert = (requests, context) => {
  const records = emptyRecords();
  const answers = requests.map(({ answer }) => answer as Answer);
  for (const role of answers.flatMap((answer) => answer.custom_roles))
    records.policies.push(
      control(context, "repository-role", organizationHolder(context), {
        id: `${context.tenantId}/repository-role/${role.id}`,
        name: role.name,
        updatedAt: role.updated_at,
        document: known({
          name: role.name,
          source: "organization",
          base: role.base_role ?? null,
          permissions:
            role.permissions === undefined ? unknown("GitHub did not say what the role adds") : known(role.permissions),
        }),
      }),
    );
  const items = records.policies.length;
  const total = Math.max(0, ...answers.map((answer) => answer.total_count ?? 0));
  const gap = total > items ? `GitHub counts ${total} and gave ${items}` : undefined;
  return { records, kinds: { "custom-repository-role": { items, gap } } };
};
