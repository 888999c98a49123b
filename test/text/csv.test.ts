import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guardCell, readCsv, writeCsv } from "../../src/text/csv.ts";

describe("cells a spreadsheet would take for a formula", () => {
  test.each(['=HYPERLINK("x")', "+1", "-1", "@SUM", "\tx", "＝1", "＋1", "－1", "＠x", "\0x"])(
    "%j is guarded, and comes back as it was",
    (cell) => {
      expect(guardCell(cell).startsWith("'")).toBe(true);
      expect(readCsv(writeCsv(["a", "b"], [[cell, "x"]])).rows[0]?.cells[0]).toBe(cell);
    },
  );
  test("a line break becomes a space: one line per cell", () => expect(guardCell("a\r\nb\nc\u2028d")).toBe("a b c d"));
  test("an apostrophe of somebody's own stays", () =>
    expect(readCsv(writeCsv(["a"], [["'tis"], ["'=1"]])).rows.map(({ cells }) => cells[0])).toEqual(["'tis", "'=1"]));
});

describe("a file as spreadsheets save it", () => {
  const table = {
    header: ["a", "b"],
    rows: [
      ["1", "zwei ö"],
      ["3", "vier; fünf"],
    ],
  };
  const plain = writeCsv(table.header, table.rows);
  const rowsOf = (input: string | Uint8Array) => readCsv(input).rows.map(({ cells }) => cells);

  test("starts with a byte order mark and ends its lines with CRLF", () => {
    expect(plain.startsWith("\uFEFFa,b\r\n")).toBe(true);
    expect(rowsOf(plain)).toEqual(table.rows);
  });
  test("with semicolons", () => expect(rowsOf('a;b\r\n1;"zwei ö"\r\n3;"vier; fünf"\r\n')).toEqual(table.rows));
  test("with tabs in UTF-16", () => {
    const text = "a\tb\r\n1\tzwei ö\r\n3\tvier; fünf\r\n";
    expect(rowsOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]))).toEqual(table.rows);
    expect(rowsOf(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()]))).toEqual(
      table.rows,
    );
  });
  test("in Windows-1252", () =>
    expect(rowsOf(Buffer.from("a,b\r\n1,zwei \xf6\r\n", "latin1"))).toEqual([["1", "zwei ö"]]));
  test("a semicolon inside quotes does not decide the separator", () =>
    expect(readCsv('a,"b;c;d;e"\n1,2').delimiter).toBe(","));
  test("blank tail rows are left out, and lines are counted", () =>
    expect(readCsv("a,b\n1,2\n,\n\n , \n3,4\n,,\n").rows.map(({ line }) => line)).toEqual([2, 6]));
  test("a workbook is refused with words", () =>
    expect(() => readCsv(Buffer.from("PK\u0003\u0004xxxx"), "x.xlsx")).toThrow("this is an Excel workbook, not CSV"));
  test("an empty file is refused", () => expect(() => readCsv("  \n")).toThrow("the file is empty"));
  test("a quote that does not end names its line", () =>
    expect(() => readCsv('a,b\n1,"2\n')).toThrow(
      expect.objectContaining({ kind: "input-file", place: expect.objectContaining({ line: expect.any(Number) }) }),
    ));

  test("loses nothing, whatever is in a cell", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !/[\r\n\u2028\u2029]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant("x"), cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        expect(readCsv(writeCsv(["k", "a", "b"], rows)).rows.map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });
});
