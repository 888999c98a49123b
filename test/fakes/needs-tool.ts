import { describe } from "vitest";

/**
 * `describe` for tests that need a tool of the machine. Where it is missing they are skipped by name, loudly; with
 * LEASTWISE_REQUIRE_TOOLS=1 (as in CI) they run and fail, because there a missing tool is a missing install step.
 */
export function describeWith(tool: string, there: boolean): typeof describe | typeof describe.skip {
  if (there || process.env["LEASTWISE_REQUIRE_TOOLS"] === "1") return describe;
  process.stderr.write(`\nSKIPPED: ${tool} is not installed (bash .ci/install brings it)\n`);
  return describe.skip;
}
