import { toInstant } from "../../src/model/instant.ts";

/**
 * What a date in another form could mean, to put into an error: `03/04/2026` is two days, depending on who reads it, and which
 * one is meant decides whether somebody still works here. Undefined when it looks like no date at all.
 */
export function dateReadings(text: string): string | undefined {
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  if (match === null) {
    // 1970 to 2199 in the days since 1900 that a spreadsheet counts inside.
    const serial = /^\d{5,6}$/.test(text) && Number(text) >= 25_569 && Number(text) < 109_575;
    return serial ? "is a date as a spreadsheet counts it" : undefined;
  }
  const [, first = "", second = "", year = ""] = match;
  const day = (month: string, dayOfMonth: string): string =>
    `${year}-${month.padStart(2, "0")}-${dayOfMonth.padStart(2, "0")}`;
  const readings = [...new Set([day(second, first), day(first, second)])].filter(
    (reading) => toInstant(reading) !== undefined,
  );
  if (readings.length === 0) return undefined;
  return readings.length === 1
    ? `is not written as \`${readings[0] ?? ""}\``
    : `could be ${readings.map((reading) => `\`${reading}\``).join(" or ")}`;
}
