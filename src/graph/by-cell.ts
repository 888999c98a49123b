import { matchesPattern } from "../text/pattern.ts";

/**
 * Answers the rows whose cell means one of the names, in the order of the rows. Cells without a wildcard are looked up and
 * only patterns are walked: lists of tens of thousands of plain names stay cheap.
 */
export function byCell<T>(rows: readonly T[], cell: (row: T) => string): (names: readonly string[]) => T[] {
  const plain = new Map<string, number[]>();
  const patterns: number[] = [];
  rows.forEach((row, place) => {
    const text = cell(row).toLowerCase();
    const places = plain.get(text);
    if (text.includes("*")) patterns.push(place);
    else if (places === undefined) plain.set(text, [place]);
    else places.push(place);
  });
  return (names) => {
    const places = new Set(names.flatMap((name) => plain.get(name.toLowerCase()) ?? []));
    for (const place of patterns) {
      const row = rows[place];
      if (row !== undefined && names.some((name) => matchesPattern(cell(row), name))) places.add(place);
    }
    return [...places].sort((a, b) => a - b).flatMap((place) => rows[place] ?? []);
  };
}
