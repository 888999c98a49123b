import type { ParsedStatement } from "../../aws/parse-policy.ts";
import type { TokenProvider } from "../aws-claims.ts";
import { positiveOn } from "./trust-text.ts";

/** A repository that a value of the statement names in full. */
export interface NamedRepository {
  /** `acme/api`. */
  readonly name: string;
  /** The id beside the name, where there is one without a wildcard. */
  readonly id: string | null;
  /** The whole value. */
  readonly value: string;
}

/** The repositories that subjects of the statement name. */
export function namedRepositories(statement: ParsedStatement, provider: TokenProvider): readonly NamedRepository[] {
  return positiveOn(statement, provider, ["sub"]).flatMap(({ values }) =>
    values.flatMap((value) => {
      const [, owner, repository, id] = /^repo:([^/:@*?]+)(?:@[^/:]*)?\/([^:@*?]+)(?:@([^:]*))?:/.exec(value) ?? [];
      if (owner === undefined || repository === undefined) return [];
      return [{ name: `${owner}/${repository}`, id: id === undefined || /[*?]/.test(id) ? null : id, value }];
    }),
  );
}
