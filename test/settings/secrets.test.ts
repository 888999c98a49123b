import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environmentSecrets } from "../../src/settings/secrets.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";

const CANARY = "canary/secret+value=42";

describe("secrets", () => {
  test("come from the environment by name; what is empty or missing is undefined", () => {
    const secrets = environmentSecrets({ TOKEN: CANARY, EMPTY: "" });
    expect(secrets.read("TOKEN")).toBe(CANARY);
    expect(secrets.read("EMPTY")).toBeUndefined();
    expect(secrets.read("OTHER")).toBeUndefined();
  });

  test("come from the file that NAME_FILE names, without the line break at its end; the variable itself wins", async () => {
    const file = join(await temporaryFolder(), "token");
    await writeFile(file, `${CANARY}\r\n`);
    expect(environmentSecrets({ TOKEN_FILE: file }).read("TOKEN")).toBe(CANARY);
    expect(environmentSecrets({ TOKEN: "from the variable", TOKEN_FILE: file }).read("TOKEN")).toBe(
      "from the variable",
    );
  });

  test("in a file that cannot be read are an error that names the variable and the path", () => {
    const secrets = environmentSecrets({ TOKEN_FILE: "/nowhere/token" });
    expect(() => secrets.read("TOKEN")).toThrow("the file that `TOKEN_FILE` names cannot be read: `/nowhere/token`");
  });

  test.each([
    ["as it is", CANARY],
    ["in a URL", encodeURIComponent(CANARY)],
    ["in a header", `Basic ${Buffer.from(CANARY).toString("base64")}`],
    ["in JSON", JSON.stringify({ token: CANARY })],
    ["twice", `${CANARY}${CANARY}`],
  ])("that were read are taken out %s", (_name, spelled) => {
    const secrets = environmentSecrets({ TOKEN: CANARY });
    expect(secrets.redact(spelled)).toBe(spelled);
    secrets.read("TOKEN");
    const clean = secrets.redact(`before ${spelled} after`);
    expect(clean).toMatch(/^before .*\[redacted\].* after$/);
    for (const way of [CANARY, encodeURIComponent(CANARY), Buffer.from(CANARY).toString("base64").slice(0, 12)])
      expect(clean).not.toContain(way);
  });

  test("of several lines are taken out line by line and as JSON spells them", () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${"QUJD".repeat(8)}\n${"REVG".repeat(8)}\n-----END PRIVATE KEY-----\n`;
    const secrets = environmentSecrets({ APP_KEY: key });
    secrets.read("APP_KEY");
    expect(secrets.redact(`line: ${"REVG".repeat(8)}`)).toBe("line: [redacted]");
    expect(secrets.redact(JSON.stringify({ key }))).toBe('{"key":"[redacted]"}');
  });

  test("that the providers' own libraries read are taken out without being asked for", () => {
    const secrets = environmentSecrets({ AWS_SECRET_ACCESS_KEY: CANARY, GITHUB_TOKEN: "token-of-somebody" });
    expect(secrets.redact(`${CANARY} token-of-somebody`)).toBe("[redacted] [redacted]");
  });

  test("that contain each other leave nothing behind, and very short ones spoil no sentence", () => {
    const secrets = environmentSecrets({ LONG: `${CANARY}-and-more`, SHORT: CANARY, TINY: "a" });
    for (const name of ["LONG", "SHORT", "TINY"]) secrets.read(name);
    expect(secrets.redact(`a ${CANARY}-and-more and ${CANARY}`)).toBe("a [redacted] and [redacted]");
  });
});
