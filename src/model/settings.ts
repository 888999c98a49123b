import type { Thresholds } from "./thresholds.ts";

/** One thing that may happen without a decision: an idle key is announced, then deactivated. */
export interface AutomaticPolicy {
  readonly rule: string;
  readonly action: "deactivate";
  /** Days between the notice and the change. */
  readonly noticeDays: number;
}

/** `leastwise.yaml` with every default filled in. Names of secrets may stand here, their values never. */
export interface Settings {
  /** The file they were read from, for messages; absent where there was none. */
  readonly file?: string;
  /** Folder of the state and the snapshots. */
  readonly data: string;
  /** Folder that reports are written to. */
  readonly reports: string;
  readonly thresholds: Thresholds;
  /** Settings per connector id as written; each connector checks its own. */
  readonly connectors: Readonly<Record<string, unknown>>;
  readonly review: {
    /** Decides where nobody else could be found: a person id or an e-mail. */
    readonly fallbackReviewer: string;
    readonly dueDays: number;
  };
  readonly revoke: {
    /** Locators, ids or patterns that are never changed. */
    readonly protected: readonly string[];
    /** Changes one run may make. */
    readonly maximumPerRun: number;
    /** True stops every change. */
    readonly killSwitch: boolean;
    readonly noticeDays: number;
    readonly automatic: readonly AutomaticPolicy[];
  };
}
