import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connectors } from "../../connectors/index.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { HandClock } from "../app/fake-provider.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { runCli, testWorld, type CliRun } from "./run-cli.ts";

const clock = new HandClock("2026-11-20T10:00:00Z");
const world = testWorld(clock);

/** `doctor` under a configuration. */
async function doctor(yaml: string, more: readonly string[] = [], there = world): Promise<CliRun> {
  const config = join(await temporaryFolder(), "leastwise.yaml");
  await writeFile(config, yaml);
  return runCli(["--config", config, "doctor", ...more], there);
}

describe("doctor", () => {
  test.each([
    [
      "a tenant id that is not quoted",
      "connectors:\n  aws:\n    tenants:\n      - tenant: 111122223333\n",
      "leastwise.yaml: `connectors.aws.tenants[0].tenant`: write the 12 digits in quotes\n         hint: ",
    ],
    [
      "a token that was not exported",
      "connectors:\n  github:\n    organizations:\n      - organization: acme-example\n",
      "problem  github: there is no token in `GITHUB_TOKEN`",
    ],
    [
      "a folder that is not there",
      "connectors:\n  roster:\n    directory: ./nobody\n",
      "problem  roster: there is no folder",
    ],
  ])("%s is the person's mistake: 2", async (_name, yaml, words) => {
    const { code, out, err } = await doctor(yaml);
    expect([code, err]).toEqual([2, ""]);
    expect(out).toContain(words);
  });

  test("a provider that refuses is 3, a mistake beside it is 2, and neither hides the other", async () => {
    const refusing = testWorld(clock, {
      connectors: connectors.map((connector) =>
        connector.manifest.id === "aws"
          ? {
              ...connector,
              open: () => Promise.reject(new AuditError("sign-in", "refused", "AWS does not know the key")),
            }
          : connector,
      ),
    });
    const aws = "connectors:\n  aws: {}\n";
    expect((await doctor(aws, [], refusing)).code).toBe(3);
    const both = await doctor(`${aws}  roster:\n    directory: ./nobody\n`, [], refusing);
    expect(both.code).toBe(2);
    expect(both.out).toContain("problem  aws: AWS does not know the key");
    expect(both.out).toContain("problem  roster: ");
  });

  test("`--json` says the same as one document", async () => {
    const { code, out } = await doctor("connectors:\n  roster:\n    directory: ./nobody\n", ["--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      schema: "leastwise/doctor@1",
      ok: false,
      lines: [
        { connector: null, level: "ok" },
        { connector: "roster", level: "problem" },
      ],
    });
  });

  test("a configuration without a connector says which line to uncomment; `init` is named where there is no file", async () => {
    const config = join(await temporaryFolder(), "leastwise.yaml");
    await writeFile(config, await world.settingsTemplate());
    const data = await temporaryFolder();
    const hint = `uncomment a connector under \`connectors:\` in \`${config}\``;
    for (const command of ["doctor", "collect"]) {
      const { out, err } = await runCli(["--config", config, "--data", data, command], world);
      expect(out + err).toContain(`hint: ${hint}, or `);
      expect(out + err).not.toContain("leastwise init");
    }
    const nothing = testWorld(clock, { files: { ...world.files, exists: () => Promise.resolve(false) } });
    expect((await runCli(["doctor"], nothing)).out).toContain("hint: run `leastwise init` and uncomment");
  });
});
