/** A number with its word: `1 change`, `2 changes`; an irregular plural is given: `counted(2, "user was", "users were")`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
