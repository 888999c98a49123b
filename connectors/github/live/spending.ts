import type { Spent } from "../../../src/contracts/connector.ts";
import { counted } from "../../../src/text/counted.ts";

/** What a session spends, counted as it goes on: requests that GitHub saw, repeated ones too, and answers it was not asked for. */
export class Spending {
  rest = 0;
  graphql = 0;
  /** GraphQL points, by GitHub's own count. */
  points = 0;
  /** Requests answered 304: they cost nothing of the primary limit. */
  notModified = 0;
  /** Kept answers that were used without a request. */
  again = 0;

  get calls(): number {
    return this.rest + this.graphql;
  }

  /** For the line that is printed beside the forecast. */
  spent(): Spent {
    const basis = [
      `${counted(this.rest, "REST call")}${this.notModified === 0 ? "" : `, ${this.notModified} of them answered "not modified"`}`,
      `${counted(this.graphql, "GraphQL call")} for ${counted(this.points, "point")}`,
      ...(this.again === 0 ? [] : [`${counted(this.again, "answer")} of earlier runs used again`]),
    ];
    return { calls: this.calls, basis: basis.join("; ") };
  }
}
