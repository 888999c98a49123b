import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDenial } from "../../../../src/policy/aws/denial/read-denial.ts";
import { splitDenials } from "../../../../src/policy/aws/denial/split-denials.ts";
import type { StatedReason } from "../../../../src/policy/denial.ts";
import { actions, coreOf, denialIn, stated } from "./said.ts";

const ADA = "arn:aws:sts::111122223333:assumed-role/Deploy/ada@example.com";
const KEY = "arn:aws:kms:eu-central-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const BOUNDARY = "arn:aws:iam::111122223333:policy/team/boundary-7";
const SCP = "arn:aws:organizations::333344445555:policy/o-exampleorg/service_control_policy/p-example1";
const RCP = "arn:aws:organizations::333344445555:policy/o-exampleorg/resource_control_policy/p-example2";

/** What the tail of a sentence says. */
const TAILS: readonly (readonly [tail: string, reason: StatedReason])[] = [
  ["because no identity-based policy allows the s3:GetObject action", stated({ layer: "identity", explicit: false })],
  ["because no resource-based policy allows the s3:GetObject action", stated({ layer: "resource", explicit: false })],
  ["because no permissions boundary allows the s3:GetObject action", stated({ layer: "boundary", explicit: false })],
  ["because no session policy allows the s3:GetObject action", stated({ layer: "session", explicit: false })],
  ["because no service control policy allows the s3:GetObject action", stated({ layer: "scp", explicit: false })],
  ["because no VPC endpoint policy allows the s3:GetObject action", stated({ layer: "endpoint", explicit: false })],
  ["because no role trust policy allows the sts:AssumeRole action", stated({ layer: "trust", explicit: false })],
  ["with an explicit deny in an identity-based policy", stated({ layer: "identity", explicit: true })],
  [
    `with an explicit deny in an identity-based policy: ${BOUNDARY}`,
    stated({ layer: "identity", explicit: true, policyArn: BOUNDARY }),
  ],
  ["with an explicit deny in a resource-based policy", stated({ layer: "resource", explicit: true })],
  ["with an explicit deny in a permissions boundary", stated({ layer: "boundary", explicit: true })],
  [
    `with an explicit deny in a permissions boundary: ${BOUNDARY}`,
    stated({ layer: "boundary", explicit: true, policyArn: BOUNDARY }),
  ],
  ["with an explicit deny in a session policy", stated({ layer: "session", explicit: true })],
  [
    `with an explicit deny in a session policy: ${BOUNDARY}`,
    stated({ layer: "session", explicit: true, policyArn: BOUNDARY }),
  ],
  ["with an explicit deny in a service control policy", stated({ layer: "scp", explicit: true })],
  [
    `with an explicit deny in a service control policy: ${SCP}`,
    stated({ layer: "scp", explicit: true, policyArn: SCP }),
  ],
  ["with an explicit deny in a resource control policy", stated({ layer: "rcp", explicit: true })],
  [
    `with an explicit deny in a resource control policy: ${RCP}`,
    stated({ layer: "rcp", explicit: true, policyArn: RCP }),
  ],
  ["with an explicit deny in a VPC endpoint policy", stated({ layer: "endpoint", explicit: true })],
  [
    "with an explicit deny in a VPC endpoint policy transitively through a service control policy",
    stated({ layer: "endpoint", explicit: true }),
  ],
  ["with an explicit deny in the role trust policy", stated({ layer: "trust", explicit: true })],
  [
    "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
    stated({ layer: "resource", mayNotExist: true }),
  ],
  [
    "because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access",
    stated({ layer: "public-access-block" }),
  ],
  [
    "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
    stated({ layer: "public-access-block" }),
  ],
  ["with an explicit deny", stated({ explicit: true })],
  ["due to an explicit deny in a Service Control Policy", stated({ layer: "scp", explicit: true })],
  ["", stated({})],
];

/** How AWS names the resource, and what it comes to. */
const RESOURCES: readonly (readonly [said: string, resource: string | null])[] = [
  ["", null],
  ["on this resource", null],
  [`on resource: ${KEY}`, KEY],
  ['on resource: "arn:aws:s3:::acme-reports/2026/a-file,final.csv"', "arn:aws:s3:::acme-reports/2026/a-file,final.csv"],
  ["on resource: role Admin", "role Admin"],
  ["on resource: user olaf", "user olaf"],
  ["on resource: *", "*"],
  ["on resource: acme/payments/db", "acme/payments/db"],
];

