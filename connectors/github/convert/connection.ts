import type { RecordedRequest } from "../raw.ts";

interface Connection<T> {
  readonly totalCount?: number;
  readonly pageInfo?: { readonly hasNextPage: boolean };
  readonly edges?: readonly (T | null)[];
  readonly nodes?: readonly (T | null)[];
}

/** The rows of a connection and why these are not all, if so. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly gap: string | undefined;
}

/**
 * Rows of a connection below `organization`, over all requests of a step. GraphQL answers null for a row the token may not
 * see: that, a next page nobody fetched and a total above what is there are gaps.
 */
export function connectionRows<T>(requests: readonly RecordedRequest[], name: string): Rows<T> {
  const connections = requests.flatMap(({ answer }) => {
    const found = (answer as { readonly organization?: Readonly<Record<string, Connection<T>>> }).organization?.[name];
    return found === undefined || found === null ? [] : [found];
  });
  const all = connections.flatMap(({ edges, nodes }) => edges ?? nodes ?? []);
  const rows = all.filter((row): row is T => row !== null);
  const total = Math.max(0, ...connections.map(({ totalCount }) => totalCount ?? 0));
  const hidden = all.length - rows.length;
  const gaps = [
    ...(hidden > 0 ? [`GitHub does not show ${hidden} of them to this token`] : []),
    ...(isCut(connections.at(-1)) ? ["the next page is missing"] : []),
    ...(total > all.length ? [`GitHub counts ${total} and gave ${all.length}`] : []),
  ];
  return { rows, gap: gaps.length === 0 ? undefined : gaps.join("; ") };
}

/** Whether a connection says that it goes on. */
export function isCut(
  connection: { readonly pageInfo?: { readonly hasNextPage: boolean } | undefined } | undefined,
): boolean {
  return connection?.pageInfo?.hasNextPage === true;
}

/** Edges of a nested list that the token may see, and how many it may not. */
export function shownEdges<T>({ edges }: { readonly edges: readonly (T | null)[] }): {
  readonly shown: readonly T[];
  readonly hidden: number;
} {
  const shown = edges.filter((edge): edge is T => edge !== null);
  return { shown, hidden: edges.length - shown.length };
}
