import type { Settings } from "../model/settings.ts";
import { DEFAULT_THRESHOLDS } from "../model/thresholds.ts";

/** What holds where `leastwise.yaml` says nothing. */
export const DEFAULT_SETTINGS: Settings = {
  data: ".leastwise",
  reports: "leastwise-reports",
  thresholds: DEFAULT_THRESHOLDS,
  connectors: {},
  // Named so that nobody takes it for a person: what ends up here was seen by nobody.
  review: { fallbackReviewer: "unassigned", dueDays: 14 },
  revoke: { protected: [], maximumPerRun: 25, killSwitch: false, noticeDays: 7, automatic: [] },
};
