import { daysBetween, type Instant, type LastUse } from "../../model/instant.ts";
import type { Observed } from "../../model/observed.ts";
import type { Usage } from "../../model/usage.ts";

/** Whether something was used within the window; `unknown` where AWS does not tell or was not asked. */
export type Use = "used" | "unused" | "unknown";

/**
 * Actions whose use AWS does not report, under no service: "Things to know about last accessed information", IAM User Guide.
 * `iam:PassRole` is no call of its own, so that it was not seen says nothing.
 */
const NEVER_REPORTED = new Set(["iam:passrole"]);

/** What a principal used, as AWS reports it: per service, and per action for the actions AWS follows. */
export class LastUses {
  readonly #services = new Map<string, Observed<LastUse>>();
  readonly #actions = new Map<string, Observed<LastUse>>();
  readonly #use = new Map<string, Use>();
  readonly #named: ReadonlySet<string>;

  /** `days`: idle at or beyond this many is unused. The rows are those of one principal. */
  constructor(rows: readonly Usage[], now: Instant, days: number) {
    for (const { service, action, lastUsedAt, source } of rows) {
      if (source !== "service-last-accessed") continue;
      const name = (action ?? service).toLowerCase();
      (action === null ? this.#services : this.#actions).set(name, lastUsedAt);
      if (!lastUsedAt.known) continue;
      const { value } = lastUsedAt;
      this.#use.set(name, value !== "never" && daysBetween(value, now) < days ? "used" : "unused");
    }
    const ofActions = [...this.#actions.keys()].map((action) => action.slice(0, action.indexOf(":")));
    this.#named = new Set([...this.#services.keys(), ...ofActions].sort());
  }

  /** Whether AWS was asked about the principal at all. */
  get read(): boolean {
    return this.#services.size + this.#actions.size > 0;
  }

  /** When the service was last used; undefined where AWS says nothing of it. */
  ofService(service: string): Observed<LastUse> | undefined {
    return this.#services.get(service.toLowerCase());
  }

  /** When the action was last used; undefined for the many whose use AWS does not follow. */
  ofAction(action: string): Observed<LastUse> | undefined {
    return this.#actions.get(action.toLowerCase());
  }

  /** A service any of whose actions was used was used. */
  service(service: string): Use {
    const folded = service.toLowerCase();
    const own = this.#use.get(folded) ?? "unknown";
    if (own !== "used" && this.usedActions(folded).length > 0) return "used";
    return own;
  }

  /** An action AWS does not follow was not used when nothing of its service was, and is unknown otherwise. */
  action(action: string): Use {
    const folded = action.toLowerCase();
    const own = this.#use.get(folded) ?? "unknown";
    if (own !== "unknown") return own;
    if (NEVER_REPORTED.has(folded)) return "unknown";
    return this.service(folded.slice(0, Math.max(0, folded.indexOf(":")))) === "unused" ? "unused" : "unknown";
  }

  /** Actions of a service (lower case) that were seen within the window, lower case, in order. */
  usedActions(service: string): readonly string[] {
    return [...this.#actions.keys()]
      .filter((action) => action.startsWith(`${service}:`) && this.#use.get(action) === "used")
      .sort();
  }

  /** Services AWS names in its answer, lower case, in order. */
  get services(): readonly string[] {
    return [...this.#named];
  }

  /** Whether AWS says anything of a service (lower case) or its actions. */
  tellsOf(service: string): boolean {
    return this.#named.has(service);
  }
}
