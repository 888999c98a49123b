import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccessRequest } from "../../../src/policy/aws/access-request.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import { compileCondition } from "../../../src/policy/aws/conditions/compile-condition.ts";
import type { DecisionWord } from "../../../src/policy/aws/decision.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { GivenContext, type UnknownContext } from "../../../src/policy/aws/given-context.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet, type PolicyLayers } from "../../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../../src/policy/aws/request-principal.ts";

// A hang is told by the time limit of each test: work that grows with the square of these sizes takes minutes.
const PATIENCE = 20_000;
const WORDS: readonly DecisionWord[] = ["allowed", "explicitly-denied", "implicitly-denied", "conditional", "unknown"];
const TENANT = "111122223333";
const table = await loadActionTable();

const ann = requestPrincipal(`arn:aws:iam::${TENANT}:user/ann`);
if (ann === undefined) throw new Error("ann is no principal");

interface Question {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, readonly string[] | null>>;
  readonly unknown?: UnknownContext;
}

function request(question: Question): AccessRequest {
  const { action = "s3:getobject", resource = "arn:aws:s3:::bucket/key", context = {}, unknown = false } = question;
  if (ann === undefined) throw new Error("ann is no principal");
  const given = new GivenContext(new Map(Object.entries(context)), ann, TENANT, unknown);
  return { principal: ann, action, resource, resourceTenant: TENANT, context: given };
}

const LAYERS = ["identity", "boundary", "session", "endpoint", "resource"] as const;

/** Reads a document and asks it in the layers named; the reason where it cannot be read. */
function answer(document: unknown, question: Question = {}, layers: readonly (typeof LAYERS)[number][] = ["identity"]) {
  const parsed = parsePolicy(typeof document === "string" ? document : JSON.stringify(document));
  if (!parsed.known) return parsed.why;
  const placed = { policies: [{ name: 0, policy: compilePolicy(parsed.value) }] };
  const set: PolicyLayers = Object.fromEntries(layers.map((layer) => [layer, placed]));
  return decide(new PolicySet(set), request(question), table).decision;
}

