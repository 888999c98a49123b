/**
 * What holds for every set of policies, on generated ones: denying more never gives, allowing more never takes, order is nothing,
 * an unknown key is answered for all of its values, and an explicit Deny wins.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Simulator } from "../../../src/app/simulate.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import type { Decision, DecisionWord } from "../../../src/policy/aws/decision.ts";

type Statement = Readonly<Record<string, unknown>>;
interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}
interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string | readonly string[];
  readonly resourceTenant?: string;
  readonly context: Readonly<Record<string, string | readonly string[] | null>>;
}
interface Line {
  readonly request: Request;
  readonly identityPolicies: readonly Document[];
  readonly boundary?: readonly Document[];
  readonly sessionPolicies?: readonly Document[];
  readonly scps?: readonly (readonly Document[])[];
  readonly rcps?: readonly (readonly Document[])[];
  readonly endpointPolicies?: readonly Document[];
  readonly resourcePolicy?: Document;
  readonly unknownContext?: boolean;
}

const RUNS = { numRuns: 400 };
const ASHA = "arn:aws:iam::111122223333:user/asha";
const ROLE = "arn:aws:iam::111122223333:role/reporter";
const SESSION = "arn:aws:sts::111122223333:assumed-role/reporter/nightly";
const BOSE = "arn:aws:iam::222233334444:user/bose";
const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1111aaaa-22bb-33cc-44dd-5555eeee6666";
const TARGET = "arn:aws:iam::111122223333:role/target";
const CALLERS = [ASHA, SESSION, BOSE, "arn:aws:iam::111122223333:root", "sns.amazonaws.com", "*"];
const QUESTIONS: readonly Pick<Request, "action" | "resource">[] = [
  { action: "sqs:SendMessage", resource: QUEUE },
  { action: "kms:Decrypt", resource: KEY },
  { action: "sts:AssumeRole", resource: TARGET },
  { action: "ec2:DescribeInstances", resource: "*" },
  { action: "sqs:SendMessage", resource: "arn:aws:sqs:eu-west-1:111122223333:*" },
  { action: "sqs:SendMessage", resource: [QUEUE, "arn:aws:sqs:eu-west-1:111122223333:returns"] },
];
/** Few keys with few values, so that every completion of what is unknown can be tried. */
const VALUES: Readonly<Record<string, readonly (string | null)[]>> = {
  "aws:PrincipalTag/team": ["red", "blue", null],
  "aws:SecureTransport": ["true", "false", null],
  "aws:RequestedRegion": ["eu-west-1", "us-east-1", null],
};

const pick = <T>(...items: readonly T[]) => fc.constantFrom(...items);

