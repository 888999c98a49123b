import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { markdownCell } from "../../reports/findings-markdown.ts";
import { REPORTS, type ReportInput } from "../../reports/index.ts";
import { revocationsCsv } from "../../reports/revocations-csv.ts";
import type { RevocationState } from "../../src/model/revocation.ts";
import type { Verification } from "../../src/model/verification.ts";
import { readCsv } from "../../src/text/csv.ts";
import { aRevocation } from "../revoke/a-revocation.ts";
import { documentOf, HOSTILE, hostileInput, SAMPLE_INPUT } from "./sample-report-input.ts";

const GOLDEN = join(import.meta.dirname, "../golden/reports");
const FILES = REPORTS.map(({ file }) => file);

function render(file: string, input = SAMPLE_INPUT): string {
  const text = REPORTS.find((report) => report.file === file)?.render(input);
  if (text === undefined) throw new Error(`there is no report ${file}`);
  return text;
}

describe("what each report looks like", () => {
  // `LEASTWISE_WRITE_GOLDEN=1 npx vitest run test/reports` writes them anew; look at the difference before you keep it.
  test.each(FILES)("%s is, byte for byte, the golden file", async (file) => {
    const path = join(GOLDEN, file);
    const text = render(file);
    if (process.env["LEASTWISE_WRITE_GOLDEN"] === "1") {
      await mkdir(GOLDEN, { recursive: true });
      await writeFile(path, text);
    }
    expect(existsSync(path), `${path} is missing`).toBe(true);
    expect(text).toBe(await readFile(path, "utf8"));
  });

  test("a part that there is not yet leaves its reports out, and no other", () => {
    const some = { ...SAMPLE_INPUT, campaign: null, revocations: null };
    const written = REPORTS.filter((report) => report.render(some) !== undefined).map(({ file }) => file);
    expect(written).toEqual(FILES.filter((file) => !file.startsWith("campaign") && file !== "revocations.csv"));
  });

  test("nothing found is said in words, with what was examined", () => {
    const page = SAMPLE_INPUT.findings;
    if (page === null) throw new Error("the sample has no findings");
    const empty = { ...SAMPLE_INPUT, findings: { ...page, document: documentOf([]) } };
    expect(render("findings.html", empty)).toContain("Nothing was found by the rules that could be evaluated");
    expect(render("findings.html", empty)).not.toContain("<script");
    expect(readCsv(render("findings.csv", empty)).rows).toEqual([]);
  });
});

