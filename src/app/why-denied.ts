import { buildGraph } from "../graph/build-graph.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { loadActionTable } from "../policy/aws/action-table.ts";
import { readDenial } from "../policy/aws/denial/read-denial.ts";
import { denialLines } from "../policy/aws/denial/split-denials.ts";
import type { Denial, DenialReading } from "../policy/denial.ts";
import { tokenRefusalsIn } from "../policy/refusal/token-refusals.ts";
import { refusalsIn } from "../policy/refusal/read-text.ts";
import { withoutSecrets } from "../policy/refusal/without-secrets.ts";
import { NOTHING, type DenialAnswer } from "./why-denied-answer.ts";
import { asStated, DenialQuestions } from "./why-denied-aws.ts";
import { gitHubDenial } from "./why-denied-github.ts";
import { tokenDenial } from "./why-denied-token.ts";

/** The document `why-denied` prints. */
export interface WhyDenied {
  readonly schema: "leastwise/why-denied@1";
  readonly answers: readonly DenialAnswer[];
}

/**
 * Reads refusals by AWS and by GitHub out of a text and explains each; without a snapshot only what the refusal itself says can
 * be told. What may be a secret in the text is taken out before anything is read.
 */
export async function whyDenied(pasted: string, snapshot: Snapshot | null): Promise<WhyDenied> {
  const text = withoutSecrets(pasted);
  const table = await loadActionTable();
  const graph = snapshot === null ? undefined : buildGraph(snapshot);
  const asked = graph === undefined ? undefined : new DenialQuestions(graph, table);
  const lines = denialLines(table);
  const several = text.split("\n").flatMap((line) => lines.take(line));
  several.push(...lines.end());
  const tokens = tokenRefusalsIn(text);
  const refusals = refusalsIn(text);
  const told = several.filter(({ denial }) => !isOfToken(denial) || tokens.length === 0);
  const found: DenialAnswer[] = [
    ...tokens.map((refusal) => tokenDenial(refusal, graph, table)),
    ...refusals.map((refusal) => gitHubDenial(refusal, graph)),
    ...(told.length > 1 || refusals.length > 0 || tokens.length > 0
      ? told.map(({ line, denial }) => explainReading(denial, line, asked))
      : [explainReading(readDenial(text, table), null, asked)]),
  ];
  const [only] = found;
  const answers =
    found.length === 1 && only !== undefined
      ? [{ ...only, line: null }]
      : found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { schema: "leastwise/why-denied@1", answers };
}

/** A refusal of a token that nobody is named in: it is told with what tokens are refused for. */
function isOfToken({ principal, action, operation }: Denial): boolean {
  return principal === null && (action === BY_TOKEN || operation === BY_TOKEN.slice("sts:".length));
}

/** What somebody does who comes with a token. */
const BY_TOKEN = "sts:AssumeRoleWithWebIdentity";

function explainReading(reading: DenialReading, line: number | null, asked: DenialQuestions | undefined): DenialAnswer {
  switch (reading.kind) {
    case "not-access": {
      const { what, evidence, hint } = reading;
      return { ...NOTHING, line, verdict: "not-access", notAccess: { what, evidence, hint } };
    }
    case "encoded":
      return { ...NOTHING, line, verdict: "encoded", notes: [reading.hint, reading.command] };
    case "unreadable":
      return { ...NOTHING, line, verdict: "unreadable", notes: [reading.hint, NOR_GITHUB] };
    case "denial":
      return { ...NOTHING, line, ...asStated(reading), ...asked?.explain(reading) };
  }
}

const NOR_GITHUB = "nor one by GitHub: give its answer with the headers, or what git or the workflow printed";
