import { known, unknown } from "../../../src/model/observed.ts";
import type { RawUser } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { principal } from "./parts.ts";

/** Outside collaborators; the second request says which of them have no second factor, where the token may ask. */
export const outsideCollaborators: Convert = (requests, context) => {
  const usersOf = (wanted: (filter: unknown) => boolean): readonly RawUser[] | undefined => {
    const found = requests.filter(({ parameters }) => wanted(parameters["filter"]));
    return found.length === 0 ? undefined : found.flatMap(({ answer }) => answer as readonly RawUser[]);
  };
  const all = usersOf((filter) => filter === undefined || filter === "all");
  const without = usersOf((filter) => filter === "2fa_disabled");
  const noFactor = without === undefined ? undefined : new Set(without.map((user) => user.node_id));
  const principals = (all ?? without ?? []).map((user) =>
    context.remember(
      principal(context, {
        kind: "user",
        nativeType: "outside-collaborator",
        nativeId: user.node_id,
        locator: user.login,
        displayName: user.login,
        secondFactor:
          noFactor === undefined
            ? unknown("GitHub shows it to organization owners only")
            : known(!noFactor.has(user.node_id)),
        attributes: { role: "outside", databaseId: user.id },
      }),
    ),
  );
  const gap = all === undefined ? "only those without a second factor were read" : undefined;
  return { records: { principals }, kinds: { "outside-collaborator": { items: principals.length, gap } } };
};