const statement = (more: object) => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more });
const policy = (...statements: readonly object[]) => ({ Version: "2012-10-17", Statement: statements });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("policies beyond every limit", { timeout: PATIENCE }, () => {
  const rows: readonly (readonly [string, () => unknown, Question, string])[] = [
    [
      "10,000 statements about other resources, and one about this one",
      () =>
        policy(
          ...many(10_000, (index) => statement({ Resource: `arn:aws:s3:::other-${index}/*` })),
          statement({ Resource: "arn:aws:s3:::bucket/*" }),
        ),
      {},
      "allowed",
    ],
    [
      "10,000 statements that deny other resources",
      () =>
        policy(
          ...many(10_000, (index) => statement({ Effect: "Deny", Resource: `arn:aws:s3:::other-${index}/*` })),
          statement({}),
        ),
      {},
      "allowed",
    ],
    [
      "10,000 statements whose conditions fail",
      () =>
        policy(
          ...many(10_000, (index) => statement({ Condition: { StringLike: { "aws:SourceVpc": `vpc-${index}-*` } } })),
        ),
      { context: { "aws:sourcevpc": ["vpc-none"] } },
      "implicitly-denied",
    ],
    [
      "10,000 statements whose conditions nobody can tell",
      () =>
        policy(...many(10_000, (index) => statement({ Condition: { StringEquals: { [`aws:Key${index}`]: "x" } } }))),
      { unknown: true },
      "conditional",
    ],
    [
      "10,000 conditions in one statement",
      () =>
        policy(
          statement({
            Condition: { StringEquals: Object.fromEntries(many(10_000, (index) => [`aws:Key${index}`, "x"])) },
          }),
        ),
      { unknown: true },
      "conditional",
    ],
    [
      "100,000 values in one condition",
      () =>
        policy(statement({ Condition: { StringLike: { "aws:SourceVpc": many(100_000, (index) => `*-${index}`) } } })),
      { context: { "aws:sourcevpc": ["vpc-99999"] } },
      "allowed",
    ],
    [
      "100,000 values with variables in one condition",
      () =>
        policy(
          statement({
            Condition: { StringEquals: { "aws:SourceVpc": many(100_000, (index) => `\${aws:username}-${index}`) } },
          }),
        ),
      { context: { "aws:sourcevpc": ["ann-99999"] } },
      "allowed",
    ],
    [
      "10,000 actions of one service in one statement",
      () => policy(statement({ Action: [...many(10_000, (index) => `s3:Put${index}*`), "s3:Get*"] })),
      {},
      "allowed",
    ],
    [
      "100,000 resources in one statement",
      () =>
        policy(
          statement({ Resource: [...many(100_000, (index) => `arn:aws:s3:::${index}/*`), "arn:aws:s3:::bucket/*"] }),
        ),
      {},
      "allowed",
    ],
    [
      "100,000 principals in one statement",
      () =>
        policy(statement({ Principal: { AWS: many(100_000, (index) => `arn:aws:iam::222233334444:role/r${index}`) } })),
      {},
      "implicitly-denied",
    ],
    ["a Sid of a megabyte", () => policy(statement({ Sid: "s".repeat(1_000_000) })), {}, "allowed"],
    [
      "an action of a megabyte",
      () => policy(statement({ Action: `s3:${"Get".repeat(300_000)}*` })),
      {},
      "implicitly-denied",
    ],
    [
      "an operator of a megabyte",
      () => policy(statement({ Condition: { ["IfExists".repeat(100_000)]: { "aws:Key": "x" } } })),
      {},
      "implicitly-denied",
    ],
    [
      "a number of a megabyte",
      () => policy(statement({ Condition: { NumericLessThan: { "aws:Key": "9".repeat(1_000_000) } } })),
      { context: { "aws:key": ["1".repeat(1_000_000)] } },
      "implicitly-denied",
    ],
    [
      "an address, a date and bytes of a megabyte",
      () =>
        policy(
          statement({ Condition: { IpAddress: { "aws:Key": ":".repeat(1_000_000) } } }),
          statement({ Condition: { DateEquals: { "aws:Key": "2026-".repeat(200_000) } } }),
          statement({ Condition: { BinaryEquals: { "aws:Key": "=".repeat(1_000_000) } } }),
        ),
      { context: { "aws:key": ["1.".repeat(500_000)] } },
      "implicitly-denied",
    ],
  ];
  test.each(rows)("%s", (_name, document, question, expected) => expect(answer(document(), question)).toBe(expected));
});

describe("wildcard bombs", { timeout: PATIENCE }, () => {
  const stars = `${"*a".repeat(2_000)}b`;
  const marks = `${"*?a".repeat(2_000)}b`;
  const long = "a".repeat(10_000);
  const rows: readonly (readonly [string, object, Question, DecisionWord?])[] = [
    ["in an action", { Action: `s3:${stars}` }, { action: `s3:${long}` }],
    [
      "in an action that is spared",
      { NotAction: `s3:${stars}`, Action: undefined, Effect: "Deny" },
      { action: `s3:${long}` },
      "explicitly-denied",
    ],
    ["in a resource", { Resource: `arn:aws:s3:::${marks}` }, { resource: `arn:aws:s3:::${long}` }],
    [
      "in every part of a resource",
      { Resource: `arn:${stars}:${stars}:${stars}:${stars}:${stars}` },
      { resource: `arn:${long}:${long}:${long}:${long}:${long}` },
    ],
    ["in a text", { Condition: { StringLike: { "aws:Key": marks } } }, { context: { "aws:key": [long] } }],
    [
      "in an ARN",
      { Condition: { ArnLike: { "aws:Key": `arn:aws:iam::${stars}:${marks}` } } },
      { context: { "aws:key": [`arn:aws:iam::${long}:${long}`] } },
    ],
    [
      "in many texts",
      { Condition: { StringLike: { "aws:Key": many(20, (index) => `${stars}${index}`) } } },
      { context: { "aws:key": many(20, () => long) } },
    ],
    [
      "around a variable",
      { Condition: { StringLike: { "aws:Key": `${marks}\${aws:username}` } } },
      { context: { "aws:key": [long] } },
    ],
    [
      "in the resource that is asked about",
      { Resource: `arn:aws:s3:::${"*a".repeat(300)}b` },
      { resource: `arn:aws:s3:::${"a*".repeat(300)}c` },
    ],
  ];
  const complete = rows.map(([name, more, question, expected = "implicitly-denied"]) => ({
    name,
    more,
    question,
    expected,
  }));
  test.each(complete)("$name is answered", ({ more, question, expected }) =>
    expect(answer(policy(statement(more)), question)).toBe(expected),
  );

  test("many statements about a wildcard are answered", () => {
    const allows = many(300, (index) => statement({ Resource: `arn:aws:s3:::*${index}*/*` }));
    const denies = many(300, (index) => statement({ Effect: "Deny", Resource: `arn:aws:s3:::*/${index}*` }));
    const layers = ["identity", "boundary", "session"] as const;
    expect(WORDS).toContain(answer(policy(...allows, ...denies), { resource: "arn:aws:s3:::*" }, layers));
    expect(WORDS).toContain(answer(policy(...allows, ...denies), { resource: "*", unknown: true }, layers));
  });

  test("many statements about a wildcard on conditions nobody can tell are answered", () => {
    const on = (key: string) => ({ Condition: { StringEquals: { [key]: "x" } } });
    const allows = many(25, (index) => statement({ Resource: `arn:aws:s3:::*${index}*/*`, ...on(`aws:A${index}`) }));
    const denies = many(25, (index) =>
      statement({ Effect: "Deny", Resource: `arn:aws:s3:::*/${index}*`, ...on(`aws:D${index}`) }),
    );
    const layers = ["identity", "boundary"] as const;
    expect(answer(policy(...allows, ...denies), { resource: "*", unknown: true }, layers)).toBe("conditional");
  });
});

