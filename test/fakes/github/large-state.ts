import type { GitHubState } from "./github-state.ts";
import { largeAudit } from "./large/audit.ts";
import { largeControls } from "./large/controls.ts";
import { organizationOf } from "./large/organization.ts";
import { largeCredentials, largePeople } from "./large/people.ts";
import { sizeFor, type Size } from "./large/size.ts";
import { SLICES } from "./slices/index.ts";

export { nextDay } from "./large/next-day.ts";

/**
 * An organization of the size the calls are planned for: two thousand repositories and all that hangs on them, the same in every
 * run. Where the repositories are given alone, everything else is in proportion. Its login is the sample company's.
 */
export function largeState(given: Partial<Size> = {}): GitHubState {
  const size = sizeFor(given);
  const whole = organizationOf(size);
  const people = largePeople(size, whole);
  const { organization, members, outside, teams, repositories } = whole;
  const own: Readonly<Record<string, unknown>> = { people, controls: largeControls(size, whole) };
  return {
    organization,
    members,
    outside,
    teams,
    repositories,
    ...largeCredentials(size, whole),
    audit: largeAudit(size, whole, people),
    slices: Object.fromEntries(SLICES.map(({ name, start }) => [name, own[name] ?? start()])),
  };
}
