import { bounded } from "../../shared/paging.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";

/** GitHub asks for no more than a hundred calls at once; the throttling plugin holds ten. */
const CALLS_AT_ONCE = 8;

/**
 * Asks repository after repository and puts the answers together; one that is refused, or went away since the sweep, is a gap that
 * names it and does not stop the others. Throws {@link Refused} where every one was refused.
 */
export async function eachRepository(
  repositories: readonly string[],
  organization: string,
  gap: string | null,
  ask: (parameters: { readonly owner: string; readonly repo: string }) => Promise<ReadAnswer>,
): Promise<ReadAnswer> {
  const answers = await bounded(repositories, CALLS_AT_ONCE, async (repository): Promise<ReadAnswer> => {
    const [owner = organization, repo = ""] = repository.split("/");
    try {
      const { requests, gaps } = await ask({ owner, repo });
      return { requests, gaps: gaps.map((one) => `${repository}: ${one}`) };
    } catch (error) {
      if (!(error instanceof Refused) || isSignIn(error)) throw error;
      return { requests: [], gaps: [`${repository}: ${error.verdict.reason}`] };
    }
  });
  const gaps = answers.flatMap((answer) => answer.gaps);
  const requests = answers.flatMap((answer) => answer.requests);
  const [first] = gaps;
  if (requests.length === 0 && first !== undefined) throw new Refused({ kind: "denied", reason: first });
  return { requests, gaps: gap === null ? gaps : [gap, ...gaps] };
}
