/**
 * Unique ids as AWS makes them, obviously made up: a prefix of four letters, `SAMPLE`, the number of the tenant and a count, 21
 * characters in all (20 for an access key).
 */
export function uniqueIds(tenant: number): (prefix: string) => string {
  let count = 0;
  return (prefix) => {
    count += 1;
    return `${prefix}SAMPLE${tenant}${String(count).padStart(prefix === "AKIA" ? 9 : 10, "0")}`;
  };
}
