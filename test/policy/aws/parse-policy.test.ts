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
    ["no Sid", one({ Effect: "Allow", Action: "x:Y", Resource: "*" }), { sid: null }],
  ])("%s", (_name, text, expected) => expect(parsed(text).statements[0]).toMatchObject(expected));

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
    ["a principal that is a name", one({ Effect: "Allow", Principal: "me", Action: "x:Y" }), "/Statement/0/Principal"],
  ])("%s", (_name, text, why) =>
    expect(parsePolicy(text)).toMatchObject({ known: false, why: expect.stringContaining(why) }),
  );
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
