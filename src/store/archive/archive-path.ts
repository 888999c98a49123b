/** Whether a name from an archive is one of a file inside it: relative, nothing that leads outside, nothing that a terminal obeys. */
export function isArchivePath(path: string): boolean {
  if (path.includes("\\") || /\p{Cc}/u.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
