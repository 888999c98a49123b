import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnswerWriter } from "../../src/app/simulate-answer.ts";
import { simulateStream } from "../../src/app/simulate-stream.ts";
import { simulationError, Simulator } from "../../src/app/simulate.ts";
import { simulateAnswerForm, simulateLineForm } from "../../src/model/forms/simulate.ts";
import { loadActionTable } from "../../src/policy/aws/action-table.ts";

const table = await loadActionTable();
const ALL = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };
const request = {
  principal: "arn:aws:iam::111122223333:user/asha",
  action: "sqs:SendMessage",
  resource: "arn:aws:sqs:eu-west-1:111122223333:orders",
};
const LINE = { id: 1, request, identityPolicies: [ALL] };
const ALLOWED = {
  id: 1,
  decision: "allowed",
  decidedBy: "identity",
  statements: [{ layer: "identity", policy: 0, statement: "All" }],
  missingContext: [],
  layers: {
    rcp: "absent",
    scp: "absent",
    endpoint: "absent",
    resource: "absent",
    identity: "allowed",
    boundary: "absent",
    session: "absent",
  },
};

const answerOf = (line: unknown): unknown =>
  JSON.parse(new Simulator(table).line(typeof line === "string" ? line : JSON.stringify(line), 7).text ?? "null");