describe("the same numbers everywhere", () => {
  const { document } = SAMPLE_INPUT.findings ?? { document: documentOf([]) };
  const ids = document.findings.map(({ id }) => id);

  test("CSV, JSON, HTML and Markdown hold the same findings in the same order", () => {
    const csv = readCsv(render("findings.csv"));
    const column = csv.header.indexOf("finding_id");
    expect(csv.rows.map(({ cells }) => cells[column])).toEqual(ids);
    const json = JSON.parse(render("findings.json")) as { findings: { id: string }[] };
    expect(json.findings.map(({ id }) => id)).toEqual(ids);
    expect([...render("findings.html").matchAll(/<details class="item" id="f-([a-z]+)"/g)].map(([, id]) => id)).toEqual(
      ids,
    );
    const rows =
      render("findings.md")
        .split("## What each rule")[0]
        ?.split("\n")
        .filter((line) => /^\| (critical|high|medium|low) /.test(line)) ?? [];
    expect(rows.map((row) => row.split(" | ").slice(0, 2).join(" ").slice(2))).toEqual(
      document.findings.map(({ severity, score }) => `${severity} ${score}`),
    );
  });

  test("the cards of the page count what is listed under them", () => {
    const html = render("findings.html");
    for (const [severity, count] of [
      ["critical", 1],
      ["high", 1],
      ["medium", 1],
      ["low", 1],
    ] as const) {
      expect(html).toMatch(new RegExp(`<div class="card"><b>${count}</b><span class="badge ${severity}">`));
    }
    expect(html).toContain(`<b>12</b><span class="soft">things examined</span>`);
  });

  test("a path says what each step needs and hangs on, what stands in its way, and what is administered at its end", () => {
    const html = render("findings.html");
    const steps = [...html.matchAll(/<li><span class="how">(.*?)<\/span>(.*?)<\/li>/g)].map(([, how, to]) => [how, to]);
    expect(steps.slice(-2)).toEqual([
      [
        "assumes the role (if <code>aws:MultiFactorAuthPresent</code> allows it)<br>needs <code>sts:AssumeRole</code>",
        "<code>operator</code>",
      ],
      [
        "replaces the code of a function with the role (something has to invoke the function)<br>needs <code>lambda:UpdateFunctionCode</code>",
        "administration of sample-production (111122223333)",
      ],
    ]);
  });

  test("the grants that cut most are said in words, ranked, with the smallest cut and how sure it is", () => {
    const section = (text: string): string => text.slice(text.indexOf("Grants that cut most in sample-production"));
    expect(section(render("findings.md"))).toContain(
      "5 principals can become administrator without being one. All of it ends when these 2 grants are gone (at least 1 is needed): `operator` with policy AdministratorSample; `sam-sample` may assume role operator.",
    );
    expect(section(render("findings.md"))).toContain(
      "| `operator` with policy AdministratorSample | 4 of 5 |\n| `kim-sample` in group helpers | 1 of 5 |",
    );
    const html = section(render("findings.html"));
    expect(html).toContain('<meter min="0" max="5" value="4" aria-label="4 of 5">');
    expect(html).toContain("40 of 52 grants on these ways were tried one by one.");
    expect(html).toContain("Some way uses nothing that can be taken away.");
    for (const file of ["findings.md", "findings.html"]) {
      const without = { ...SAMPLE_INPUT.findings, chokePoints: [] } as ReportInput["findings"];
      expect(render(file, { ...SAMPLE_INPUT, findings: without })).not.toContain("that cut most");
    }
    expect(render("findings.json")).not.toContain("cutsOff");
  });

  test("the matrix has one row of CSV per cell of the page that is filled", () => {
    expect(readCsv(render("permission-matrix.csv")).rows.length).toBe(3);
    expect([...render("permission-matrix.html").matchAll(/<td class="[AWRL]/g)].length).toBe(3);
    expect(render("permission-matrix.html")).toContain("3 rows and 1 column with less access are left out");
  });

  test("a page that holds only the worst says how many there are", () => {
    const page = SAMPLE_INPUT.findings;
    const first = document.findings[0];
    if (page === null || first === undefined) throw new Error("the sample has no findings");
    const many = documentOf(
      Array.from({ length: 2_001 }, (_, i) => ({ ...first, id: i.toString(26).padStart(26, "a") })),
    );
    const html = render("findings.html", { ...SAMPLE_INPUT, findings: { ...page, document: many } });
    expect([...html.matchAll(/<details class="item"/g)].length).toBe(2_000);
    expect(html).toContain("The 2000 highest scores of 2001 findings are shown here");
    expect(
      readCsv(render("findings.csv", { ...SAMPLE_INPUT, findings: { ...page, document: many } })).rows.length,
    ).toBe(2_001);
  });

  test("a simulated proof is never called proof", () => {
    const { header, rows } = readCsv(render("revocations.csv"));
    const cells = (id: string, column: string) =>
      rows.find((row) => row.cells[header.indexOf("revocation_id")] === id)?.cells[header.indexOf(column)];
    expect([cells("revocation:1", "verified"), cells("revocation:1", "simulated")]).toEqual(["yes", "no"]);
    expect([cells("revocation:2", "verified"), cells("revocation:2", "simulated")]).toEqual(["simulated", "simulated"]);
    expect([cells("revocation:3", "verified"), cells("revocation:3", "note")]).toEqual([
      "no",
      "it was used on 2026-11-19, after it was planned",
    ]);
    expect(rows.map((row) => row.cells[header.indexOf("revocation_id")])).toEqual([
      "",
      "revocation:3",
      "revocation:1",
      "revocation:2",
    ]);
  });
});

describe("what is still to go", () => {
  const open = SAMPLE_INPUT.campaign?.takings.filter((taking) => taking.open !== null) ?? [];

  test.each(["campaign.html", "campaign.md"])(
    "in %s each has its reason and the name of who answers for it",
    (file) => {
      const text = render(file).replaceAll(/<\/?code>|`/g, "");
      const [before, after] = [text.indexOf("Open revocations"), text.indexOf("Proven gone:")];
      expect(open.length).toBe(3);
      expect(text).toContain("Open revocations: 2, and 1 to be reduced");
      for (const { summary, open: why, owner } of open) {
        const at = text.indexOf(summary.replaceAll("`", ""));
        expect(at).toBeGreaterThan(before);
        expect(at).toBeLessThan(after);
        const row = text.slice(at, text.indexOf("\n", at));
        expect(row).toContain(why);
        expect(row).toContain(owner.name);
        expect(row).toContain(owner.as);
      }
      expect(text.indexOf("deactivate access key: ci-sample")).toBeGreaterThan(after);
    },
  );

  test.each([
    [[], "None was asked for."],
    [
      SAMPLE_INPUT.campaign?.takings.filter((taking) => taking.open === null) ?? [],
      "None: everything that was to be revoked is gone.",
    ],
    [open, "Nothing yet."],
  ])("a list without entries says so in words (%#)", (takings, words) => {
    const { campaign } = SAMPLE_INPUT;
    if (campaign === null) throw new Error("the sample has no campaign");
    for (const file of ["campaign.html", "campaign.md"])
      expect(render(file, { ...SAMPLE_INPUT, campaign: { ...campaign, takings } })).toContain(words);
  });

  test("nothing is called revoked that is only decided", () => {
    for (const file of ["campaign.html", "campaign.md"]) {
      expect(render(file)).toContain("To revoke");
      expect(render(file)).not.toContain("Revoked");
    }
  });

  test("what only people can do is in the list of revocations, with why, and proves nothing", () => {
    const { header, rows } = readCsv(render("revocations.csv"));
    const cell = (column: string): string | undefined => rows[0]?.cells[header.indexOf(column)];
    expect(["state", "verified", "operation", "due_at", "note", "decision_id", "subject_id"].map(cell)).toEqual([
      "by-hand",
      "no",
      "",
      "",
      "no operation takes this away yet",
      "decision-2",
      "grant-sample-1",
    ]);
  });
});

describe("what proves what", () => {
  const proof = (state: RevocationState, verifications: readonly Partial<Verification>[]): (string | undefined)[] => {
    const seen = verifications.map((one, i) => ({
      id: `verification:${i}`,
      revocationId: "revocation:sample-1",
      kind: "after-revoke" as const,
      passed: true,
      observed: "gone when read again",
      remainingGrants: [],
      at: `2026-11-20T08:00:0${i}Z`,
      simulated: false,
      ...one,
    }));
    const { header, rows } = readCsv(revocationsCsv([aRevocation({ state })], seen));
    return ["verified", "observed"].map((column) => rows[0]?.cells[header.indexOf(column)]);
  };
  const back = { kind: "after-undo", observed: "back when read again" } as const;

  test.each<[string, RevocationState, readonly Partial<Verification>[], string, string]>([
    ["gone when read again", "verified", [{}], "yes", "gone when read again"],
    ["nothing read yet", "scheduled", [], "no", ""],
    ["the newest look counts", "failed", [{}, { passed: false, observed: "still there" }], "failed", "still there"],
    ["back when read again proves the undo", "undone", [{}, back], "yes", "back when read again"],
    [
      "a rehearsed undo proves nothing about what is still to come",
      "scheduled",
      [{ simulated: true }, { ...back, simulated: true }],
      "simulated",
      "gone when read again",
    ],
    ["an undo without a look is not proven", "undone", [{}], "no", ""],
  ])("%s", (_name, state, verifications, verified, observed) => {
    expect(proof(state, verifications)).toEqual([verified, observed]);
  });
});

describe("names that want to be more than names", () => {
  const pages = FILES.filter((file) => file.endsWith(".html"));
  const markdown = FILES.filter((file) => file.endsWith(".md"));
  const sheets = FILES.filter((file) => file.endsWith(".csv"));

  test.each(pages.flatMap((file) => Object.entries(HOSTILE).map(([what, name]) => [file, what, name] as const)))(
    "in %s a name with %s adds no element, no attribute and no script",
    (file, _what, name) => {
      const tags = (text: string): string[] =>
        [
          ...text
            .replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>\n<\/body>/g, "")
            .matchAll(/<[a-z][^\s>]*/gi),
        ].map(([tag]) => tag);
      const [evil, plain] = [render(file, hostileInput(name)), render(file, hostileInput("harmless"))];
      // A code span that a backtick cuts off may fall away; nothing may be added.
      const extra = tags(evil).filter((tag) => tag !== "<code");
      expect(extra).toEqual(tags(plain).filter((tag) => tag !== "<code"));
      // Outside quotes that we wrote, a tag holds attributes that we wrote.
      for (const [tag] of evil.matchAll(/<[a-z][^>]*>/gi))
        expect(tag.replace(/"[^"]*"/g, "")).not.toMatch(/\son\w+|javascript:|src=x/i);
      expect(evil).not.toContain("\u202E");
    },
  );

  test("a right-to-left override is shown, not obeyed", () => {
    for (const file of [...pages, ...markdown])
      expect(render(file, hostileInput(HOSTILE.override))).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(render("findings.html", hostileInput(HOSTILE.override))).toContain("[U+202E]gnp.exe");
    // Files that are read back keep what the provider said.
    expect(render("findings.json", hostileInput(HOSTILE.override))).toContain(HOSTILE.override);
  });

  test.each(sheets.flatMap((file) => Object.entries(HOSTILE).map(([what, name]) => [file, what, name] as const)))(
    "in %s a name with %s is no formula, and comes back as it was",
    (file, _what, name) => {
      const text = render(file, hostileInput(name));
      const { header, rows } = readCsv(text);
      expect(header.length).toBeGreaterThan(5);
      for (const { cells } of rows) expect(cells.length).toBe(header.length);
      // Cells as a spreadsheet sees them: no guard taken off.
      for (const raw of text.matchAll(/(?:^|[,\n])(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g))
        expect((raw[1] ?? raw[2] ?? "").replace(/^\uFEFF/, "")).not.toMatch(/^[=+\-@\t\r]/);
      const oneLine = name.replaceAll(/\r\n/g, " ");
      expect(rows.some(({ cells }) => cells.includes(oneLine))).toBe(true);
    },
  );

  test.each(markdown.flatMap((file) => Object.entries(HOSTILE).map(([what, name]) => [file, what, name] as const)))(
    "in %s a name with %s ends no cell and starts no markup",
    (file, _what, name) => {
      const bars = (text: string) => text.split("\n").map((line) => line.replace(/\\[|\\]/g, "").split("|").length);
      const text = render(file, hostileInput(name));
      expect(bars(text)).toEqual(bars(render(file, hostileInput("harmless"))));
      expect(text.replace(/(?<!`)(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)/g, "").replace(/\\[<>[\]*_`]/g, "")).not.toMatch(
        /[<[]/,
      );
    },
  );

  test.each([
    ["plain words stay as they are", "a key is old", "a key is old"],
    ["markup outside code gets a backslash", "<b> [x](y) *a* _b_ | c", "\\<b\\> \\[x\\](y) \\*a\\* \\_b\\_ \\| c"],
    ["inside code nothing but a bar gets one: a backslash would be shown there", "`a_b<c>*d*|e`", "`a_b<c>*d*\\|e`"],
    ["a name with a backtick cannot open the rest of the row", "`a`<b>`", "`a`\\<b\\>\\`"],
    ["a longer fence is one span", "``a ` b``", "``a ` b``"],
    ["an entity is shown as it was written", "&lt;b&gt;", "\\&lt;b\\&gt;"],
    ["a backslash before a bar in code leaves the code", "`a\\|b`", "a\\\\\\|b"],
    ["lines become one", "a\r\nb\u2028c", "a b c"],
  ])("%s", (_name, text, cell) => {
    expect(markdownCell(text)).toBe(cell);
  });
});

describe("a page on its own", () => {
  test.each(FILES.filter((file) => file.endsWith(".html")))(
    "%s fetches nothing, and says so to the browser",
    (file) => {
      const html = render(file);
      expect(html).toContain(
        `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">`,
      );
      expect(html.match(/(?:src|href|action|data)\s*=\s*"(?!#|data:)[^"]*"/gi) ?? []).toEqual([]);
      expect(html).not.toMatch(/@import|url\(|https?:\/\/|<(?:iframe|object|embed|base)\b/i);
      expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    },
  );
});