describe("variables without end", { timeout: PATIENCE }, () => {
  const pieces = ["${", "${a", "${a,", "${a,'", "${a, 'b'", "${a}", "${*}", "${${a}}", "$", "}"];
  test.each(pieces)("a text full of `%s` is answered, as a resource and as a value", (piece) => {
    const fill = (length: number) => piece.repeat(Math.ceil(length / piece.length));
    const text = fill(200_000);
    const document = policy(
      statement({ Resource: `arn:aws:s3:::${text}` }),
      // AWS takes 20,480 characters in all.
      statement({ Resource: `arn:aws:s3:::\${aws:username}${fill(40_000)}` }),
      statement({ Condition: { StringLike: { "aws:Key": text } } }),
      statement({ Condition: { ArnLike: { "aws:Key": `arn:aws:s3:::${text}` } } }),
    );
    expect(WORDS).toContain(answer(document, { context: { "aws:key": ["x"], a: ["x"] } }));
  });
});

describe("documents nested without end", { timeout: PATIENCE }, () => {
  const deep = (open: string, inner: string, close: string) => open.repeat(200_000) + inner + close.repeat(200_000);
  const rows: readonly (readonly [string, string])[] = [
    ["lists", deep("[", "", "]")],
    ["objects", deep('{"a":', "1", "}")],
    ["lists that nobody closes", "[".repeat(1_000_000)],
    ["statements in statements", deep('{"Version":"2012-10-17","Statement":', "1", "}")],
    ["a list as statement", `{"Version":"2012-10-17","Statement":${deep("[", "", "]")}}`],
    ["a list as action", `{"Statement":{"Effect":"Allow","Resource":"*","Action":${deep("[", '"s3:*"', "]")}}}`],
    [
      "an object as condition",
      `{"Statement":{"Effect":"Allow","Resource":"*","Action":"*","Condition":${deep('{"a":', "1", "}")}}}`,
    ],
    [
      "an object as principal",
      `{"Statement":{"Effect":"Allow","Action":"*","Principal":${deep('{"AWS":', '"*"', "}")}}}`,
    ],
    ["escapes", `"${"%25".repeat(300_000)}`],
    ["backslashes", `{"Statement":"${"\\\\".repeat(500_000)}"}`],
    ["quotes", `{"Statement":"${'\\"'.repeat(500_000)}"}`],
    ["blanks", " ".repeat(2_000_000)],
  ];
  test.each(rows)("%s are no policy, and that is said", (_name, text) => {
    const said = answer(text);
    expect(said).toMatch(/^the policy document /);
    expect(said.length).toBeLessThan(500);
  });
});