const condition = fc.oneof(
  fc.record({
    operator: pick(
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringEqualsIfExists",
      "ForAllValues:StringEquals",
      "ForAnyValue:StringEquals",
    ),
    key: pick("aws:PrincipalTag/team", "aws:RequestedRegion"),
    values: fc.uniqueArray(pick("red", "eu-*", "eu-west-1", "blue"), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    operator: pick("Bool", "BoolIfExists"),
    key: fc.constant("aws:SecureTransport"),
    values: pick(["true"], ["false"]),
  }),
  fc.record({ operator: fc.constant("Null"), key: pick(...Object.keys(VALUES)), values: pick(["true"], ["false"]) }),
);

const actions = pick<Statement>(
  { Action: "*" },
  { Action: "sqs:*" },
  { Action: ["sqs:SendMessage", "kms:Decrypt", "sts:AssumeRole"] },
  { Action: ["ec2:Describe*", "kms:*"] },
  { NotAction: "iam:*" },
  { NotAction: ["sqs:*", "ec2:*"] },
);
const resources = pick<Statement>(
  { Resource: "*" },
  { Resource: [QUEUE, KEY, TARGET] },
  { Resource: "arn:aws:sqs:*:111122223333:o*" },
  { Resource: "arn:aws:*:*:*:${aws:PrincipalTag/team, 'orders'}" },
  { Resource: ["arn:aws:sqs:*:*:${aws:PrincipalTag/team}", "arn:aws:sqs:*:*:${aws:username}*"] },
  { NotResource: QUEUE },
  { NotResource: "arn:aws:s3:::ledgers/*" },
);
const principals = pick<Statement>(
  { Principal: "*" },
  { Principal: { AWS: "*" } },
  { Principal: { AWS: ASHA } },
  { Principal: { AWS: [ROLE, "222233334444"] } },
  { Principal: { AWS: SESSION } },
  { Principal: { AWS: "111122223333" } },
  { Principal: { AWS: BOSE, Service: "sns.amazonaws.com" } },
);

const conditions = fc.option(condition, { nil: undefined, freq: 2 });
const parts = fc.record({ actions, resources, condition: conditions, principals });
const effect = fc.oneof({ weight: 4, arbitrary: fc.constant("Allow") }, { weight: 1, arbitrary: fc.constant("Deny") });

type Parts = Readonly<{
  actions: Statement;
  resources: Statement;
  condition: { operator: string; key: string; values: readonly string[] } | undefined;
  principals: Statement;
}>;
type Side = "caller" | "resource";

function statement(made: Parts, word: string, side: Side): Statement {
  return {
    Effect: word,
    ...made.actions,
    ...made.resources,
    ...(side === "resource" ? made.principals : {}),
    ...(made.condition === undefined
      ? {}
      : { Condition: { [made.condition.operator]: { [made.condition.key]: made.condition.values } } }),
  };
}

const document = (side: Side) =>
  fc.array(fc.tuple(parts, effect), { minLength: 1, maxLength: 3 }).map((all): Document => ({
    Version: "2012-10-17",
    Statement: all.map(([made, word]) => statement(made, word, side)),
  }));
const documents = (side: Side, most = 2) => fc.array(document(side), { minLength: 1, maxLength: most });
const some = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
/** RCPs can only deny: AWS takes nothing else from customers. */
const denials = documents("resource").map((all) =>
  all.map((one) => ({ ...one, Statement: one.Statement.filter(({ Effect }) => Effect === "Deny") })),
);

const context = fc
  .record(Object.fromEntries(Object.entries(VALUES).map(([key, values]) => [key, pick(...values)])), {
    requiredKeys: [],
  })
  .map((given) => given as Request["context"]);

const line: fc.Arbitrary<Line> = fc
  .record({
    principal: pick(...CALLERS),
    question: pick(...QUESTIONS),
    context,
    identityPolicies: fc.array(document("caller"), { maxLength: 3 }),
    boundary: some(documents("caller", 1)),
    sessionPolicies: some(documents("caller", 1)),
    scps: some(fc.array(documents("caller"), { minLength: 1, maxLength: 2 })),
    rcps: some(fc.array(denials, { minLength: 1, maxLength: 2 })),
    endpointPolicies: some(documents("resource", 1)),
    resourcePolicy: some(document("resource"), 3),
  })
  .map(({ principal, question, context: given, ...policies }) => ({
    request: { principal, ...question, context: given },
    ...Object.fromEntries(Object.entries(policies).filter(([, value]) => value !== undefined)),
    identityPolicies: policies.identityPolicies,
  }));

const table = await loadActionTable();
const simulator = new Simulator(table);

function decide(asked: Line): Decision {
  const { text } = simulator.line(JSON.stringify(asked), 1);
  const answer = JSON.parse(text ?? "{}") as Decision & { readonly error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

const isWide = ({ request }: Line): boolean =>
  [request.resource].flat().some((one) => one !== "*" && one.includes("*"));

/** How much access an answer means: none, perhaps, certainly. */
function access({ decision }: Decision): number {
  const worth: Readonly<Record<DecisionWord, number>> = {
    "explicitly-denied": 0,
    "implicitly-denied": 0,
    conditional: 1,
    unknown: 1,
    allowed: 2,
  };
  return worth[decision];
}

/** The layers a statement can be put into, and how. The caller's layers take statements without a Principal. */
type Put = (to: Line, one: Statement) => Line;
const into = (all: readonly Document[] | undefined, one: Statement): readonly Document[] => {
  const [first = { Version: "2012-10-17", Statement: [] }, ...rest] = all ?? [];
  return [{ ...first, Statement: [...first.Statement, one] }, ...rest];
};
const levels = (all: readonly (readonly Document[])[] | undefined, one: Statement) => {
  const [first, ...rest] = all ?? [];
  return [into(first, one), ...rest];
};
const PLACES: readonly { readonly field: keyof Line; readonly side: Side; readonly put: Put }[] = [
  {
    field: "identityPolicies",
    side: "caller",
    put: (to, one) => ({ ...to, identityPolicies: into(to.identityPolicies, one) }),
  },
  { field: "boundary", side: "caller", put: (to, one) => ({ ...to, boundary: into(to.boundary, one) }) },
  {
    field: "sessionPolicies",
    side: "caller",
    put: (to, one) => ({ ...to, sessionPolicies: into(to.sessionPolicies, one) }),
  },
  { field: "scps", side: "caller", put: (to, one) => ({ ...to, scps: levels(to.scps, one) }) },
  { field: "rcps", side: "resource", put: (to, one) => ({ ...to, rcps: levels(to.rcps, one) }) },
  {
    field: "endpointPolicies",
    side: "resource",
    put: (to, one) => ({ ...to, endpointPolicies: into(to.endpointPolicies, one) }),
  },
  {
    field: "resourcePolicy",
    side: "resource",
    put: (to, one) => ({
      ...to,
      resourcePolicy: into([to.resourcePolicy ?? { Version: "2012-10-17", Statement: [] }], one)[0] as Document,
    }),
  },
];
/** Only where the layer stands already: a layer that appears limits by being there. */
const places = (asked: Line) => PLACES.filter(({ field }) => asked[field] !== undefined);

const unknown = fc.boolean();

describe("for every set of policies", () => {
  test("adding a Deny never adds access", () => {
    fc.assert(
      fc.property(line, parts, unknown, (asked, made, unknownContext) => {
        const before = { ...asked, unknownContext };
        for (const { side, put } of places(asked)) {
          const after = put(before, statement(made, "Deny", side));
          expect(access(decide(after))).toBeLessThanOrEqual(access(decide(before)));
        }
      }),
      RUNS,
    );
  });

  test("adding an Allow never removes access", () => {
    fc.assert(
      fc.property(line, parts, unknown, (asked, made, unknownContext) => {
        const before = { ...asked, unknownContext };
        for (const { side, put } of places(asked)) {
          const after = put(before, statement(made, "Allow", side));
          expect(access(decide(after))).toBeGreaterThanOrEqual(access(decide(before)));
        }
      }),
      RUNS,
    );
  });

  test("taking a layer away that can only limit never removes access", () => {
    fc.assert(
      fc.property(line, unknown, (asked, unknownContext) => {
        const before = access(decide({ ...asked, unknownContext }));
        for (const field of ["boundary", "sessionPolicies", "scps", "rcps", "endpointPolicies"] as const) {
          const { [field]: _limit, ...rest } = asked;
          expect(access(decide({ ...rest, unknownContext }))).toBeGreaterThanOrEqual(before);
        }
      }),
      RUNS,
    );
  });

  test("the order of statements and policies is nothing", () => {
    const turned = <T>(items: readonly T[]) => items.toReversed();
    const shuffled = (all: readonly Document[]) =>
      turned(all).map((one) => ({ ...one, Statement: turned(one.Statement) }));
    fc.assert(
      fc.property(line, unknown, (asked, unknownContext) => {
        const other: Line = {
          ...asked,
          identityPolicies: shuffled(asked.identityPolicies),
          ...(asked.boundary && { boundary: shuffled(asked.boundary) }),
          ...(asked.sessionPolicies && { sessionPolicies: shuffled(asked.sessionPolicies) }),
          ...(asked.scps && { scps: turned(asked.scps).map(shuffled) }),
          ...(asked.rcps && { rcps: turned(asked.rcps).map(shuffled) }),
          ...(asked.endpointPolicies && { endpointPolicies: shuffled(asked.endpointPolicies) }),
          ...(asked.resourcePolicy && { resourcePolicy: shuffled([asked.resourcePolicy])[0] as Document }),
        };
        const [one, two] = [decide({ ...asked, unknownContext }), decide({ ...other, unknownContext })];
        expect(two.decision).toBe(one.decision);
        expect(two.decidedBy).toBe(one.decidedBy);
        expect(two.missingContext).toEqual(one.missingContext);
        expect(two.layers).toEqual(one.layers);
        // Of a pattern those statements are told that allow what was left of it when their level was asked.
        if (!/[*?]/.test(String(asked.request.resource))) expect(two.statements).toHaveLength(one.statements.length);
      }),
      RUNS,
    );
  });

  test("policies may be cut into one per statement and joined into one", () => {
    fc.assert(
      fc.property(line, unknown, (asked, unknownContext) => {
        const statements = asked.identityPolicies.flatMap((one) => one.Statement);
        const before = decide({ ...asked, unknownContext });
        const joined = [{ Version: "2012-10-17", Statement: statements }];
        const cut = statements.map((one) => ({ Version: "2012-10-17", Statement: [one] }));
        expect(decide({ ...asked, identityPolicies: joined, unknownContext }).decision).toBe(before.decision);
        expect(decide({ ...asked, identityPolicies: cut, unknownContext }).decision).toBe(before.decision);
      }),
      RUNS,
    );
  });

  test("an explicit Deny in any layer that applies wins", () => {
    const everything: Parts = {
      actions: { Action: "*" },
      resources: { Resource: "*" },
      condition: undefined,
      principals: { Principal: "*" },
    };
    fc.assert(
      fc.property(line, unknown, (asked, unknownContext) => {
        const { principal, action } = asked.request;
        const service = action.slice(0, action.indexOf(":"));
        for (const { field, side, put } of places(asked)) {
          if (["*", "sns.amazonaws.com"].includes(principal) && side === "caller") continue;
          // Neither is there for the root user; RCPs reach some services only, and resource policies some actions.
          if (principal.endsWith(":root") && ["identityPolicies", "boundary", "sessionPolicies"].includes(field))
            continue;
          if (service === "ec2" && side === "resource" && field !== "endpointPolicies") continue;
          const denied = decide({ ...put(asked, statement(everything, "Deny", side)), unknownContext });
          expect(denied.decision, `${field} for ${principal}`).toBe("explicitly-denied");
        }
      }),
      RUNS,
    );
  });

  test("an answer with unknown keys is right for every value they can have", () => {
    fc.assert(
      fc.property(line, (asked) => {
        const open = decide({ ...asked, unknownContext: true });
        const free = Object.keys(VALUES).filter((key) => !(key in asked.request.context));
        let contexts: Request["context"][] = [asked.request.context];
        for (const key of free)
          contexts = contexts.flatMap((one) => (VALUES[key] ?? []).map((value) => ({ ...one, [key]: value })));
        const words = contexts.map((one) => decide({ ...asked, request: { ...asked.request, context: one } }).decision);
        if (open.decision === "conditional") expect(open.missingContext).not.toEqual([]);
        // A denial is one whichever key is there. Whether an implicit one turns explicit may hang on a key, and so may which
        // part of a wildcard question comes closest to being allowed.
        else if (open.decision === "implicitly-denied" || (open.decision === "explicitly-denied" && isWide(asked)))
          expect(words).not.toContain("allowed");
        else expect([...new Set(words)]).toEqual([open.decision]);
      }),
      RUNS,
    );
  });

  test("a question with a wildcard is allowed where one of the resources it means is", () => {
    fc.assert(
      fc.property(
        line,
        pick("*", "arn:aws:sqs:eu-west-1:111122223333:*", "arn:aws:sqs:*:111122223333:o*"),
        unknown,
        (asked, resource, unknownContext) => {
          const ask = (what: string) => ({
            ...asked,
            unknownContext,
            request: { ...asked.request, action: "sqs:SendMessage", resource: what },
          });
          const given = resource === "*" ? { resourceTenant: "111122223333" } : {};
          const wide = ask(resource);
          const answer = decide({ ...wide, request: { ...wide.request, ...given } });
          expect(access(answer)).toBeGreaterThanOrEqual(access(decide(ask(QUEUE))));
        },
      ),
      RUNS,
    );
  });

  test("a conditional answer names keys that were not given, and giving all keys settles it", () => {
    fc.assert(
      fc.property(
        line,
        fc.record(Object.fromEntries(Object.entries(VALUES).map(([key, values]) => [key, pick(...values)]))),
        (asked, all) => {
          const open = decide({ ...asked, unknownContext: true });
          for (const key of open.missingContext) expect(Object.keys(asked.request.context)).not.toContain(key);
          if (open.decision !== "conditional") expect(open.missingContext).toEqual([]);
          const full = { ...asked.request, context: { ...all, ...asked.request.context } };
          const settled = decide({ ...asked, request: full, unknownContext: true });
          expect(settled.decision).toBe(decide({ ...asked, request: full }).decision);
          expect(settled.missingContext).toEqual([]);
        },
      ),
      RUNS,
    );
  });
});
