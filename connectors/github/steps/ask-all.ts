import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import type { RecordedRequest } from "../raw.ts";

/** One question of several, with what to call what is missing when it is refused. */
interface Question {
  readonly about: string;
  ask(): Promise<ReadAnswer>;
}

/**
 * Several questions one after the other, put together: one that is refused is a gap and does not stop the others. Throws
 * {@link Refused} where every one was refused.
 */
export async function askAll(questions: readonly Question[]): Promise<ReadAnswer> {
  const requests: RecordedRequest[] = [];
  const gaps: string[] = [];
  let refused: Refused | undefined;
  let answered = false;
  for (const { about, ask } of questions) {
    try {
      const answer = await ask();
      answered = true;
      requests.push(...answer.requests);
      gaps.push(...answer.gaps);
    } catch (error) {
      if (!(error instanceof Refused) || isSignIn(error)) throw error;
      refused ??= error;
      gaps.push(`${about}: ${error.verdict.reason}`);
    }
  }
  if (!answered && refused !== undefined) throw refused;
  return { requests, gaps };
}