describe("names that mean something to the engine", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", ""];
  test.each(names)("`%s` is a name like any other", (name) => {
    const json = JSON.stringify(name);
    const condition = (inner: string) =>
      `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":${inner}}}`;
    expect(answer(condition(`{${json}:{"aws:Key":"x"}}`))).toBe("implicitly-denied");
    expect(answer(condition(`{"StringEquals":{${json}:"x"}}`))).toBe("implicitly-denied");
    expect(answer(condition(`{"StringEquals":{"aws:Key":${json}}}`))).toBe("implicitly-denied");
    expect(answer(condition(`{"StringNotEquals":{"aws:Key":${json}}}`))).toBe("allowed");
    expect(compileCondition({ operator: name, key: "aws:Key", values: [] }, "2012-10-17")).toBeUndefined();
  });
});

describe("whatever stands in a document", { timeout: PATIENCE }, () => {
  const odd = fc.constantFrom(
    ..."*|?|**|s3:*|s3:Get?bject|*:*|arn:aws:s3:::*|arn:*|arn:aws:iam::*:user/${aws:username}|${|${}|${*}|${a, 'b'}|1|true".split(
      "|",
    ),
    "",
    "\u0000",
    "\uD800",
    "10.0.0.0/8",
    "2026-01-01",
    TENANT,
  );
  const value: fc.Arbitrary<unknown> = fc.oneof(
    odd,
    fc.array(fc.oneof(odd, fc.constant(null), fc.integer()), { maxLength: 3 }),
    fc.boolean(),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const texts = fc.oneof(odd, fc.array(odd, { maxLength: 3 }));
  const set = fc.constantFrom("", "ForAllValues:", "ForAnyValue:");
  const base = fc.constantFrom(
    ..."StringEquals|StringNotLike|NumericLessThan|DateEquals|Bool|BinaryEquals|IpAddress|ArnLike|Null|Strange".split(
      "|",
    ),
  );
  const operator = fc.tuple(set, base, fc.constantFrom("", "IfExists")).map((parts) => parts.join(""));
  const condition = fc.dictionary(operator, fc.dictionary(odd, fc.oneof({ weight: 5, arbitrary: texts }, value)), {
    maxKeys: 3,
  });
  const either = (name: string, inner: fc.Arbitrary<unknown>) =>
    fc.oneof(fc.record({ [name]: inner }), fc.record({ [`Not${name}`]: inner }));
  const statements = (inner: fc.Arbitrary<unknown>) =>
    fc
      .tuple(
        fc.record({ Effect: fc.constantFrom("Allow", "Deny") }),
        either("Action", inner),
        either("Resource", inner),
        fc.record({ Condition: condition, Sid: fc.string() }, { requiredKeys: [] }),
        fc.oneof(
          fc.constant({}),
          either("Principal", fc.oneof(fc.constant("*"), fc.dictionary(fc.constantFrom("AWS", "Service"), inner))),
        ),
      )
      .map((parts): object => Object.assign({}, ...parts) as object);
  const documents = fc.record({
    Version: fc.constantFrom("2012-10-17", "2008-10-17"),
    Statement: fc.oneof(
      { weight: 6, arbitrary: fc.array(statements(texts), { minLength: 1, maxLength: 4 }) },
      { weight: 2, arbitrary: statements(value) },
      value,
    ),
  });
  const questions: fc.Arbitrary<Question> = fc.record({
    action: fc.constantFrom("s3:getobject", "iam:passrole", "sts:assumerole", "strange:action", ":", ""),
    resource: fc.oneof(odd, fc.constantFrom(`arn:aws:iam::${TENANT}:role/r`, "arn:aws:s3:::bucket/*")),
    context: fc.dictionary(odd, fc.oneof(fc.array(odd, { maxLength: 2 }), fc.constant(null))),
    unknown: fc.boolean(),
  });

  test("there is an answer, or a reason why there is none", () => {
    let answered = 0;
    fc.assert(
      fc.property(documents, questions, fc.subarray([...LAYERS], { minLength: 1 }), (document, question, layers) => {
        const said = answer(document, question, layers);
        if (!said.startsWith("the policy document ")) {
          expect(WORDS).toContain(said);
          answered += 1;
        }
      }),
      { numRuns: 2_000 },
    );
    // The generator must not have made nothing but nonsense.
    expect(answered).toBeGreaterThan(500);
  });

  test("text that is anything at all is a document or a reason", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.json(),
          fc.oneof(fc.double(), fc.boolean(), fc.constant(null)).map(String),
        ),
        (text) => {
          expect(typeof answer(text)).toBe("string");
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
