import type { Severity } from "../src/model/finding.ts";

/** Shapes differ as well as colours: colour alone must not carry the meaning (WCAG 1.4.1). */
const SHAPE: Readonly<Record<Severity, string>> = {
  critical: '<path d="M5 0 10 10H0z"/>',
  high: '<path d="M5 0 10 5 5 10 0 5z"/>',
  medium: '<rect width="10" height="10"/>',
  low: '<circle cx="5" cy="5" r="5"/>',
};

/** A severity as icon and word, with the score where there is one. */
export function severityBadge(severity: Severity, score?: number): string {
  const text = score === undefined ? severity : `${severity} ${score}`;
  return `<span class="badge ${severity}"><svg viewBox="0 0 10 10" aria-hidden="true">${SHAPE[severity]}</svg>${text}</span>`;
}
