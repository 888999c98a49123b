import type { FourValued } from "./four-valued.ts";

/** Actors of a repository who stand to a place in the same way. */
export interface PushedBy {
  readonly state: FourValued;
  /** Logins, apps, deploy keys and tokens, in order. */
  readonly who: readonly string[];
  /** Model ids of the same. */
  readonly ids: readonly string[];
  /** What it needs where conditional: `1 approval from platform`. */
  readonly needs: readonly string[];
  /** What could not be read where unknown. */
  readonly missing: readonly string[];
  readonly why: string;
}

/** One kind of job in one repository whose token the role's trust lets in, and who can run it. */
export interface PushPlace {
  readonly repository: string;
  readonly repositoryId: string;
  /** `branch main`, `environment production`, `any pull request`. */
  readonly place: string;
  /** A subject that is let in, as an example. */
  readonly subject: string | null;
  /** The best of those who push. */
  readonly state: FourValued;
  readonly by: readonly PushedBy[];
  /** Why there may be more than these. */
  readonly missing: readonly string[];
  /** When a token of this kind last became the role; null where no log shows it: could, and as far as is known never did. */
  readonly lastDid: string | null;
}

/** A change that closes ways. */
export interface PushCut {
  /** One sentence. */
  readonly what: string;
  /**
   * Ways (somebody at a place) it closes: nothing is left of them, or what one could do alone needs somebody else. Worked out again
   * with the change made, so what holds already counts for nothing.
   */
  readonly closes: number;
  /** The trust policy as it should be, JSON; null where the change is none of it. */
  readonly policy: string | null;
}

/** A role in AWS that trusts tokens of GitHub, and who comes to it by pushing where. */
export interface PushedRole {
  readonly role: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly tenant: string;
  readonly tenantName: string;
  /** How surely the role administers its tenant or comes to; `no` where it does not. */
  readonly administers: FourValued;
  readonly places: readonly PushPlace[];
  /** Everybody on GitHub, where the trust does not say whose repository; what is open then, in words. */
  readonly strangers: string | null;
  /** Subjects that did become the role, newest first; null where no log was read. Apart from who could. */
  readonly did: readonly { readonly subject: string; readonly lastAt: string; readonly times: number }[] | null;
  /** When the role was last used, whoever used it; `never`, or `unknown (why)`. */
  readonly lastUsed: string;
  /** Why its trust could not be judged. */
  readonly unread: string | null;
  /** Those that close most first; empty where nothing is open. */
  readonly cuts: readonly PushCut[];
}
