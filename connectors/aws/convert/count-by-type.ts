/** How many things of each type there are; what names no type is left out. */
export function countByType(things: readonly { readonly type?: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of things) if (type !== undefined) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
