const RECORDED_AT = "2026-11-20T08:00:00Z";

/** When the sample company was recorded: what `now` is for everything said about it. */
export const recordedAt = RECORDED_AT;

/** A moment that many days before the recording, in the form AWS prints; always before it, also for 0. */
export const daysAgo = (days: number): string => `${dayAgo(days)}T07:30:00+00:00`;

/** A moment that many days before the recording (negative: after it), in the form GitHub prints. */
export const daysAgoZulu = (days: number): string => `${dayAgo(days)}T06:15:00Z`;

const dayAgo = (days: number): string =>
  new Date(Date.parse(RECORDED_AT) - days * 86_400_000).toISOString().slice(0, 10);
