import type { Observed } from "../../../model/observed.ts";
import type { ParsedPolicy } from "../../aws/parse-policy.ts";
import type { RepositoryControls } from "../../github/repository-controls.ts";
import type { TokenProvider } from "../aws-claims.ts";

/** What is known when a role's trust in GitHub's tokens is judged. Filled by `src/graph`. */
export interface MistakeFacts {
  readonly trust: ParsedPolicy;
  readonly provider: TokenProvider;
  /** ARN of the role, by which workflows that use it are found. */
  readonly roleArn: string;
  /** Organizations of one's own. Without any, whatever is outside cannot be told from what is not. */
  readonly owners: readonly string[];
  /** Every repository of them. */
  readonly repositories: Observed<readonly RepositoryControls[]>;
  /** What each of them is known to have called its repositories before. */
  readonly formerNames: readonly FormerNames[];
  /** Whether the role was not used for longer than the threshold. */
  readonly unused: Observed<boolean>;
  /** Whether members may create repositories. */
  readonly membersCreateRepositories: Observed<boolean>;
}

/** Names that repositories of one organization had before they were renamed, moved or deleted. */
export interface FormerNames {
  /** `acme`. */
  readonly owner: string;
  /** The earliest first. */
  readonly names: readonly FormerName[];
  /** Day before which nobody knows any (`2026-05-24`); null where that is not known either. */
  readonly since: string | null;
  /** Why some may be missing since then, in words; null where none is. */
  readonly gap: string | null;
}

/** A name that a repository had, and may have again. */
export interface FormerName {
  /** `acme/old-api`. */
  readonly name: string;
  /** Which repository it was, gone or not; null where nobody knows. */
  readonly repositoryId: number | null;
}

/** Number of a mistake in the catalogue (facts on GitHub, 4c). */
export type MistakeId =
  | "O1"
  | "O2"
  | "O3"
  | "O4"
  | "O5"
  | "O6"
  | "O7"
  | "O8"
  | "O9"
  | "O10"
  | "O11"
  | "O12"
  | "O13"
  | "O14"
  | "O15"
  | "O16"
  | "O17";

/** What one statement does wrong, or what would have to be read to tell. */
export type MistakeAnswer =
  | {
      readonly state: "found";
      /** Index of the Allow statement. */
      readonly statement: number;
      /** One plain sentence: who can become the role by it. */
      readonly what: string;
      /** The trust policy without this mistake; null where somebody has to say first whose tokens are meant. */
      readonly corrected: string | null;
    }
  | { readonly state: "undecided"; readonly statement: number; readonly missing: readonly string[] };

/** One class of mistakes. */
export interface MistakeCheck {
  readonly id: MistakeId;
  readonly title: string;
  /** At most one answer per statement; none where the mistake is not made. */
  check(facts: MistakeFacts): readonly MistakeAnswer[];
}

/** An answer with the class it belongs to. */
export type Mistake = MistakeAnswer & Pick<MistakeCheck, "id" | "title">;
