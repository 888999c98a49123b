import { describe, expect, test } from "vitest";
import type { ContextValue } from "../../../../src/policy/aws/request-context.ts";
import { holds } from "./request.ts";

const UNKNOWN = undefined;
const ABSENT = null;

/** Name, operator, values of the policy, value of the key in the request, answer. */
type Row = readonly [string, string, string | readonly string[], ContextValue, "no" | "yes" | "maybe"];

function check(rows: readonly Row[]): void {
  test.each(rows)("%s", (_name, operator, values, value, expected) =>
    expect(holds(operator, values, { "aws:key": value })).toBe(expected),
  );
}

describe("string operators", () => {
  check([
    ["the same text is equal", "StringEquals", "red", ["red"], "yes"],
    ["another text is not", "StringEquals", "red", ["blue"], "no"],
    ["case matters", "StringEquals", "red", ["Red"], "no"],
    ["one of several values is enough", "StringEquals", ["red", "blue", "green"], ["green"], "yes"],
    ["none of several values is not", "StringEquals", ["red", "blue", "green"], ["grey"], "no"],
    ["a star is a star for StringEquals", "StringEquals", "re*", ["red"], "no"],
    ["a star equals itself", "StringEquals", "re*", ["re*"], "yes"],
    ["the empty text equals itself", "StringEquals", "", [""], "yes"],
    ["the empty text is not a value that is missing", "StringEquals", "", ABSENT, "no"],
    ["no value matches nothing", "StringEquals", [], ["red"], "no"],
    ["not equal holds for another text", "StringNotEquals", "red", ["blue"], "yes"],
    ["not equal fails for the same text", "StringNotEquals", "red", ["red"], "no"],
    ["not equal means none of the values", "StringNotEquals", ["red", "blue"], ["blue"], "no"],
    ["not equal holds where the key is missing", "StringNotEquals", "red", ABSENT, "yes"],
    ["not equal to nothing always holds", "StringNotEquals", [], ["red"], "yes"],
    ["case may be ignored", "StringEqualsIgnoreCase", "Red", ["rED"], "yes"],
    ["case may be ignored among several values", "StringEqualsIgnoreCase", ["Red", "Blue"], ["BLUE"], "yes"],
    ["ignoring case takes no wildcards", "StringEqualsIgnoreCase", "re?", ["RED"], "no"],
    ["not equal may ignore case", "StringNotEqualsIgnoreCase", "Red", ["rED"], "no"],
    ["a star stands for any run", "StringLike", "team-*-prod", ["team-a-b-prod"], "yes"],
    ["a star stands for an empty run", "StringLike", "team-*", ["team-"], "yes"],
    ["a question mark stands for one character", "StringLike", "r?d", ["rod"], "yes"],
    ["a question mark stands for no less than one", "StringLike", "red?", ["red"], "no"],
    ["like is case-sensitive", "StringLike", "RE*", ["red"], "no"],
    ["like without wildcards is equal", "StringLike", ["red", "blue", "g*"], ["blue"], "yes"],
    ["like with many values tries the wildcards too", "StringLike", ["red", "blue", "g*"], ["grey"], "yes"],
    ["an escaped star is a star", "StringLike", "a${*}c", ["abc"], "no"],
    ["an escaped star matches a star", "StringLike", "a${*}c", ["a*c"], "yes"],
    ["an escaped question mark and dollar are themselves", "StringLike", "${?}${$}*", ["?$5"], "yes"],
    ["an escaped star is a star for StringEquals too", "StringEquals", "a${*}", ["a*"], "yes"],
    ["not like fails where a wildcard matches", "StringNotLike", ["a*", "b*"], ["bc"], "no"],
    ["not like holds where none matches", "StringNotLike", ["a*", "b*"], ["cd"], "yes"],
  ]);
});

