import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORMS } from "../../src/model/forms/index.ts";
import { HandClock } from "../app/fake-provider.ts";
import { ACME, runCli, testWorld, type CliRun } from "./run-cli.ts";

/** What each JSON document was printed by, by its name. */
const printed = new Map<string, CliRun>();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  const clock = new HandClock("2026-11-20T10:00:00Z");
  const world = testWorld(clock);
  const run = async (...args: string[]): Promise<CliRun> => {
    const done = await runCli(args, world);
    expect([0, 1, 3], `${args.join(" ")}: ${done.err}`).toContain(done.code);
    return done;
  };
  const json = async (name: string, ...args: string[]): Promise<void> =>
    void printed.set(`leastwise/${name}@1`, await run(...args, "--json"));

  // The review of the demo, kept.
  const [data, out] = [join(folder, "data"), join(folder, "out")];
  await run("demo", "--out", out, "--keep", data);
  await json("findings", "--data", data, "findings");
  await json("explain", "--data", data, "explain", "arn:aws:iam::222233334444:user/odo.amet");
  await json("permissions", "permissions");
  await json("doctor", "doctor");
  await json("lint", "lint", ACME);
  const refusal = join(folder, "refusal.txt");
  await writeFile(refusal, "User: arn:aws:iam::222233334444:user/odo.amet is not authorized to perform: s3:GetObject");
  await json("why-denied", "why-denied", refusal, "--from", ACME);
  await json("can", "can", "cal.iterato", "s3:GetObject", "--from", ACME);
  await json("who-can", "who-can", "iam:PassRole", "--from", ACME);
  await json("admins", "admins", "--from", ACME);
  await json("paths", "paths", "--from", ACME);
  await json("choke-points", "choke-points", "--from", ACME);
  await json("access", "access", "mystery", "--from", ACME);
  await json("right-size", "right-size", "mystery", "--from", ACME);
  await json("review-status", "--data", data, "review", "status");
  await json("revoke-plan", "--data", data, "revoke", "plan");
  await json("revoke-status", "--data", data, "revoke", "status");
  await json("revoke-rehearsal", "--data", data, "revoke", "run", "--rehearse", "--from", ACME);
  await json("evidence-verification", "evidence", "verify", join(out, "evidence.zip"));
  await run("--data", data, "evidence", "pin", join(folder, "pin.json"));
  printed.set("leastwise/evidence-pin@1", { code: 0, err: "", out: await readFile(join(folder, "pin.json"), "utf8") });
  clock.at = "2026-12-20T10:00:00Z";
  await json("revoke-run", "--data", data, "revoke", "run");

  // A month later somebody is gone, and the review is still open.
  const [next, later] = [join(folder, "next"), join(folder, "later")];
  await cp(ACME, later, { recursive: true });
  const details = join(later, "aws/222233334444/account-authorization-details.json");
  const sweep = JSON.parse(await readFile(details, "utf8")) as { UserDetailList: unknown[] };
  await writeFile(details, JSON.stringify({ ...sweep, UserDetailList: sweep.UserDetailList.slice(1) }));
  const before = JSON.parse(
    (await run("--data", next, "collect", "--from", ACME, "--as-of", "2026-11-20", "--json")).out,
  ) as { id: string };
  await json("snapshot", "--data", next, "collect", "--from", later, "--as-of", "2026-12-20");
  await json("snapshots", "--data", next, "snapshots", "--verify");
  await json("diff", "--data", next, "diff", before.id);
  await json("review-open", "--data", next, "review", "open");
  await run("--data", next, "review", "export", "--out", join(folder, "sheets"));
  const sheet = (await readdir(join(folder, "sheets")))[0] ?? "";
  await json("review-import", "--data", next, "review", "import", join(folder, "sheets", sheet));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("every JSON document the commands print", () => {
  test.each(Object.keys(FORMS))("%s is one document, alone on standard output, and is what its form says", (schema) => {
    const { out, err } = printed.get(schema) ?? { out: "", err: "" };
    const document = JSON.parse(out) as Record<string, unknown>;
    expect(document["schema"]).toBe(schema);
    // Strict forms: nothing is printed that the form does not name.
    expect(FORMS[schema]?.parse(document)).toEqual(document);
    expect(err).not.toContain('"schema"');
  });

  test("no form goes untested, and no document is printed without a form", async () => {
    expect([...printed.keys()].sort()).toEqual(Object.keys(FORMS).sort());
    const named = new Set<string>();
    for (const top of ["src/cli", "src/app"]) {
      for (const entry of await readdir(top, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const text = await readFile(join(entry.parentPath, entry.name), "utf8");
        for (const [, name] of text.matchAll(/schema: "(leastwise\/[a-z-]+@\d+)"/g))
          if (name !== undefined) named.add(name);
      }
    }
    expect([...named].sort()).toEqual(Object.keys(FORMS).sort());
  });

  test("what they are about is in them: nothing passes by being empty", () => {
    const of = (name: string): Record<string, unknown[]> =>
      JSON.parse(printed.get(`leastwise/${name}@1`)?.out ?? "{}") as Record<string, unknown[]>;
    for (const [name, lists] of Object.entries({
      findings: ["findings", "rules", "coverage"],
      explain: ["credentials", "holds", "findings"],
      lint: ["policies"],
      "why-denied": ["answers"],
      "choke-points": ["tenants"],
      can: ["statements"],
      "who-can": ["principals"],
      admins: ["admins"],
      paths: ["paths"],
      permissions: ["connectors"],
      doctor: ["lines"],
      "review-open": ["reviewers", "excluded"],
      "review-status": ["reviewers"],
      "revoke-plan": ["planned"],
      "revoke-status": ["revocations"],
      "revoke-rehearsal": ["rehearsed", "gone"],
      "revoke-run": ["broken"],
      snapshots: ["snapshots"],
      diff: ["changes"],
      "review-import": ["files"],
    })) {
      for (const list of lists) expect(of(name)[list]?.length, `${list} of ${name}`).toBeGreaterThan(0);
    }
    expect(of("snapshots")["snapshots"]?.map((snapshot) => (snapshot as { damage: unknown }).damage)).toEqual([[], []]);
  });

  test("an access key explains itself in the same form, with its holder and what was found about it", async () => {
    const { code, out } = await runCli(
      ["--data", join(folder, "data"), "explain", "AKIASAMPLE2000000005", "--json"],
      testWorld(new HandClock("2026-12-20T10:00:00Z")),
    );
    expect(code).toBe(0);
    const document = JSON.parse(out) as unknown;
    expect(document).toMatchObject({
      kind: "credential",
      credential: { kind: "access-key", hint: "…0005" },
      holder: { locator: "arn:aws:iam::222233334444:user/odo.amet" },
      findings: [{ rule: expect.stringContaining("access-key") as string, severity: "critical" }, {}],
    });
    expect(FORMS["leastwise/explain@1"]?.parse(document)).toEqual(document);
  });

  test("a finding explains itself in the same form as a principal", async () => {
    const [finding] = (JSON.parse(printed.get("leastwise/findings@1")?.out ?? "{}") as { findings: { id: string }[] })
      .findings;
    const { code, out } = await runCli(
      ["--data", join(folder, "data"), "explain", finding?.id.slice(0, 10) ?? "", "--json"],
      testWorld(new HandClock("2026-12-20T10:00:00Z")),
    );
    expect(code).toBe(0);
    const document = JSON.parse(out) as { kind: string };
    expect(document.kind).toBe("finding");
    expect(FORMS["leastwise/explain@1"]?.parse(document)).toEqual(document);
  });
});
