/**
 * The date operators. A date is written in one of the forms of ISO 8601 that the W3C note lists (a year up to a fraction of a
 * second), in its basic form with a time (`20250131T120000Z`), or in seconds since 1970. A time without a zone is UTC; four digits
 * alone are a year. Source: "Condition operators", AWS IAM User Guide; https://www.w3.org/TR/NOTE-datetime.
 */
import { orderedOperators } from "./ordered.ts";

const EXTENDED = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;
const SECONDS = /^-?\d+(?:\.\d+)?$/;

/** The date operators by name, in lower case. */
export const DATE_OPERATORS = orderedOperators("date", instantOf);

/** Milliseconds since 1970, NaN where the text is no date. */
function instantOf(text: string): number {
  const match = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (match === null) return SECONDS.test(text) ? Number(text) * 1000 : Number.NaN;
  const [, year, month = "1", day = "1", hour = "0", minute = "0", second = "0", fraction = "0", zone = "Z"] = match;
  const offset = minutesOf(zone);
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A 30th of February rolls over into March: the month that comes out is not the one that was written.
  const real =
    date.getUTCMonth() === Number(month) - 1 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!real) return Number.NaN;
  const time = (Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second) + Number(fraction);
  return date.getTime() + time * 1000;
}

/** Minutes east of Greenwich, NaN where no clock is that far. */
function minutesOf(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (match === null) return 0;
  const [, sign, hours, minutes] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) return Number.NaN;
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
}
