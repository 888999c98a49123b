/**
 * The IP address operators, over single addresses and CIDR ranges of both families; an IPv4 address is in no IPv6 range, not even
 * in the mapped one. What is no address matches nothing. Source: "Condition operators", AWS IAM User Guide.
 */
import { rememberLast } from "./remember.ts";
import { constantMatcher, negative, positive, type CompileValues, type Operator } from "./value-matcher.ts";

/** An address as 16-bit words: two of them in IPv4, eight in IPv6. */
type Address = readonly number[];

interface Range {
  readonly base: Address;
  /** How many leading bits have to be equal. */
  readonly bits: number;
}

const inRange: CompileValues = (values) => {
  const ranges = values.map(rangeOf).filter((range) => range !== undefined);
  const read = rememberLast(addressOf);
  return constantMatcher(ranges.length > 0, (text) => {
    const address = read(text);
    if (address === undefined) return false;
    for (let index = 0; index < ranges.length; index += 1) {
      const range = ranges[index];
      if (range !== undefined && contains(range, address)) return true;
    }
    return false;
  });
};

/** The IP address operators by name, in lower case. */
export const IP_ADDRESS_OPERATORS: Readonly<Record<string, Operator>> = {
  ipaddress: positive(inRange),
  notipaddress: negative(inRange),
};

function contains({ base, bits }: Range, address: Address): boolean {
  if (base.length !== address.length) return false;
  for (let word = 0, left = bits; left > 0; word += 1, left -= 16) {
    const different = (base[word] ?? 0) ^ (address[word] ?? 0);
    if (different >> Math.max(0, 16 - left) !== 0) return false;
  }
  return true;
}

function rangeOf(text: string): Range | undefined {
  const slash = text.indexOf("/");
  const base = addressOf(slash < 0 ? text : text.slice(0, slash));
  if (base === undefined) return undefined;
  const width = base.length * 16;
  if (slash < 0) return { base, bits: width };
  const length = text.slice(slash + 1);
  return /^\d{1,3}$/.test(length) && Number(length) <= width ? { base, bits: Number(length) } : undefined;
}

function addressOf(text: string): Address | undefined {
  // The longest address has 45 characters; nobody needs longer texts taken apart.
  if (text.length > 45) return undefined;
  return text.includes(":") ? wordsOfV6(text) : wordsOfV4(text);
}

function wordsOfV4(text: string): Address | undefined {
  const octets = text.split(".");
  // A leading zero means octal to some and nothing to others: no address.
  if (octets.length !== 4 || octets.some((octet) => !/^(?:0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255))
    return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  return [a * 256 + b, c * 256 + d];
}

function wordsOfV6(text: string): Address | undefined {
  const halves = text.split("::");
  const [head, tail] = halves.map(wordsOfHalf);
  if (head === undefined || halves.length > 2) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  // `::` stands for at least one word of zeros.
  if (tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** The words on one side of `::`; the last two may be written as an IPv4 address. */
function wordsOfHalf(half: string, index: number, halves: readonly string[]): Address | undefined {
  if (half === "") return [];
  const words: number[] = [];
  const groups = half.split(":");
  for (const [place, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) words.push(Number.parseInt(group, 16));
    else {
      const embedded = wordsOfV4(group);
      if (embedded === undefined || place < groups.length - 1 || index < halves.length - 1) return undefined;
      words.push(...embedded);
    }
  }
  return words;
}
