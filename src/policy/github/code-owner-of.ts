import { matchesName } from "../names/find-name.ts";
import type { CodeOwners } from "../../model/code-owners.ts";

/**
 * Who owns a file by a CODEOWNERS file; empty when nobody does. The last rule that matches decides, and an owner GitHub complains
 * about (who cannot write) counts for nothing. Source: "About code owners", GitHub documentation.
 */
export function codeOwnersOf(file: CodeOwners, path: string): readonly string[] {
  const rule = file.rules.findLast(({ pattern }) => ownsPath(pattern, path));
  return (rule?.owners ?? []).filter((owner) => !file.errors.some((error) => mentions(error, owner)));
}

/** Whether a pattern of CODEOWNERS (those of gitignore, without `!` and `[ ]`) is about the path or a folder it lies in. */
function ownsPath(pattern: string, path: string): boolean {
  const anchored = pattern.replace(/\/$/, "").includes("/");
  const bare = pattern.replace(/^\//, "");
  const base = anchored ? bare : `**/${bare}`;
  // `docs/*` is about the files directly in the folder, `docs/` and `docs` about all below.
  const spellings = bare.endsWith("/") ? [`${base}**/*`] : bare.endsWith("/*") ? [base] : [base, `${base}/**/*`];
  if (bare.endsWith("/**")) spellings.push(`${base}/*`);
  return spellings.some((text) => matchesName({ syntax: "fnmatch", pattern: text }, path));
}

function mentions(error: string, owner: string): boolean {
  const at = error.indexOf(owner);
  // `@acme/web` is not meant by a complaint about `@acme/web-team`.
  return at >= 0 && !/[\w-]/.test(error.charAt(at + owner.length));
}
