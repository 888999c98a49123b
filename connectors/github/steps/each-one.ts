import { bounded } from "../../shared/paging.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";

/** GitHub asks for no more than a hundred calls at once; the throttling plugin holds ten. */
const CALLS_AT_ONCE = 8;

/** One question, with what to call what is missing when it is refused. */
interface Question {
  readonly about: string;
  ask(): Promise<ReadAnswer>;
}

/**
 * Asks about one thing after the other, several at once; one that is refused is a gap that names it. Nothing to ask about is an
 * answer. Throws {@link Refused} where every one was refused.
 */
export async function eachOne<T>(things: readonly T[], questionOf: (thing: T) => Question): Promise<ReadAnswer> {
  let refused: Refused | undefined;
  const answers = await bounded(things, CALLS_AT_ONCE, async (thing): Promise<ReadAnswer> => {
    const { about, ask } = questionOf(thing);
    try {
      const { requests, gaps } = await ask();
      return { requests, gaps: gaps.map((gap) => `${about}: ${gap}`) };
    } catch (error) {
      if (!(error instanceof Refused) || isSignIn(error)) throw error;
      refused ??= error;
      return { requests: [], gaps: [`${about}: ${error.verdict.reason}`] };
    }
  });
  const requests = answers.flatMap((answer) => answer.requests);
  if (requests.length === 0 && refused !== undefined) throw refused;
  return { requests, gaps: answers.flatMap((answer) => answer.gaps) };
}