/** What programs put around a message. */
const FRAMES: readonly (readonly [name: string, frame: (message: string) => string])[] = [
  ["nothing", (m) => m],
  ["the command line", (m) => `\nAn error occurred (AccessDenied) when calling the GetObject operation: ${m}\n`],
  [
    "boto3",
    (m) =>
      `botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: ${m}`,
  ],
  ["JavaScript", (m) => `AccessDeniedException: ${m}\n    at throwDefaultError (/app/node_modules/smithy.js:8:1)`],
  ["EC2", (m) => `Client.UnauthorizedOperation: You are not authorized to perform this operation. ${m}`],
  [
    "Java",
    (m) =>
      `software.amazon.awssdk.services.s3.model.S3Exception: ${m} (Service: S3, Status Code: 403, Request ID: 4N5EXAMPLE, Extended Request ID: x/y=)`,
  ],
  [
    "Java 1",
    (m) =>
      `${m} (Service: AmazonS3; Status Code: 403; Error Code: AccessDenied; Request ID: 4N5EXAMPLE; S3 Extended Request ID: x)`,
  ],
  [
    "Terraform",
    (m) =>
      `\u001b[31m╷\u001b[0m\n│ \u001b[1mError: \u001b[0mreading object: operation error S3: GetObject, https response error StatusCode: 403, RequestID: 4N5EXAMPLE, api error AccessDenied: ${m.replace(" is not", "\n│ is not")}\n│ \n│   with aws_s3_object.report,\n│   on main.tf line 3, in resource "aws_s3_object" "report":\n╵`,
  ],
  ["Go", (m) => `2026/03/02 10:00:00 get: api error AccessDenied: ${m}\n\tstatus code: 403, request id: 4N5EXAMPLE`],
  [
    "XML",
    (m) =>
      `<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>${m.replaceAll('"', "&quot;")}</Message><RequestId>4N5EXAMPLE</RequestId></Error>`,
  ],
  ["JSON", (m) => JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", Message: m })],
  [
    "JSON in a log line",
    (m) => `2026-03-02T10:00:00Z ERROR reply=${JSON.stringify({ message: JSON.stringify({ message: m }) })}`,
  ],
  ["quotes", (m) => `'${m}.'`],
  ["a wrapped mail", (m) => `> ${m.replaceAll(" ", "\n> ")}`],
  ["docker", (m) => `denied: ${m}`],
];

const sentence = (action: string, resource: string, tail: string): string =>
  ["User:", ADA, "is not authorized to perform:", action, resource, tail].filter((part) => part !== "").join(" ");

describe("every tail", () => {
  test.each(TAILS.map(([tail, reason]) => ({ tail, reason })))(
    "`$tail` says its layer and nothing more",
    ({ tail, reason }) => {
      expect(coreOf(denialIn(sentence("s3:GetObject", `on resource: ${KEY}`, tail)))).toEqual({
        principal: ADA,
        principalTenant: "111122223333",
        action: "s3:GetObject",
        resource: KEY,
        resourceTenant: "222233334444",
        stated: reason,
      });
    },
  );
});

describe("every frame", () => {
  test.each(FRAMES.map(([name, frame]) => ({ name, frame })))(
    "$name changes nothing of what a message says",
    ({ frame }) => {
      for (const [tail, reason] of TAILS) {
        for (const [said, resource] of RESOURCES) {
          const text = frame(sentence("s3:GetObject", said, tail));
          expect({ text, ...coreOf(denialIn(text)) }).toEqual({
            text,
            principal: ADA,
            principalTenant: "111122223333",
            action: "s3:GetObject",
            resource,
            resourceTenant: resource === KEY ? "222233334444" : null,
            stated: reason,
          });
        }
      }
    },
  );
});

const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
const noise = fc.stringMatching(/^[A-Za-z0-9 ,.=[\]#-]{0,60}$/).filter((text) => !/throttl|expired|denied/i.test(text));

describe("any wrapping", () => {
  test("leaves the same refusal", () => {
    const said = fc.record({
      role: word.filter((text) => !/xxx/i.test(text)),
      session: word.filter((text) => !/xxx/i.test(text)),
      tail: fc.constantFrom(...TAILS),
      frame: fc.constantFrom(...FRAMES),
      resource: fc.constantFrom(...RESOURCES),
      before: noise,
      after: noise,
      colour: fc.boolean(),
      newline: fc.constantFrom("\n", "\r\n"),
    });
    fc.assert(
      fc.property(said, ({ role, session, tail, frame: [, frame], resource, before, after, colour, newline }) => {
        const principal = `arn:aws:sts::111122223333:assumed-role/${role}/${session}`;
        const message = sentence("sqs:SendMessage", resource[0], tail[0]).replace(ADA, principal);
        let text = frame(message);
        if (colour) text = `\u001b[1;31m${text}\u001b[0m`;
        text = `${before}${newline}${text.replaceAll("\n", newline)}${newline}${after}`;
        expect(coreOf(denialIn(text))).toEqual({
          principal,
          principalTenant: "111122223333",
          action: "sqs:SendMessage",
          resource: resource[1],
          resourceTenant: resource[1] === KEY ? "222233334444" : null,
          stated: tail[1],
        });
      }),
      { numRuns: 400 },
    );
  });

  test("any text is read without an error", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "User: ",
        " is not authorized to perform: ",
        "on resource: ",
        '"',
        "{",
        "}",
        '\\"',
        "arn:aws:",
        "because no ",
      ),
      fc.constantFrom(
        '{"eventSource":"s3.amazonaws.com","eventName":',
        '"allowed":false',
        "\u001b[",
        "&quot;",
        "<Code>",
        "AccessDenied",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(readDenial(pieces.join(""), actions).kind).toMatch(/^(?:denial|not-access|encoded|unreadable)$/);
        splitDenials(pieces.join("\n"), actions);
      }),
      { numRuns: 500 },
    );
  });

  test("any event is read without an error", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 2 }), fc.json({ maxDepth: 3 }), fc.string(), (identity, parameters, name) => {
        const text = `{"eventSource":"s3.amazonaws.com","eventName":${JSON.stringify(name)},"errorCode":"AccessDenied","userIdentity":${identity},"requestParameters":${parameters},"resources":${parameters}}`;
        expect(readDenial(text, actions)).toMatchObject({ kind: "denial", source: "cloudtrail" });
      }),
      { numRuns: 200 },
    );
  });

  test("long hostile texts are read in a time that grows with their length", () => {
    const size = 200_000;
    for (const piece of [
      "User: ",
      "is not authorized to perform: ",
      "{",
      '"',
      "\\",
      "arn:",
      "\n",
      "because no ",
      "<Code>",
      "a\n",
    ]) {
      expect(readDenial(piece.repeat(size / piece.length), actions).kind).toBeTypeOf("string");
    }
  });
});
