import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { lintPolicies } from "../../src/app/lint-policies.ts";
import { lint } from "../../src/cli/commands/lint.ts";
import { Tell } from "../../src/cli/tell.ts";
import { lintForm } from "../../src/model/forms/lint.ts";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { ACME, Listening, testWorld, type CliRun } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const SWEEP = "aws/222233334444/account-authorization-details.json";

/** One run of the command, registered by itself. */
async function run(...args: string[]): Promise<CliRun> {
  const [out, err] = [new Listening(), new Listening()];
  const tell = new Tell(out, err);
  let code = 0;
  const program = new Command("leastwise").exitOverride();
  lint.register(program, { world, tell, exit: (value) => (code = value) });
  try {
    await program.parseAsync(["node", "leastwise", "lint", ...args]);
  } catch (error) {
    code = tell.error(error);
  }
  return { code, out: out.text, err: err.text };
}

async function fileWith(content: unknown): Promise<string> {
  const path = join(await temporaryFolder(), "policy.json");
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const policy = (statement: object): object => ({ Version: "2012-10-17", Statement: [statement] });
const misspelt = policy({ Effect: "Allow", Action: "s3:GetObjct", Resource: "*" });
const sound = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
const trust = policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "sam" } });
const ofResource = policy({ Effect: "Allow", Action: "s3:GetObject", Principal: "*" });

describe("leastwise lint", () => {
  test("tells place, check, message and hint of a policy, as which kind it was read, and how many it looked at", async () => {
    const path = await fileWith(misspelt);
    expect(await run(path, await fileWith(sound))).toEqual({
      code: 0,
      err: "",
      out: [
        `${path} (read as identity)`,
        "  /Statement/0/Action  unknown-action",
        "      `s3:GetObjct` is no action AWS documents, so it matches nothing",
        "      hint: did you mean `s3:GetObject`",
        "",
        "1 finding in 2 policies",
        "",
      ].join("\n"),
    });
  });

  test("prints one document of its form and nothing else", async () => {
    const [path, clean] = [await fileWith(misspelt), await fileWith(sound)];
    const { code, out } = await run(path, clean, "--json");
    expect(code).toBe(0);
    const document = lintForm.parse(JSON.parse(out));
    expect(document).toEqual(JSON.parse(out));
    expect(document.policies.map(({ source, findings }) => [source, findings.length])).toEqual([
      [path, 1],
      [clean, 0],
    ]);
    expect(document.policies[0]?.findings[0]).toMatchObject({ check: "unknown-action", place: "/Statement/0/Action" });
  });

  test.each([
    ["identity", sound],
    ["trust", trust],
    ["resource", ofResource],
  ])("takes a document for %s by the look of it", async (kind, document) => {
    const { out } = await run(await fileWith(document), "--json");
    expect(JSON.parse(out)).toMatchObject({ policies: [{ kind, kindSource: "guessed" }] });
  });

  test("takes it for what the person says", async () => {
    const { out } = await run(await fileWith(sound), "--kind", "rcp", "--json");
    const document = JSON.parse(out) as { policies: { findings: { check: string }[] }[] };
    expect(document).toMatchObject({ policies: [{ kind: "rcp", kindSource: "given" }] });
    expect(document.policies[0]?.findings.map(({ check }) => check)).toContain("element-of-another-kind");
  });

  test("a kind that does not exist is refused with those that do", async () => {
    const { code, err } = await run(await fileWith(sound), "--kind", "rpc");
    expect(code).toBe(2);
    expect(err).toContain("`rpc` is no kind of policy");
    expect(err).toContain("trust, scp, rcp");
  });

  test("a percent-encoded document is one too", async () => {
    const { out } = await run(await fileWith(encodeURIComponent(JSON.stringify(misspelt))), "--json");
    expect(JSON.parse(out)).toMatchObject({ policies: [{ findings: [{ check: "unknown-action" }] }] });
  });

  test("what is no policy is named, and ends with 2 after the rest was done", async () => {
    const [broken, text, path] = [
      await fileWith(policy({ Effect: "Alow", Action: "s3:*", Resource: "*" })),
      await fileWith("not a policy"),
      await fileWith(misspelt),
    ];
    const absent = join(await temporaryFolder(), "absent.json");
    const { code, out, err } = await run(broken, absent, text, path, "--json");
    expect(code).toBe(2);
    const document = lintForm.parse(JSON.parse(out));
    expect(document.policies.map(({ source }) => source)).toEqual([path]);
    expect(document.unreadable).toMatchObject([
      { source: broken, why: "the policy document is not valid: /Statement/0/Effect: is neither Allow nor Deny" },
      { source: absent, why: `\`${absent}\` does not exist` },
      { source: text, why: expect.stringContaining("the policy document is not JSON") },
    ]);
    expect(err).toContain(`warning: ${broken}: cannot be judged: the policy document is not valid`);
    expect((await run(broken, path)).out).toMatch(/1 finding in 1 policy, 1 cannot be judged\n$/);
  });

  test("a document nested without end is a policy that cannot be judged", async () => {
    const { code, err } = await run(await fileWith("[".repeat(100_000) + "]".repeat(100_000)));
    expect(code).toBe(2);
    expect(err).toContain("/: is not an object");
  });

  test("control characters of a document do not reach the terminal", async () => {
    const { out } = await run(await fileWith(policy({ Effect: "Allow", Action: "s3:\u001b[2J", Resource: "*" })));
    expect(out).toContain("unknown-action");
    expect(out).not.toContain("\u001b");
  });
});

