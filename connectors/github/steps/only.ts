type Row = Readonly<Record<string, unknown>>;

/** The row with these members only: for lists of which a recording must not hold the rest. */
export function only(...names: readonly string[]): (row: Row) => Row {
  return (row) => Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]));
}