describe("numeric operators", () => {
  check([
    ["the same number is equal", "NumericEquals", "10", ["10"], "yes"],
    ["numbers are compared, not their digits", "NumericEquals", "10", ["10.0"], "yes"],
    ["an exponent is a number", "NumericEquals", "1000", ["1e3"], "yes"],
    ["a negative decimal is a number", "NumericEquals", "-.5", ["-0.50"], "yes"],
    ["another number is not equal", "NumericNotEquals", "10", ["11"], "yes"],
    ["nine is less than ten", "NumericLessThan", "10", ["9"], "yes"],
    ["ten is not less than ten", "NumericLessThan", "10", ["10"], "no"],
    ["ten is less than or equal to ten", "NumericLessThanEquals", "10", ["10"], "yes"],
    ["eleven is greater than ten", "NumericGreaterThan", "10", ["11"], "yes"],
    ["ten is not greater than ten", "NumericGreaterThan", "10", ["10"], "no"],
    ["ten is greater than or equal to ten", "NumericGreaterThanEquals", "10", ["10"], "yes"],
    ["one of several limits is enough", "NumericLessThan", ["5", "20"], ["10"], "yes"],
    ["text is no number", "NumericEquals", "10", ["ten"], "no"],
    ["text is not unequal to itself by chance", "NumericEquals", "ten", ["ten"], "no"],
    ["nothing is no zero", "NumericLessThan", "10", [""], "no"],
    ["a hexadecimal number is none", "NumericEquals", "16", ["0x10"], "no"],
    ["infinity is no number", "NumericGreaterThan", "10", ["Infinity"], "no"],
    ["a space makes it none", "NumericEquals", "10", [" 10"], "no"],
    ["what is no number is not equal", "NumericNotEquals", "10", ["ten"], "yes"],
    ["a limit that is no number is never met, whatever the value", "NumericLessThan", "ten", UNKNOWN, "no"],
  ]);
});

describe("date operators", () => {
  check([
    ["the same instant is equal", "DateEquals", "2026-01-31T12:00:00Z", ["2026-01-31T12:00:00Z"], "yes"],
    ["zones are respected", "DateEquals", "2026-01-31T12:00:00Z", ["2026-01-31T14:30:00+02:30"], "yes"],
    ["a zone in the west is", "DateEquals", "2026-01-31T12:00:00Z", ["2026-01-31T09:00:00-03:00"], "yes"],
    ["seconds since 1970 are a date", "DateEquals", "2020-01-01T00:00:00Z", ["1577836800"], "yes"],
    ["seconds may be the policy's", "DateLessThan", "1577836800", ["2019-12-31T23:59:59Z"], "yes"],
    ["a year is its first moment", "DateEquals", "2026", ["2026-01-01T00:00:00Z"], "yes"],
    ["a month is its first moment", "DateEquals", "2026-02", ["2026-02-01T00:00Z"], "yes"],
    ["a day is its first moment", "DateEquals", "2026-02-03", ["2026-02-03T00:00:00.000Z"], "yes"],
    ["fractions of a second count", "DateGreaterThan", "2026-01-31T12:00:00Z", ["2026-01-31T12:00:00.25Z"], "yes"],
    ["the basic form is a date", "DateEquals", "2026-01-31T12:00:00Z", ["20260131T120000Z"], "yes"],
    ["a time without a zone is UTC", "DateEquals", "2026-01-31T12:00:00Z", ["2026-01-31T12:00:00"], "yes"],
    ["before is less", "DateLessThan", "2026-02-01", ["2026-01-31"], "yes"],
    ["the instant itself is not less", "DateLessThan", "2026-02-01", ["2026-02-01"], "no"],
    ["the instant itself is less or equal", "DateLessThanEquals", "2026-02-01", ["2026-02-01"], "yes"],
    ["after is greater", "DateGreaterThan", "2026-02-01", ["2026-02-02"], "yes"],
    ["the instant itself is not greater", "DateGreaterThan", "2026-02-01", ["2026-02-01"], "no"],
    ["the instant itself is greater or equal", "DateGreaterThanEquals", "2026-02-01", ["2026-02-01"], "yes"],
    ["another instant is not equal", "DateNotEquals", "2026-02-01", ["2026-02-02"], "yes"],
    ["a day that no month has is no date", "DateLessThan", "2027-01-01", ["2026-02-30"], "no"],
    ["a leap day is one in a leap year", "DateEquals", "2024-02-29", ["2024-02-29"], "yes"],
    ["the twenty-fifth hour is no time", "DateLessThan", "2027-01-01", ["2026-01-01T25:00:00Z"], "no"],
    ["text is no date", "DateLessThan", "2027-01-01", ["yesterday"], "no"],
    ["a wildcard is no date", "DateEquals", "2026-*", ["2026-01-01"], "no"],
  ]);
});

