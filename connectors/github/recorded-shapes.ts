import { z } from "zod";
import { AuditError } from "../../src/model/audit-error.ts";
import type { RecordedRequest, StepId } from "./raw.ts";
import { stepOf } from "./steps/index.ts";

/** One request of a file, before its answer was looked at. */
const request = z.object({
  route: z.string(),
  parameters: z.record(z.string(), z.json()).optional(),
  answer: z.unknown(),
});

const HINT = "connectors/github/README.md shows what the file of each step holds";

/**
 * The content of a step's file as requests with their answers. Throws `input-file` with the JSON pointer of the first thing
 * that is not in GitHub's shape: a file of another kind must never pass for an organization without teams.
 */
export function parseStepFile(step: StepId, content: unknown, file: string): readonly RecordedRequest[] {
  const wrong = (message: string, pointer: string): AuditError =>
    new AuditError("input-file", "github-shape", message, { place: { file, pointer }, hint: HINT });
  const { shapes, mayBeEmpty } = stepOf(step);
  const parsed = z.object({ requests: z.array(request) }).safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(issue?.message.toLowerCase() ?? "this is not in GitHub's shape", pointerOf(issue?.path ?? []));
  }
  const requests = (content as { readonly requests: readonly RecordedRequest[] }).requests;
  requests.forEach((one, at) => {
    const shape = shapes[one.route];
    if (shape === undefined)
      throw wrong(`\`${one.route}\` does not belong to the step \`${step}\``, `/requests/${at}/route`);
    const checked = shape.safeParse(one.answer);
    if (checked.success) return;
    const [issue] = checked.error.issues;
    const pointer = pointerOf(["requests", at, "answer", ...(issue?.path ?? [])]);
    throw wrong(issue?.message.toLowerCase() ?? "this is not in GitHub's shape", pointer);
  });
  if (requests.length === 0 && mayBeEmpty !== true) throw wrong("the file holds no answer", "/requests");
  return requests.map((one) => ({ ...one, parameters: one.parameters ?? {} }));
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
