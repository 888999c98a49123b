/** What goes wrong at the fake, and where. */
export interface BadDays {
  /** Path beginnings that answer 403 (or another status) with these words. */
  readonly forbid?: Readonly<
    Record<
      string,
      { readonly message: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
    >
  >;
  /** The first so many requests to a path beginning answer this. */
  readonly first?: {
    readonly path: string;
    readonly times: number;
    readonly status: number;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** GraphQL pages larger than this answer 502, as GitHub does when it runs out of time. */
  readonly largestPage?: number;
  /** Lists inside a team or repository come in pieces of this size, whatever is asked for. */
  readonly nestedPage?: number;
  /** Lists of this path lack half their rows and say so in the header of single sign-on. */
  readonly ssoPartial?: string;
  /** Next page is always this page. */
  readonly repeatPage?: string;
  /** Pages of this list from the second on are refused. */
  readonly refuseSecondPage?: string;
  /** Next page of this list lies at another address. */
  readonly strayPage?: string;
  /** REST lists come in pages of this size, whatever is asked for. */
  readonly smallPages?: number;
  /** Second factors, settings, keys and audit log are shown to owners only: answer as to a plain member. */
  readonly notOwner?: boolean;
  /** Repository that is gone when it is asked for by itself. */
  readonly goneRepository?: string;
  /** Team that is gone when it is asked for by itself. */
  readonly goneTeam?: string;
  /** Repository whose collaborators the token may not see. */
  readonly hiddenRepository?: string;
  /** Field of GraphQL that needs a scope the token lacks. */
  readonly missingScope?: string;
  /** GraphQL refuses the organization: the token is not authorised for single sign-on. */
  readonly graphSso?: boolean;
  /** Team slug → group of the identity provider that fills it. */
  readonly governed?: Readonly<Record<string, string>>;
  /** Repository (`owner/name`) that is answered under its old name with the address by number, as GitHub does after a rename. */
  readonly renamed?: { readonly from: string; readonly to: string };
  /** From this request on (counted from one) the token is no longer taken: it ran out in the middle of a run. */
  readonly endsAfter?: number;
  /** Pages of this list from the second on are not there: deleted between two pages. */
  readonly goneFromSecondPage?: string;
}
