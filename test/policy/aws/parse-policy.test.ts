import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeDocument } from "../../../src/policy/aws/decode-document.ts";
import { duplicateKey } from "../../../src/policy/aws/duplicate-key.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";

const one = (statement: object, version = "2012-10-17"): string =>
  JSON.stringify({ Version: version, Statement: statement });
const parsed = (text: string) => {
  const result = parsePolicy(text);
  if (!result.known) throw new Error(result.why);
  return result.value;
};

describe("every legal spelling becomes one shape", () => {
  test.each([
    [
      "a single statement instead of a list",
      one({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
      { actions: ["s3:GetObject"], resources: ["*"] },
    ],
    [
      "lists",
      one([{ Effect: "Allow", Action: ["a:B", "c:D"], Resource: ["x", "y"] }]),
      { actions: ["a:B", "c:D"], resources: ["x", "y"] },
    ],
    [
      "NotAction and NotResource",
      one({ Effect: "Deny", NotAction: "s3:*", NotResource: "x" }),
      { effect: "Deny", notActions: ["s3:*"], notResources: ["x"], actions: [] },
    ],
    [
      "the bare wildcard principal",
      one({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
      { principals: { "*": ["*"] } },
    ],
    [
      "principals by kind",
      one({ Effect: "Allow", Principal: { AWS: "111122223333", Service: ["ec2.amazonaws.com"] }, Action: "x:Y" }),
      { principals: { AWS: ["111122223333"], Service: ["ec2.amazonaws.com"] } },
    ],
    [
      "conditions with single values and booleans",
      one({ Effect: "Allow", Action: "x:Y", Resource: "*", Condition: { Bool: { "aws:SecureTransport": true } } }),
      { conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: ["true"] }] },
    ],
    [
      "every kind of principal at once",
      one({
        Effect: "Allow",
        Principal: {
          AWS: ["arn:aws:iam::111122223333:root", 222233334444, "AROASAMPLE000000000AA", "*"],
          Federated: "arn:aws:iam::111122223333:saml-provider/Sample",
          Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"],
          CanonicalUser: "00ff00ff",
        },
        Action: "x:Y",
      }),
      {
        principals: {
          AWS: ["arn:aws:iam::111122223333:root", "222233334444", "AROASAMPLE000000000AA", "*"],
          Federated: ["arn:aws:iam::111122223333:saml-provider/Sample"],
          Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"],
          CanonicalUser: ["00ff00ff"],
        },
        notPrincipals: null,
      },
    ],
    [
      "NotPrincipal",
      one({ Effect: "Deny", NotPrincipal: { AWS: "arn:aws:iam::111122223333:user/sam" }, Action: "*", Resource: "*" }),
      { principals: null, notPrincipals: { AWS: ["arn:aws:iam::111122223333:user/sam"] } },
    ],
    [
      "everybody as an AWS principal",
      one({ Effect: "Allow", Principal: { AWS: "*" }, Action: "x:Y" }),
      { principals: { AWS: ["*"] } },
    ],
    [
      "variables with defaults, which are kept as they are written",
      one({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/${*}" }),
      { resources: ["arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/${*}"] },
    ],
    [
      "numbers and lists in conditions, several keys and operators",
      one({
        Effect: "Allow",
        Action: "x:Y",
        Resource: "*",
        Condition: {
          NumericLessThan: { a: 10, b: [1.5, "2"] },
          "ForAnyValue:StringLike": { "aws:TagKeys": ["a", "b"] },
        },
      }),
      {
        conditions: [
          { operator: "NumericLessThan", key: "a", values: ["10"] },
          { operator: "NumericLessThan", key: "b", values: ["1.5", "2"] },
          { operator: "ForAnyValue:StringLike", key: "aws:TagKeys", values: ["a", "b"] },
        ],
      },
    ],
    [
      "elements in any order, with a Sid",
      one({ Resource: "*", Sid: "last", Action: "x:Y", Effect: "Deny" }),
      { sid: "last", effect: "Deny" },
    ],
    [
      "a key that JavaScript knows otherwise",
      '{"Statement":{"Effect":"Deny","Action":"x:Y","Resource":"*","Condition":{"StringEquals":{"__proto__":"a"}}}}',
      { conditions: [{ operator: "StringEquals", key: "__proto__", values: ["a"] }] },
    ],
    ["an empty Sid, which is none", one({ Sid: "", Effect: "Allow", Action: "x:Y", Resource: "*" }), { sid: null }],
    [
      "an empty list of actions",
      one({ Effect: "Allow", Action: [], Resource: "*" }),
      { actions: [], empty: ["Action"] },
    ],
    [
      "an empty list of resources, which is not the same as none",
      one({ Effect: "Allow", Action: "x:Y", Resource: [] }),
      { resources: [], empty: ["Resource"] },
    ],
    [
      "nobody as principal",
      one({ Effect: "Allow", Action: "x:Y", Principal: { AWS: [], Service: [] } }),
      { empty: ["Principal"] },
    ],
    ["no Sid", one({ Effect: "Allow", Action: "x:Y", Resource: "*" }), { sid: null }],
  ])("%s", (_name, text, expected) => expect(parsed(text).statements[0]).toMatchObject(expected));

  test("only a statement with an empty element says that it has one", () =>
    expect(parsed(one({ Effect: "Allow", Action: "x:Y", Resource: "*" })).statements[0]).not.toHaveProperty("empty"));

  test("the size is told with white space and without", () =>
    expect(parsed('\uFEFF{ "Id": "a b",\n "Statement": [] }\n').size).toEqual({ characters: 33, withoutSpace: 26 }));

  test("the Id is kept", () => expect(parsed('{"Id":"sample","Statement":[]}').id).toBe("sample"));

  test("without a version it is the old one", () =>
    expect(parsed(JSON.stringify({ Statement: [] })).version).toBe("2008-10-17"));
});

describe("a document that cannot be judged says why and where", () => {
  test.each([
    ["no JSON", "{ nope", "the policy document is not JSON: it breaks at line 1, column 3"],
    ["JSON that was cut", '{"Version":', "the policy document is not JSON"],
    ["nothing", "", "the policy document is not JSON: it is empty"],
    ["a list", "[]", "/: is not an object"],
    ["no statements", "{}", "/Statement: is missing"],
    ["an unknown version", one({}, "2020-01-01"), "/Version"],
    ["no effect", one({ Action: "x:Y" }), "/Statement/0/Effect"],
    ["neither Action nor NotAction", one({ Effect: "Allow" }), "/Statement/0: needs Action or NotAction"],
    [
      "both of them",
      one({ Effect: "Allow", Action: "x:Y", NotAction: "x:Z" }),
      "/Statement/0: needs Action or NotAction",
    ],
    ["an object where text belongs", one({ Effect: "Allow", Action: {} }), "/Statement/0/Action"],
    [
      "a misspelt element",
      one({ Effect: "Allow", Action: "x:Y", Resource: "*", Conditions: {} }),
      "/Statement/0/Conditions: is no element of a statement",
    ],
    [
      "Resource and NotResource",
      one({ Effect: "Allow", Action: "x:Y", Resource: "*", NotResource: "x" }),
      "/Statement/0: has both Resource and NotResource",
    ],
    [
      "Principal and NotPrincipal",
      one({ Effect: "Allow", Action: "x:Y", Principal: "*", NotPrincipal: "*" }),
      "/Statement/0: has both Principal and NotPrincipal",
    ],
    [
      "everything but nothing",
      one({ Effect: "Deny", NotAction: [], Resource: "*" }),
      "/Statement/0/NotAction: is an empty list",
    ],
    [
      "a condition without keys",
      one({ Effect: "Deny", Action: "x:Y", Condition: { Bool: "true" } }),
      "/Statement/0/Condition/Bool: is not an object",
    ],
    [
      "a condition on null",
      one({ Effect: "Deny", Action: "x:Y", Condition: { Bool: { a: null } } }),
      "/Statement/0/Condition/Bool/a: is not text",
    ],
    [
      "a second statement that is text",
      one([{ Effect: "Deny", Action: "x:Y" }, "x"]),
      "/Statement/1: is not an object",
    ],
    [
      "an element twice",
      '{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}',
      "/Statement/Effect: stands there twice",
    ],
    [
      "a condition operator twice",
      '{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"Bool":{"a":"1"},"Bool":{"b":"1"}}}]}',
      "/Statement/0/Condition/Bool: stands there twice",
    ],
    [
      "an element of the document that is misspelt",
      '{"Versoin":"2012-10-17","Statement":[]}',
      "/Versoin: is no element of a policy, `Version` is",
    ],
    [
      "an element in the wrong case",
      one({ effect: "Allow" }),
      "/Statement/0/effect: is no element of a statement, `Effect` is",
    ],
    [
      "a kind of principal that AWS has not",
      one({ Effect: "Allow", Principal: { Aws: "*" }, Action: "x:Y" }),
      "/Statement/0/Principal/Aws: is no kind of principal, `AWS` is",
    ],
    [
      "a list of principals",
      one({ Effect: "Allow", Principal: ["*"], Action: "x:Y" }),
      "/Statement/0/Principal: is not an object",
    ],
    [
      "everybody but nobody",
      one({ Effect: "Deny", NotPrincipal: { AWS: [] }, Action: "x:Y" }),
      "/Statement/0/NotPrincipal: names nobody",
    ],
    ["an action that is a number", one({ Effect: "Allow", Action: 1 }), "/Statement/0/Action: is not text"],
    ["a list inside a list", one({ Effect: "Allow", Action: ["x:Y", ["x:Z"]] }), "/Statement/0/Action/1: is not text"],
    [
      "a resource that is nothing",
      one({ Effect: "Allow", Action: "x:Y", Resource: null }),
      "/Statement/0/Resource: is not text",
    ],
    ["an Id that is no text", '{"Id":1,"Statement":[]}', "/Id: is not text"],
    ["a Sid that is no text", one({ Sid: 7, Effect: "Allow", Action: "x:Y" }), "/Statement/0/Sid: is not text"],
    [
      "a condition that is a list",
      one({ Effect: "Deny", Action: "x:Y", Condition: [] }),
      "/Statement/0/Condition: is not an object",
    ],
    [
      "a condition on a key with a slash, as a JSON pointer writes it",
      one({ Effect: "Deny", Action: "x:Y", Condition: { StringEquals: { "aws:PrincipalTag/a": ["x", {}] } } }),
      "/Statement/0/Condition/StringEquals/aws:PrincipalTag~1a/1: is not text",
    ],
    ["an effect in the wrong case", one({ Effect: "allow", Action: "x:Y" }), "/Statement/0/Effect: is neither"],
    ["no statement at all", '{"Statement":null}', "/Statement/0: is not an object"],
    ["text after the document", '{"Statement":[]} x', "the policy document is not JSON"],
    ["a principal that is a name", one({ Effect: "Allow", Principal: "me", Action: "x:Y" }), "/Statement/0/Principal"],
  ])("%s", (_name, text, why) =>
    expect(parsePolicy(text)).toMatchObject({ known: false, why: expect.stringContaining(why) }),
  );
});

describe("a hostile document is answered, neither thrown nor waited for", () => {
  const deep = 100_000;
  test.each([
    ["brackets", "[".repeat(deep) + "]".repeat(deep), "/: is not an object"],
    ["brackets that do not close", "[".repeat(deep), "the policy document is not JSON"],
    ["braces", `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`, "/a: is no element of a policy"],
    [
      "braces with a member twice at the bottom",
      `${'{"a":'.repeat(deep)}{"b":1,"b":2}${"}".repeat(deep)}`,
      "stands there twice",
    ],
    [
      "statements in statements",
      `{"Statement":${"[".repeat(deep)}${"]".repeat(deep)}}`,
      "/Statement/0: is not an object",
    ],
    ["an Id of brackets", `{"Statement":[],"Id":${"[".repeat(deep)}${"]".repeat(deep)}}`, "/Id: is not text"],
    [
      "a condition of braces",
      `{"Statement":{"Effect":"Deny","Action":"x:Y","Condition":{"Bool":{"a":${'{"a":'.repeat(deep)}1${"}".repeat(deep)}}}}}`,
      "/Statement/0/Condition/Bool/a: is not text",
    ],
    ["a name as long as a book", `{"${"x".repeat(deep)}":1}`, "is no element of a policy"],
    ["percent signs", "%7B".repeat(deep), "the policy document is not JSON"],
    ["a document nested too deep for percent-encoding as well", encodeURIComponent("[".repeat(deep)), "is not JSON"],
  ])("%s", (_name, text, why) => {
    const result = parsePolicy(text);
    expect(result).toMatchObject({ known: false, why: expect.stringContaining(why) });
    // A sentence, not the document.
    expect(result.known ? "" : result.why).toMatch(/^.{1,400}$/s);
  });

  test("whatever the text, the answer is a policy or a reason", () => {
    const shape = fc.record(
      { Version: fc.anything(), Id: fc.anything(), Statement: fc.anything() },
      { requiredKeys: [] },
    );
    const statement = fc.record(
      {
        Effect: fc.constantFrom("Allow", "Deny"),
        Action: fc.jsonValue(),
        Resource: fc.jsonValue(),
        Principal: fc.jsonValue(),
        Condition: fc.jsonValue(),
      },
      { requiredKeys: ["Effect"] },
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      shape.map((value) => JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? "1" : one)) ?? ""),
      fc.array(statement).map((list) => JSON.stringify({ Statement: list })),
    );
    fc.assert(
      fc.property(text, (document) => {
        const result = parsePolicy(document);
        if (result.known)
          expect(result.value.statements.map(({ index }) => index)).toEqual([...result.value.statements.keys()]);
        else expect(result.why).toMatch(/^the policy document /);
      }),
      { numRuns: 1000 },
    );
  });

  test("ten thousand statements are read, far over AWS's limits", () => {
    const statement = { Effect: "Allow", Action: ["s3:Get*", "s3:Put*"], Resource: "arn:aws:s3:::sample/*" };
    const policy = parsed(one(Array.from({ length: 10_000 }, () => statement)));
    expect(policy.statements).toHaveLength(10_000);
    expect(policy.statements[9_999]).toMatchObject({ index: 9_999, actions: statement.Action });
    expect(policy.size?.withoutSpace).toBeGreaterThan(500_000);
  });
});

describe("members that stand twice", () => {
  test("are found wherever they are, and only they", () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.constantFrom('"', "\\", '{"a":1,"a":1}', "a,b"),
        fc.array(tie("tree")),
        fc.dictionary(fc.string(), tie("tree")),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.string(), (value, name) => {
        const [text, key] = [JSON.stringify(value), JSON.stringify(name)];
        expect(duplicateKey(text)).toBeUndefined();
        expect(duplicateKey(`[0,{"other":${text},"in":{${key}:${text},${key}:1}}]`)).toBe(
          `/1/in/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        );
      }),
    );
  });
});

describe("documents arrive percent-encoded or raw", () => {
  const raw = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"x:Y","Resource":"a%20b"}]}';
  test("an encoded one is decoded", () => expect(decodeDocument(encodeURIComponent(raw))).toBe(raw));
  test("a raw one with a percent sign of its own is left alone", () => expect(decodeDocument(raw)).toBe(raw));
  test("a byte order mark is taken off", () => expect(decodeDocument(`\uFEFF${raw}`)).toBe(raw));
  test("what is neither stays as it is", () => expect(decodeDocument("100%")).toBe("100%"));
  test("an encoded byte order mark is taken off as well", () =>
    expect(decodeDocument(encodeURIComponent(`\uFEFF${raw}`))).toBe(raw));
  test("either way it is the same policy", () =>
    expect(parsePolicy(encodeURIComponent(raw))).toEqual(parsePolicy(raw)));
});
