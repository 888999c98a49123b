import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { REPORTS } from "../../reports/index.ts";
import type { FindingsDocument } from "../../src/model/findings-document.ts";
import { HandClock } from "../app/fake-provider.ts";
import { runCli, testWorld } from "../cli/run-cli.ts";
import { describeWith } from "../fakes/needs-tool.ts";
import { HOSTILE, hostileInput } from "../reports/sample-report-input.ts";
import { CHROMIUM, HAS_CHROMIUM, openBrowser, watch } from "./browser.ts";

const PAGES = ["findings.html", "campaign.html", "permission-matrix.html"];
const WIDTHS = [1280, 390] as const;
const SCHEMES = ["light", "dark"] as const;

describeWith(`chromium (${CHROMIUM})`, HAS_CHROMIUM)("the pages in a browser", () => {
  let folder: string;
  let browser: Browser;
  let document: FindingsDocument;
  const address = (file: string, hash = ""): string => `${pathToFileURL(join(folder, file)).href}${hash}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
    const out = join(folder, "out");
    const { code, err } = await runCli(
      ["demo", "--out", out, "--keep", join(folder, "data")],
      testWorld(new HandClock("2026-11-20T10:00:00Z")),
    );
    expect(code, err).toBe(0);
    for (const file of PAGES) await writeFile(join(folder, file), await readFile(join(out, file)));
    document = JSON.parse(await readFile(join(out, "findings.json"), "utf8")) as FindingsDocument;
    for (const [name, text] of Object.entries(HOSTILE)) {
      for (const report of REPORTS) {
        const page = report.file.endsWith(".html") ? report.render(hostileInput(text)) : undefined;
        if (page !== undefined) await writeFile(join(folder, `hostile-${name}-${report.file}`), page);
      }
    }
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(
    PAGES.flatMap((file) => WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [file, width, scheme] as const))),
  )(
    "%s at %i px, %s: opens from disk without error or request, fits the width, and axe finds nothing serious",
    async (file, width, scheme) => {
      const { page, context, trouble, requests } = await watch(browser, { width, scheme });
      await page.goto(address(file));
      expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(
        true,
      );
      // No table hides columns behind a scroll of its own; only the matrix is as wide as what it shows.
      expect(
        await page.evaluate(
          "[...document.querySelectorAll('.wrap')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)",
        ),
      ).toEqual([]);
      expect([trouble, requests]).toEqual([[], []]);
      // Rows are all alike: axe looks at the first few, two of them opened, or it would look for minutes.
      await page.evaluate(
        "for (const row of document.querySelectorAll('#list>details:nth-child(n+13), .matrix tbody tr:nth-child(n+13)')) row.remove()",
      );
      await page.evaluate(
        "for (const row of document.querySelectorAll('#list>details:nth-child(-n+2)')) row.open = true",
      );
      expect(await serious(page)).toEqual([]);
      await context.close();
    },
  );

  test("every finding fits a phone when it is opened", async () => {
    const { page, context } = await watch(browser, { width: 390 });
    await page.goto(address("findings.html"));
    await page.evaluate("for (const one of document.querySelectorAll('#list>details')) one.open = true");
    expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(
      true,
    );
    await context.close();
  });

  test("the filter counts what it shows, combines, and keeps the view in the address", async () => {
    const { page, context, trouble } = await watch(browser, { width: 1280 });
    await page.goto(address("findings.html"));
    const all = document.findings.length;
    const high = document.findings.filter(({ severity }) => severity === "high");
    const visible = (): Promise<number> => page.locator("#list>details:visible").count();
    const count = (): Promise<string | null> => page.locator("#count").textContent();
    expect([await visible(), await count()]).toEqual([all, `${all} of ${all}`]);

    await page.getByLabel("Severity").selectOption("high");
    expect(high.length).toBeGreaterThan(0);
    expect([await visible(), await count()]).toEqual([high.length, `${high.length} of ${all}`]);
    expect(new URL(page.url()).hash).toBe("#severity=high");

    const word = high[0]?.subject.displayName ?? "";
    await page.getByLabel("Search").fill(word.toUpperCase());
    const found = await visible();
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThanOrEqual(high.length);
    expect(await count()).toBe(`${found} of ${all}`);
    expect(Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)))).toEqual({
      text: word.toUpperCase(),
      severity: "high",
    });

    // The address is all that somebody else needs.
    const other = await watch(browser, { width: 1280 });
    await other.page.goto(page.url());
    expect(await other.page.locator("#count").textContent()).toBe(`${found} of ${all}`);
    expect(await other.page.getByLabel("Severity").inputValue()).toBe("high");

    await page.getByLabel("Search").fill("no finding says this");
    expect([await visible(), await count()]).toEqual([0, `0 of ${all}`]);
    await page.getByLabel("Search").fill("");
    await page.getByLabel("Severity").selectOption("");
    expect([await visible(), new URL(page.url()).hash]).toEqual([all, ""]);
    expect(trouble).toEqual([]);
    await Promise.all([context.close(), other.context.close()]);
  });

  test.each([
    ["Concern", "concern", "unapproved"],
    ["Rule", "rule", "idle-access-key"],
  ] as const)("the choice %s shows what the JSON says", async (label, key, value) => {
    const { page, context } = await watch(browser, { width: 1280 });
    await page.goto(address("findings.html"));
    await page.getByRole("combobox", { name: label }).selectOption(value);
    expect(await page.locator("#list>details:visible").count()).toBe(
      document.findings.filter((finding) => finding[key] === value).length,
    );
    await context.close();
  });

  test("a link to one finding opens it", async () => {
    const { page, context } = await watch(browser, { width: 1280 });
    const last = document.findings.at(-1)?.id ?? "";
    await page.goto(address("findings.html", `#f-${last}`));
    expect(await page.locator(`#f-${last}`).evaluate((one) => (one as unknown as { open: boolean }).open)).toBe(true);
    await context.close();
  });

  test("a finding opens by keyboard alone", async () => {
    const { page, context } = await watch(browser, { width: 1280 });
    await page.goto(address("findings.html"));
    await page.locator("#list>details>summary").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#list>details").first().getByText("How the score came about").isVisible()).toBe(true);
    await context.close();
  });

  test("without JavaScript every finding can be read, and no dead filter is shown", async () => {
    const { page, context, requests } = await watch(browser, { width: 390, javaScript: false });
    await page.goto(address("findings.html"));
    expect(await page.locator("#list>details:visible").count()).toBe(document.findings.length);
    expect(await page.locator("#filter").isVisible()).toBe(false);
    await page.locator("#list>details>summary").first().click();
    expect(await page.locator("#list>details").first().getByText("How the score came about").isVisible()).toBe(true);
    expect(requests).toEqual([]);
    await context.close();
  });

  test("on paper the filter is gone and the text is black", async () => {
    const { page, context } = await watch(browser, { width: 800, scheme: "dark" });
    await page.goto(address("findings.html"));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#filter").isVisible()).toBe(false);
    expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(0, 0, 0)");
    await context.close();
  });

  test.each(PAGES)("%s printed by somebody who reads in the dark looks as it does in the light", async (file) => {
    const looks: unknown[] = [];
    for (const scheme of SCHEMES) {
      const { page, context } = await watch(browser, { width: 800, scheme });
      await page.goto(address(file));
      await page.emulateMedia({ media: "print", colorScheme: scheme });
      looks.push(
        await page.evaluate(
          `[...document.querySelectorAll("body, body *")].map((one) => { const { color, backgroundColor, fill, borderTopColor } = getComputedStyle(one); return [one.tagName, one.className.toString(), color, backgroundColor, fill, borderTopColor].join(" ") })`,
        ),
      );
      await context.close();
    }
    expect(looks[1]).toEqual(looks[0]);
    expect(JSON.stringify(looks[0])).toContain("rgb(0, 0, 0)");
  });

  test("every row of a table names its own cells on a phone", async () => {
    const { page, context } = await watch(browser, { width: 390 });
    await page.goto(address("campaign.html"));
    const table = page.getByRole("region", { name: "Open revocations" });
    expect(await table.locator("thead").isVisible()).toBe(false);
    expect(
      await table
        .locator("tbody tr")
        .first()
        .locator("td")
        .evaluateAll((cells) => cells.map((cell) => (cell as unknown as { dataset: { label: string } }).dataset.label)),
    ).toEqual(["What", "Decided because", "Open because", "Who answers for it", "Undo"]);
    expect(
      await page.evaluate(
        `getComputedStyle(document.querySelector(".stack tbody td:nth-child(4)"), "::before").content`,
      ),
    ).toContain("Who answers for it");
    await context.close();
  });

  test("the matrix shows every name in full, and hatches what is not used", async () => {
    for (const width of WIDTHS) {
      const { page, context } = await watch(browser, { width });
      await page.goto(address("permission-matrix.html"));
      expect(await page.evaluate(CUT_NAMES)).toEqual([]);
      expect(await page.locator(".matrix td.unused").count()).toBeGreaterThan(0);
      expect(
        await page.evaluate(
          `[...document.querySelectorAll(".matrix td.unused")].filter((cell) => getComputedStyle(cell).backgroundImage === "none").length`,
        ),
      ).toBe(0);
      await context.close();
    }
  });

  // 8 mm of margin on each side; in CSS pixels.
  test.each([
    ["A4", 1_062, 733],
    ["Letter", 995, 755],
  ] as const)(
    "on %s the matrix lies on its side, all columns on one sheet, under a head on every sheet",
    async (format, width, height) => {
      const { page, context } = await watch(browser, { width });
      await page.goto(address("permission-matrix.html"));
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(".matrix thead tr").last().locator("th").count()).toBeGreaterThan(50);
      expect(
        await page.evaluate("document.querySelector('.matrix table').getBoundingClientRect().right"),
      ).toBeLessThanOrEqual(width);
      expect(await page.evaluate(CUT_NAMES)).toEqual([]);
      // A head that takes more than a quarter of the sheet is not repeated.
      expect(
        await page.evaluate("document.querySelector('.matrix thead').getBoundingClientRect().height"),
      ).toBeLessThan(height / 4);
      const pdf = (await page.pdf({ format, preferCSSPageSize: true })).toString("latin1");
      const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, x, y]) => Number(x) > Number(y));
      expect(boxes.length).toBeGreaterThan(0);
      expect(boxes).not.toContain(false);
      await context.close();
    },
  );

  test.each(Object.keys(HOSTILE))(
    "a name with %s runs nothing, asks for nothing and breaks no layout",
    async (name) => {
      for (const file of PAGES) {
        const { page, context, trouble, requests } = await watch(browser, { width: 390 });
        let dialogs = 0;
        page.on("dialog", (dialog) => {
          dialogs += 1;
          void dialog.dismiss();
        });
        await page.goto(address(`hostile-${name}-${file}`));
        await page.mouse.move(200, 300);
        expect([dialogs, trouble, requests]).toEqual([0, [], []]);
        expect(await page.locator("img, iframe").count()).toBe(0);
        expect(
          await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
        ).toBe(true);
        await context.close();
      }
    },
  );
});

/** Names of rows and columns of the matrix that do not fit where they stand. */
const CUT_NAMES = `[...document.querySelectorAll(".matrix th, .matrix th > *")]
  .filter((one) => getComputedStyle(one).overflow !== "visible" && (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight))
  .map((one) => one.textContent)`;

/** What axe calls serious or critical, one line each. */
async function serious(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy lets in no script from elsewhere.
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => id + ": " + node.html.slice(0, 150) + " (" + (node.any[0]?.message ?? "") + ")")))`);
}