describe("Bool, BinaryEquals and Null", () => {
  check([
    ["true is true", "Bool", "true", ["true"], "yes"],
    ["true is not false", "Bool", "false", ["true"], "no"],
    ["case does not matter", "Bool", "True", ["true"], "yes"],
    ["what is neither matches nothing", "Bool", "maybe", ["maybe"], "no"],
    ["a missing key is not false", "Bool", "false", ABSENT, "no"],
    ["a missing key is fine if it need not exist", "BoolIfExists", "false", ABSENT, "yes"],
    ["a present key must match all the same", "BoolIfExists", "false", ["true"], "no"],
    ["the same bytes are equal", "BinaryEquals", "QmluYXJ5", ["QmluYXJ5"], "yes"],
    ["padding is no difference", "BinaryEquals", "QQ==", ["QQ"], "yes"],
    ["bits behind the last byte are no difference", "BinaryEquals", "QQ==", ["QR=="], "yes"],
    ["other bytes are not equal", "BinaryEquals", "QmluYXJ5", ["Qmlu"], "no"],
    ["letters of another case are other bytes", "BinaryEquals", "QmluYXJ5", ["qmluYXJ5"], "no"],
    ["what is no base64 matches nothing", "BinaryEquals", "no base64!", ["no base64!"], "no"],
    ["no bytes are equal to no bytes", "BinaryEquals", "", [""], "yes"],
    ["null true holds where the key is missing", "Null", "true", ABSENT, "yes"],
    ["null true fails where it is there", "Null", "true", ["x"], "no"],
    ["null false holds where it is there", "Null", "false", [""], "yes"],
    ["null false fails where it is missing", "Null", "false", ABSENT, "no"],
    ["an empty list is missing", "Null", "true", [], "yes"],
    ["nobody knows whether an unknown key is there", "Null", "true", UNKNOWN, "maybe"],
    ["both ways are always", "Null", ["true", "false"], UNKNOWN, "yes"],
    ["neither way is never", "Null", "perhaps", UNKNOWN, "no"],
  ]);
});

describe("IP address operators", () => {
  check([
    ["an address is in its range", "IpAddress", "203.0.113.0/24", ["203.0.113.255"], "yes"],
    ["the next one is outside", "IpAddress", "203.0.113.0/24", ["203.0.114.0"], "no"],
    ["a single address is itself", "IpAddress", "203.0.113.7", ["203.0.113.7"], "yes"],
    ["a single address is no other", "IpAddress", "203.0.113.7", ["203.0.113.8"], "no"],
    ["odd prefixes are exact at the lower end", "IpAddress", "10.0.0.64/26", ["10.0.0.63"], "no"],
    ["odd prefixes are exact at the upper end", "IpAddress", "10.0.0.64/26", ["10.0.0.127"], "yes"],
    ["bits behind the prefix do not matter", "IpAddress", "203.0.113.99/24", ["203.0.113.1"], "yes"],
    ["every address is in the range of all", "IpAddress", "0.0.0.0/0", ["255.255.255.255"], "yes"],
    ["the high half is no negative number", "IpAddress", "128.0.0.0/1", ["200.1.2.3"], "yes"],
    ["an IPv6 address is in its range", "IpAddress", "2001:db8:1234:5678::/64", ["2001:DB8:1234:5678::1"], "yes"],
    ["the next IPv6 network is outside", "IpAddress", "2001:db8:1234:5678::/64", ["2001:db8:1234:5679::1"], "no"],
    ["two spellings of an IPv6 address are one", "IpAddress", "::1", ["0:0:0:0:0:0:0:1"], "yes"],
    ["an IPv6 address may end in IPv4", "IpAddress", "::ffff:0:0/96", ["::ffff:203.0.113.7"], "yes"],
    ["families never mix", "IpAddress", "::/0", ["203.0.113.7"], "no"],
    ["families never mix the other way", "IpAddress", "0.0.0.0/0", ["::1"], "no"],
    ["one range of several is enough", "IpAddress", ["10.0.0.0/8", "2001:db8::/32"], ["2001:db8::5"], "yes"],
    ["not in the range is outside", "NotIpAddress", "203.0.113.0/24", ["198.51.100.1"], "yes"],
    ["not in the range fails inside", "NotIpAddress", "203.0.113.0/24", ["203.0.113.1"], "no"],
    ["not in the range holds for the other family", "NotIpAddress", "0.0.0.0/0", ["::1"], "yes"],
    ["not in the range holds where the key is missing", "NotIpAddress", "203.0.113.0/24", ABSENT, "yes"],
    ["five numbers are no address", "IpAddress", "0.0.0.0/0", ["1.2.3.4.5"], "no"],
    ["256 is no part of an address", "IpAddress", "0.0.0.0/0", ["1.2.3.256"], "no"],
    ["a leading zero is no number", "IpAddress", "0.0.0.0/0", ["1.2.3.04"], "no"],
    ["two gaps are no address", "IpAddress", "::/0", ["1::2::3"], "no"],
    ["nine words are no address", "IpAddress", "::/0", ["1:2:3:4:5:6:7:8:9"], "no"],
    ["a gap stands for a word at least", "IpAddress", "::/0", ["1:2:3:4::5:6:7:8"], "no"],
    ["a prefix of 33 is none", "IpAddress", "203.0.113.0/33", ["203.0.113.0"], "no"],
    ["a prefix of 129 is none", "IpAddress", "::/129", ["::"], "no"],
    ["an empty prefix is none", "IpAddress", "203.0.113.0/", ["203.0.113.0"], "no"],
    ["a malformed range is never met, whatever the value", "IpAddress", "203.0.113", UNKNOWN, "no"],
  ]);
});

