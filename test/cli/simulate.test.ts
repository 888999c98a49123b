import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { simulateAnswerForm } from "../../src/model/forms/simulate.ts";

const BIN = join(import.meta.dirname, "../../bin/leastwise.js");
const ALL = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const DEFINE = JSON.stringify({ define: "staff", identityPolicies: [ALL] });
const ask = (id: number): string =>
  JSON.stringify({
    id,
    use: "staff",
    request: {
      principal: "arn:aws:iam::111122223333:user/asha",
      action: "s3:GetObject",
      resource: `arn:aws:s3:::ledgers/${id}`,
    },
  });

/** Starts the command as a user does. */
function start() {
  const child = spawn(process.execPath, [BIN, "simulate"], { stdio: "pipe" });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  // Writing to a command that has ended is what one of the tests does.
  child.stdin.on("error", () => {});
  return { child, said, ended: new Promise<number | null>((resolve) => child.once("close", resolve)) };
}

describe("leastwise simulate", () => {
  test("decides a line of standard input for a line of standard output, and says nothing else", async () => {
    const { child, said, ended } = start();
    child.stdin.end(`${DEFINE}\n${ask(1)}\n${ask(2)}\n`);
    expect(await ended).toBe(0);
    expect(said.err).toBe("");
    const answers = said.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: number; decision: string });
    expect(answers.map(({ id, decision }) => [id, decision])).toEqual([
      [1, "allowed"],
      [2, "allowed"],
    ]);
    for (const answer of answers) expect(simulateAnswerForm.parse(answer)).toEqual(answer);
  });

  test("a malformed line has its error in its place, the rest is decided, and the end is 2", async () => {
    const { child, said, ended } = start();
    child.stdin.end(`${DEFINE}\nnonsense\n${ask(1)}`);
    expect(await ended).toBe(2);
    const [first, second] = said.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(first).toMatchObject({ line: 2, error: expect.stringContaining("not JSON") as string });
    expect(second).toMatchObject({ id: 1, decision: "allowed" });
    expect(said.err).toBe(
      "error: 1 of 3 lines could not be read\n  hint: each has an `error` in its place; the others were decided\n",
    );
  });

  test("nothing in, nothing out", async () => {
    const { child, said, ended } = start();
    child.stdin.end();
    expect([await ended, said.out, said.err]).toEqual([0, "", ""]);
  });

  test("an answer is there before the next question is asked", async () => {
    const { child, said, ended } = start();
    child.stdin.write(`${DEFINE}\n${ask(1)}\n`);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(said.out).toContain('"id":1');
    child.stdin.end(ask(2));
    expect(await ended).toBe(0);
    expect(said.out).toContain('"id":2');
  });

  test("a reader that leaves ends it without a word, however much is left to read", async () => {
    const { child, said, ended } = start();
    let id = 0;
    let left = false;
    // As `yes | leastwise simulate | head -1`: the questions do not end by themselves.
    const more = (): void => {
      while (!left && child.stdin.write(`${ask((id += 1))}\n`));
      if (!left) child.stdin.once("drain", more);
    };
    child.stdin.write(`${DEFINE}\nnonsense\n`);
    child.stdout.once("data", () => child.stdout.destroy());
    child.once("exit", () => (left = true));
    more();
    expect([await ended, said.err]).toEqual([0, ""]);
  });
});