describe("leastwise lint over recorded input", () => {
  interface Sweep {
    readonly UserDetailList: Record<string, unknown>[];
    readonly RoleDetailList: Record<string, unknown>[];
  }

  /** The sweep of a tenant with three things wrong, as a file of its own and in a recording. */
  async function given(): Promise<{
    readonly file: string;
    readonly folder: string;
    readonly user: string;
    readonly role: string;
  }> {
    const sweep = JSON.parse(await readFile(join(ACME, SWEEP), "utf8")) as Sweep;
    const [user, ...users] = sweep.UserDetailList;
    const [role, ...roles] = sweep.RoleDetailList;
    const inline = [
      { PolicyName: "misspelt", PolicyDocument: misspelt },
      { PolicyName: "broken", PolicyDocument: "{" },
    ];
    const text = JSON.stringify({
      ...sweep,
      UserDetailList: [{ ...user, UserPolicyList: inline }, ...users],
      RoleDetailList: [{ ...role, AssumeRolePolicyDocument: trust }, ...roles],
    });
    const folder = await temporaryFolder();
    const [file, recorded] = [join(folder, "details.json"), join(folder, "recording", SWEEP)];
    await mkdir(dirname(recorded), { recursive: true });
    for (const path of [file, recorded]) await writeFile(path, text);
    return { file, folder: join(folder, "recording"), user: String(user?.["Arn"]), role: String(role?.["Arn"]) };
  }

  test.each(["file", "folder"] as const)(
    "a %s: every policy, under its name and as what it is attached",
    async (form) => {
      const input = await given();
      const { code, out } = await run(input[form], "--json");
      const document = lintForm.parse(JSON.parse(out));
      const named = new Map(document.policies.map((one) => [one.name, one]));
      expect(named.get(`misspelt of ${input.user}`)).toMatchObject({
        source: input[form],
        kind: "inline-user",
        kindSource: "recorded",
        findings: [{ check: "unknown-action" }],
      });
      expect(named.get(`trust policy of ${input.role}`)).toMatchObject({
        kind: "trust",
        findings: [{ check: "principal-names-nobody" }],
      });
      expect(document.unreadable).toMatchObject([{ name: `inline policy \`broken\` of \`${input.user}\`` }]);
      expect(code).toBe(2);
    },
  );

  test("AWS's own policies are counted and left out, and read on demand", async () => {
    const before = lintForm.parse(JSON.parse((await run(ACME, "--json")).out));
    expect(before.leftOut).toBeGreaterThan(0);
    expect(new Set(before.policies.map(({ kind }) => kind))).toContain("scp");
    const all = lintForm.parse(JSON.parse((await run(ACME, "--all", "--json")).out));
    expect(all.leftOut).toBe(0);
    expect(all.policies.length).toBe(before.policies.length + before.leftOut);
    expect((await run(ACME)).out).toMatch(/policies of AWS left out \(--all reads them\)\n$/);
  });

  test("a folder that is no recording ends nothing", async () => {
    const path = await fileWith(misspelt);
    const { code, out } = await run(await temporaryFolder(), path, "--json");
    expect(code).toBe(2);
    expect(lintForm.parse(JSON.parse(out)).policies).toHaveLength(1);
  });
});

describe("standard input", () => {
  test("is what a dash stands for", async () => {
    const document = await lintPolicies(
      world,
      { clock: world.clock, secrets: world.secrets, log: { progress: () => {}, warn: () => {} } },
      ["-"],
      { standardInput: async () => JSON.stringify(misspelt) },
    );
    expect(document.policies).toMatchObject([{ source: "-", findings: [{ check: "unknown-action" }] }]);
  });
});
