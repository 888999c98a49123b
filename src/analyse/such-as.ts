/** The end of a sentence about some things of many: the only one, or the first as an example; nothing for none. */
export function suchAs(names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) return "";
  return names.length === 1 ? `: \`${first}\`` : `, such as \`${first}\``;
}