/** Runs bytes through the stream, cut into pieces, and answers what came out, one text a write. */
async function stream(pieces: readonly Uint8Array[], most = Infinity) {
  const written: string[] = [];
  async function* input(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  const done = await simulateStream(input(), async (text) => {
    written.push(text);
    return written.length < most;
  });
  return { ...done, written, lines: done.lines, answers: written.join("").split("\n").slice(0, -1) };
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const ndjson = (...lines: readonly unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

describe("one line", () => {
  test("is answered with everything the form names, in this order", () => {
    expect(new Simulator(table).line(JSON.stringify(LINE), 1)).toEqual({
      text: JSON.stringify(ALLOWED),
      failed: false,
    });
  });

  test("without an id is answered without", () => {
    expect(answerOf({ ...LINE, id: undefined })).toEqual({ ...ALLOWED, id: undefined });
    expect(answerOf({ ...LINE, id: undefined })).not.toHaveProperty("id");
  });

  test.each<[string, unknown, unknown]>([
    ["an id that is text is given back", { ...LINE, id: 'a "b"' }, { id: 'a "b"' }],
    [
      "policies as text, as AWS's API returns them",
      { ...LINE, identityPolicies: [JSON.stringify(ALL)] },
      { decision: "allowed" },
    ],
    [
      "context values that are no text",
      {
        ...LINE,
        identityPolicies: [
          {
            ...ALL,
            Statement: [
              {
                ...ALL.Statement[0],
                Condition: { Bool: { "aws:SecureTransport": "true" }, NumericEquals: { "s3:max-keys": "5" } },
              },
            ],
          },
        ],
        request: { ...request, context: { "AWS:securetransport": true, "s3:max-keys": 5 } },
      },
      { decision: "allowed" },
    ],
    [
      "a key known to be absent",
      {
        ...LINE,
        unknownContext: true,
        identityPolicies: [
          {
            ...ALL,
            Statement: [{ ...ALL.Statement[0], Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
          },
        ],
        request: { ...request, context: { "aws:PrincipalOrgID": null } },
      },
      { decision: "implicitly-denied" },
    ],
    [
      "a key nobody knows",
      {
        ...LINE,
        unknownContext: ["aws:PrincipalOrg*"],
        identityPolicies: [
          {
            ...ALL,
            Statement: [{ ...ALL.Statement[0], Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
          },
        ],
      },
      { decision: "conditional", missingContext: ["aws:PrincipalOrgID"] },
    ],
    [
      "several resources, of which the worst counts",
      {
        ...LINE,
        request: { ...request, resource: [request.resource, "arn:aws:sqs:eu-west-1:111122223333:returns"] },
        identityPolicies: [{ ...ALL, Statement: [{ ...ALL.Statement[0], Resource: request.resource }] }],
      },
      { decision: "implicitly-denied" },
    ],
    [
      "the principal's tenant given besides",
      { ...LINE, request: { ...request, principal: "sns.amazonaws.com", principalTenant: "111122223333" } },
      { decision: "implicitly-denied" },
    ],
  ])("%s", (_name, line, expected) => {
    expect(answerOf(line)).toMatchObject(expected as object);
    expect(simulateLineForm.safeParse(JSON.parse(JSON.stringify(line))).success).toBe(true);
  });

  const broken: readonly (readonly [string, unknown, string])[] = [
    ["is no object", [1], "the line is not an object"],
    ["has no request", { id: 1, identityPolicies: [] }, "`request` is missing"],
    ["has a misspelt field", { ...LINE, boundry: [] }, "`boundry` is no field, did you mean `boundary`"],
    [
      "has a misspelt field of the request",
      { ...LINE, request: { ...request, resorce: "*" } },
      "`request.resorce` is no field, did you mean `resource`",
    ],
    [
      "has a principal that is none",
      { ...LINE, request: { ...request, principal: "asha" } },
      "`request.principal` is neither the ARN of a user, role, session or root, nor a service, nor `*`: `asha`",
    ],
    [
      "has a group for a principal",
      { ...LINE, request: { ...request, principal: "arn:aws:iam::111122223333:group/g" } },
      "`request.principal` is neither",
    ],
    [
      "has an action that is none",
      { ...LINE, request: { ...request, action: "SendMessage" } },
      "`request.action` is not an action like `s3:GetObject`: `SendMessage`",
    ],
    [
      "has an action with a star",
      { ...LINE, request: { ...request, action: "sqs:*" } },
      "`request.action` is not an action",
    ],
    [
      "has a resource that is none",
      { ...LINE, request: { ...request, resource: "orders" } },
      "`request.resource` is neither an ARN nor `*`: `orders`",
    ],
    [
      "has no resource",
      { ...LINE, request: { ...request, resource: [] } },
      "`request.resource` is neither an ARN nor `*`",
    ],
    [
      "has a tenant that is none",
      { ...LINE, request: { ...request, resourceTenant: "12" } },
      "`request.resourceTenant` is not 12 digits: `12`",
    ],
    [
      "contradicts itself about the tenant",
      { ...LINE, request: { ...request, principalTenant: "222233334444" } },
      "`request.principalTenant` is `222233334444`, but the principal's ARN says `111122223333`",
    ],
    [
      "has a context that is none",
      { ...LINE, request: { ...request, context: ["a"] } },
      "`request.context` is not an object",
    ],
    [
      "has a value that is none",
      { ...LINE, request: { ...request, context: { a: { b: 1 } } } },
      "`request.context.a` is neither text nor a list of texts",
    ],
    ["has policies that are no list", { ...LINE, identityPolicies: ALL }, "`identityPolicies` is not a list"],
    ["has levels that are no lists", { ...LINE, scps: [ALL] }, "`scps[0]` is not a list"],
    [
      "has a broken policy, named by place",
      { ...LINE, rcps: [[ALL, { Statement: [{ Effect: "Perhaps" }] }]] },
      "`rcps[0][1]`: ",
    ],
    [
      "has a setting AWS does not know",
      { ...LINE, publicAccessBlock: { BlockPublicACLs: true } },
      "`publicAccessBlock.BlockPublicACLs` is no field, did you mean `BlockPublicAcls`",
    ],
    [
      "has a setting that is neither",
      { ...LINE, publicAccessBlock: { BlockPublicAcls: "true" } },
      "`publicAccessBlock.BlockPublicAcls` is neither true nor false",
    ],
    ["uses what nobody defined", { id: 1, request, use: "staff" }, "no line before this one defines `staff`"],
    ["uses a set and policies of its own", { ...LINE, use: "staff" }, "`use` stands in place of the policy fields"],
    ["defines and asks at once", { ...LINE, define: "staff" }, "a line with `define` names policies only"],
    ["defines nothing", { define: "", identityPolicies: [] }, "`define` is not a name"],
  ];
  /** What stands before the line, and what a policy or a principal may be, is more than a form can say. */
  const BEYOND_THE_FORM = new Set([
    "has a principal that is none",
    "has a group for a principal",
    "contradicts itself about the tenant",
    "has a broken policy, named by place",
    "uses what nobody defined",
  ]);
  test.each(broken)("that %s is told so, and the form refuses it as well", (name, line, error) => {
    const answer = answerOf(line) as { error: string };
    expect(answer.error.slice(0, error.length)).toBe(error);
    expect(simulateAnswerForm.parse(answer)).toEqual(answer);
    expect(simulateLineForm.safeParse(line).success).toBe(BEYOND_THE_FORM.has(name));
  });

  test.each([
    ['{"id":1,"request":', "the line is not JSON"],
    ['{"id":1}x', "the line is not JSON: it breaks at character 9"],
    ['{"id":1,"identityPolicies":[],"identityPolicies":[],"request":{}}', "`/identityPolicies` stands there twice"],
  ])("%s: %s", (text, error) => {
    expect((answerOf(text) as { error: string }).error.slice(0, error.length)).toBe(error);
  });

  test("an error names the id where the line has one, else the line's number", () => {
    expect(answerOf({ id: "x" })).toEqual({ id: "x", error: "`request` is missing" });
    expect(answerOf({})).toEqual({ line: 7, error: "`request` is missing" });
    expect(answerOf("{")).toMatchObject({ line: 7 });
  });

  test("empty lines are no lines, and a byte-order mark before the first is none of it", () => {
    const simulator = new Simulator(table);
    expect(simulator.line("  \r", 1)).toEqual({ text: null, failed: false });
    expect(simulator.line(`\uFEFF${JSON.stringify(LINE)}`, 1).failed).toBe(false);
    expect(simulator.line(`\uFEFF${JSON.stringify(LINE)}`, 2).failed).toBe(true);
  });
});

describe("definitions", () => {
  test("stand in for the policies of later lines, and may be given anew", async () => {
    const { answers } = await stream([
      bytes(
        ndjson(
          { define: "staff", identityPolicies: [ALL] },
          { id: 1, request, use: "staff" },
          { define: "staff", identityPolicies: [], scps: [[ALL]] },
          { id: 2, request, use: "staff" },
        ),
      ),
    ]);
    expect(answers.map((one) => JSON.parse(one) as unknown)).toMatchObject([
      { id: 1, decision: "allowed" },
      { id: 2, decision: "implicitly-denied", layers: { scp: "allowed" } },
    ]);
  });
  test("that are broken say so in their own line", async () => {
    const { answers, failed } = await stream([bytes(ndjson({ id: "d", define: "staff", boundary: [1] }, LINE))]);
    expect(failed).toBe(1);
    expect(answers[0]).toContain('{"id":"d","error":"`boundary[0]`');
    expect(answers[1]).toContain('"allowed"');
  });
});

describe("a stream of lines", () => {
  const text = `${ndjson({ define: "größe", identityPolicies: [ALL] })}\r\n${ndjson(
    { id: "é", request, use: "größe" },
    { id: "😀", request, use: "größe" },
  )}{"id":3}\n{"broken\n${JSON.stringify(LINE)}`;

  test("comes out the same however it was cut into pieces", async () => {
    const whole = bytes(text);
    const expected = await stream([whole]);
    expect([expected.lines, expected.failed, expected.answers.length]).toEqual([7, 2, 5]);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length), { maxLength: 12 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((end, index) => whole.slice(places[index], end));
        const { answers, lines, failed } = await stream(pieces);
        expect({ answers, lines, failed }).toEqual({
          answers: expected.answers,
          lines: expected.lines,
          failed: expected.failed,
        });
      }),
    );
  });

  test("has answers before the next piece comes: nobody waits for the end", async () => {
    const { written } = await stream([bytes(ndjson(LINE)), bytes(ndjson(LINE))]);
    expect(written).toHaveLength(2);
  });

  test("is written in pieces of tens of kilobytes, not line by line and not at the end", async () => {
    const { written, answers } = await stream([bytes(ndjson(...Array.from({ length: 1_000 }, () => LINE)))]);
    expect(answers).toHaveLength(1_000);
    expect(written.length).toBeGreaterThan(2);
    expect(written.length).toBeLessThan(10);
  });

  test("is read no further when nobody reads the answers", async () => {
    const pieces = Array.from({ length: 5 }, () => bytes(ndjson(LINE)));
    expect(await stream(pieces, 2)).toMatchObject({ lines: 2, failed: 0 });
  });

  test("says of bytes that are no text which line they are in, and goes on", async () => {
    const { answers, failed } = await stream([
      Uint8Array.from([...bytes(ndjson(LINE)), 0x22, 0xff, 0x22, 0x0a, ...bytes(ndjson(LINE))]),
    ]);
    expect(failed).toBe(1);
    expect(answers.map((one) => (JSON.parse(one) as { error?: string }).error)).toEqual([
      undefined,
      "the line is not UTF-8",
      undefined,
    ]);
  });

  test("a line without an end is cut off and not kept", async () => {
    const mebibyte = new Uint8Array(1024 * 1024).fill(0x20);
    const { answers, lines } = await stream([
      bytes(ndjson(LINE)),
      ...Array.from({ length: 66 }, () => mebibyte),
      bytes(`\n${ndjson(LINE)}`),
    ]);
    expect(lines).toBe(3);
    expect(answers[1]).toBe('{"line":2,"error":"the line is longer than 64 MiB"}');
    expect(answers[2]).toBe(JSON.stringify(ALLOWED));
  });

  test("that was read to its end is a mistake only where lines could not be read", () => {
    expect(simulationError(0, 9)).toBeUndefined();
    expect(simulationError(2, 9)).toMatchObject({ kind: "input-file", message: "2 of 9 lines could not be read" });
  });
});

test("an answer is the JSON of its record, whatever was answered before it", () => {
  const writer = new AnswerWriter();
  const texts = fc.string({ unit: "binary" });
  // Records come again, as those of a set of policies do; some answers differ in one word only.
  const refs = fc.sample(
    fc.record({ layer: fc.constant("scp" as const), policy: texts, statement: fc.oneof(texts, fc.nat()) }),
    5,
  );
  const words = [{ identity: "allowed" }, { identity: "unknown", scp: "absent" }] as const;
  fc.assert(
    fc.property(
      fc.oneof(texts, fc.integer(), fc.constant(undefined)),
      fc.constantFrom("allowed" as const, "unknown" as const),
      fc.constantFrom("identity" as const, null),
      fc.array(fc.constantFrom(...refs), { maxLength: 3 }),
      fc.array(texts, { maxLength: 1 }),
      fc.constantFrom(...words),
      (id, decision, decidedBy, statements, missingContext, layers) => {
        const shown = { decision, decidedBy, statements, missingContext, layers };
        expect(writer.line(id, { ...shown, conditions: [] })).toBe(JSON.stringify({ id, ...shown }));
      },
    ),
    { numRuns: 1_000 },
  );
});