describe("ARN operators", () => {
  const role = "arn:aws:iam::111122223333:role/team/deployer";
  check([
    ["the same ARN matches", "ArnEquals", role, [role], "yes"],
    ["ArnEquals takes wildcards as ArnLike does", "ArnEquals", "arn:aws:iam::111122223333:role/*", [role], "yes"],
    ["a star in the last part crosses slashes", "ArnLike", "arn:aws:iam::111122223333:role/*", [role], "yes"],
    ["a star stands for one part", "ArnLike", "arn:aws:iam::*:role/team/deployer", [role], "yes"],
    ["a star in a part does not cross a colon", "ArnLike", "arn:aws:iam:*:role/team/deployer", [role], "no"],
    ["a star before the last part does not eat parts", "ArnLike", "arn:*:role/*", [role], "no"],
    [
      "a star in the middle does not cross a colon",
      "ArnLike",
      "arn:aws:sns:*:111122223333:topic",
      ["arn:aws:sns:eu:west:111122223333:topic"],
      "no",
    ],
    ["every part may have its own", "ArnLike", "arn:*:iam::1111????3333:role/*/deployer", [role], "yes"],
    [
      "the last part keeps its colons",
      "ArnLike",
      "arn:aws:sns:*:*:topic:*",
      ["arn:aws:sns:eu-west-1:111122223333:topic:a:b"],
      "yes",
    ],
    [
      "a fixed last part does not end at a colon",
      "ArnLike",
      "arn:aws:*:*:*:topic",
      ["arn:aws:sns:eu-west-1:111122223333:topic:a"],
      "no",
    ],
    ["case matters", "ArnLike", "arn:aws:iam::*:Role/*", [role], "no"],
    ["a bare star is every ARN", "ArnLike", "*", [role], "yes"],
    ["what is no ARN matches no parts", "ArnLike", "arn:aws:*:*:*:*", ["deployer"], "no"],
    ["not equal fails for the same ARN", "ArnNotEquals", role, [role], "no"],
    ["not equal takes wildcards too", "ArnNotEquals", "arn:aws:iam::*:role/*", [role], "no"],
    ["not like holds for another", "ArnNotLike", "arn:aws:iam::*:user/*", [role], "yes"],
    ["not like holds where the key is missing", "ArnNotLike", "arn:aws:iam::*:user/*", ABSENT, "yes"],
    ["an ARN without its parts is never met, whatever the value", "ArnLike", "arn:aws:iam", UNKNOWN, "no"],
  ]);
});
