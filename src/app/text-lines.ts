/** A line that is no text, and why. */
export interface UnreadableLine {
  readonly why: string;
}

const LINE_BREAK = 0x0a;
/** Bytes of one line. A request with every policy AWS lets it have stays far below. */
const MOST_BYTES = 64 * 1024 * 1024;
/** No byte-order mark is dropped in the middle of a stream. */
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Lines of a stream of UTF-8, without their line breaks, as many at a time as came in together: a million single events would
 * cost more than what is done with the lines. The last line needs no line break. One that is not UTF-8 or that does not end
 * within 64 MiB is told apart from the others, which go on.
 */
export async function* textLines(
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<Iterable<string | UnreadableLine>, void, undefined> {
  let begun: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    const end = piece.lastIndexOf(LINE_BREAK);
    if (end < 0) {
      length += piece.length;
      // What is beyond the limit is counted, not kept.
      if (length <= MOST_BYTES) begun.push(piece);
      else begun = [];
      continue;
    }
    if (length > MOST_BYTES) {
      yield [{ why: `the line is longer than ${MOST_BYTES / 1024 / 1024} MiB` }];
      const first = piece.indexOf(LINE_BREAK);
      if (first < end) yield linesOf(piece.subarray(first + 1, end));
    } else yield linesOf(begun.length === 0 ? piece.subarray(0, end) : joined([...begun, piece.subarray(0, end)]));
    begun = end + 1 < piece.length ? [piece.slice(end + 1)] : [];
    length = piece.length - end - 1;
  }
  if (length > MOST_BYTES) yield [{ why: `the line is longer than ${MOST_BYTES / 1024 / 1024} MiB` }];
  else if (length > 0) yield linesOf(joined(begun));
}

function linesOf(bytes: Uint8Array): Iterable<string | UnreadableLine> {
  const text = decoded(bytes);
  return text === undefined ? oneByOne(bytes) : splitLines(text);
}

function* splitLines(text: string): Generator<string, void, undefined> {
  let from = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
    yield text.slice(from, at);
    from = at + 1;
  }
  yield text.slice(from);
}

/** Somewhere in the bytes is something that is no text: only its own line suffers. */
function* oneByOne(bytes: Uint8Array): Generator<string | UnreadableLine, void, undefined> {
  for (let from = 0; from <= bytes.length;) {
    const at = bytes.indexOf(LINE_BREAK, from);
    const end = at < 0 ? bytes.length : at;
    yield decoded(bytes.subarray(from, end)) ?? { why: "the line is not UTF-8" };
    from = end + 1;
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
