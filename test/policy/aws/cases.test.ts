/**
 * The decisions AWS documents, as data: one line of `simulate` in, one answer out. The files say which page each comes from; they
 * were written from those pages and not from the evaluator.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Simulator } from "../../../src/app/simulate.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";

const LAYERS = [
  "identity",
  "boundary",
  "session",
  "scp",
  "rcp",
  "resource",
  "trust",
  "endpoint",
  "public-access-block",
] as const;
const DECISIONS = ["allowed", "explicitly-denied", "implicitly-denied", "conditional", "unknown"] as const;
const layer = z.enum(LAYERS);
const decision = z.enum(DECISIONS);
const texts = z.union([z.string(), z.array(z.string())]);

const policies = {
  identityPolicies: z.array(z.unknown()).optional(),
  boundary: z.array(z.unknown()).optional(),
  scps: z.array(z.array(z.unknown())).optional(),
  rcps: z.array(z.array(z.unknown())).optional(),
  resourcePolicy: z.unknown().optional(),
  sessionPolicies: z.array(z.unknown()).optional(),
  endpointPolicies: z.array(z.unknown()).optional(),
  publicAccessBlock: z.record(z.string(), z.boolean()).optional(),
};

const lineIn = z.strictObject({
  request: z.strictObject({
    principal: z.string(),
    principalTenant: z.string().optional(),
    action: z.string(),
    resource: texts,
    resourceTenant: z.string().optional(),
    context: z.record(z.string(), z.union([texts, z.null()])).optional(),
  }),
  use: z.string().optional(),
  unknownContext: z.union([z.boolean(), z.array(z.string())]).optional(),
  ...policies,
});

const lineOut = z.strictObject({
  decision: decision.optional(),
  decidedBy: layer.nullable().optional(),
  missingContext: z.array(z.string()).optional(),
  statements: z
    .array(
      z.strictObject({
        layer,
        policy: z.union([z.string(), z.number()]).optional(),
        statement: z.union([z.string(), z.number()]),
      }),
    )
    .optional(),
  layers: z.partialRecord(layer, z.union([decision, z.literal("absent")])).optional(),
  /** Part of what the error line has to say. */
  error: z.string().optional(),
});

const caseFile = z.strictObject({
  case: z.number().int().min(1).max(30).nullable(),
  about: z.string().min(40),
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        defines: z.array(z.strictObject({ define: z.string(), ...policies })).optional(),
        /** As text where the line itself is what is asked about. */
        given: z.union([z.string(), lineIn]),
        expect: lineOut,
      }),
    )
    .min(1),
});

const folder = new URL("cases/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
const files = names.map((name) => ({
  name: name.replace(".json", ""),
  file: caseFile.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8"))),
}));
const table = await loadActionTable();

/** The line's answer, asked as `simulate` is asked. */
function answer(given: z.infer<typeof lineIn> | string, defines: readonly unknown[] = []): z.infer<typeof lineOut> {
  const simulator = new Simulator(table);
  for (const [at, define] of defines.entries()) simulator.line(JSON.stringify(define), at + 1);
  const line = typeof given === "string" ? given : JSON.stringify(given);
  return JSON.parse(simulator.line(line, defines.length + 1).text ?? "null") as z.infer<typeof lineOut>;
}

const inOrder = <T>(items: readonly T[]) => items.map((item) => JSON.stringify(item)).toSorted();

for (const { name, file } of files) {
  describe(name, () => {
    for (const { name: sentence, given, defines, expect: wanted } of file.cases) {
      // Not test.each: it shortens the sentences.
      test(sentence, () => {
        const { statements, error, ...rest } = wanted;
        const got = answer(given, defines);
        if (error !== undefined) return expect(got.error, "an error line").toContain(error);
        expect(got).toMatchObject(rest);
        if (statements === undefined) return;
        // A reference may leave the policy out where the form gives it no place of its own.
        const withoutPolicy = new Set(statements.filter(({ policy }) => policy === undefined).map((ref) => ref.layer));
        const told = got.statements?.map((ref) =>
          withoutPolicy.has(ref.layer) ? { layer: ref.layer, statement: ref.statement } : ref,
        );
        expect(inOrder(told ?? [])).toEqual(inOrder(statements));
      });
    }
  });
}

test("each of the thirty cases that break naive evaluators has its file", () => {
  const numbers = files.flatMap(({ file }) => file.case ?? []);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  for (const { name, file } of files)
    if (file.case !== null) expect(name).toMatch(new RegExp(`^case-${String(file.case).padStart(2, "0")}-`));
});

test("no name stands twice in a file", () => {
  for (const { name, file } of files)
    expect(new Set(file.cases.map((each) => each.name)).size, name).toBe(file.cases.length);
});
