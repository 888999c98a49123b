/** The families of which only the largest counts (design: risk score). Filled in by its owner: keep the exported names. */
export type SignalFamily = "leaked" | "ownership" | "trust" | "disuse" | "age" | "second-factor" | "approval" | "exposure";

/** One reason why misuse is more likely. */
export interface RiskSignal {
  readonly family: SignalFamily;
  /** Printed as it is: `unused 200 days`. */
  readonly name: string;
  /** 0 to 1. */
  readonly value: number;
}
