import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ruleCatalogue } from "../src/analyse/rule-catalogue.ts";
import { COMMANDS } from "../src/cli/commands/index.ts";
import { Command } from "commander";
import type { CommandContext } from "../src/cli/program.ts";

const readme = readFileSync("README.md", "utf8");

/** A table as its cells: how wide a formatter makes its columns says nothing. */
const cells = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .join("|"),
    )
    .filter((line) => !/^[|:-]+$/.test(line));

describe("the README", () => {
  test("lists the rules as they say of themselves", () => {
    const rows = new Set(cells(readme));
    for (const row of cells(ruleCatalogue())) expect(rows.has(row), row).toBe(true);
  });

  test("names only commands that exist", () => {
    const program = new Command();
    for (const command of COMMANDS) command.register(program, {} as CommandContext);
    const known = new Map(
      program.commands.map((command) => [command.name(), command.commands.map((sub) => sub.name())]),
    );
    const named = [...readme.matchAll(/leastwise (?:-- )?([a-z]+)(?: ([a-z]+))?/g)].filter(
      (match) => match[0].includes("-- ") || known.has(match[1] ?? ""),
    );
    expect(named.length).toBeGreaterThan(12);
    for (const [, name = "", sub] of named) {
      expect(known.has(name), name).toBe(true);
      if (sub !== undefined && (known.get(name) ?? []).length > 0) expect(known.get(name)).toContain(sub);
    }
  });

  test("links only to what is there", () => {
    for (const [, target = ""] of readme.matchAll(/\]\(([^)#]+)\)/g))
      if (!target.startsWith("http")) expect(existsSync(target), target).toBe(true);
  });
});
