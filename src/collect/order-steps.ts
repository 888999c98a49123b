import { AuditError } from "../model/audit-error.ts";

/** What ordering needs to know of a step. */
interface Ordered {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

/**
 * Steps with every step behind those it depends on, otherwise in the order given. Throws `invariant` for a cycle or an
 * unknown dependency: a connector's manifest is wrong then.
 */
export function orderSteps<T extends Ordered>(steps: readonly T[]): readonly T[] {
  const ids = new Set(steps.map((step) => step.id));
  for (const step of steps) {
    const missing = step.dependsOn.find((id) => !ids.has(id));
    if (missing !== undefined)
      throw new AuditError(
        "invariant",
        "step-unknown",
        `step \`${step.id}\` depends on \`${missing}\`, which does not exist`,
      );
  }
  const done = new Set<string>();
  const ordered: T[] = [];
  let left = [...steps];
  while (left.length > 0) {
    const ready = left.filter((step) => step.dependsOn.every((id) => done.has(id)));
    if (ready.length === 0)
      throw new AuditError("invariant", "step-cycle", `steps depend on each other: ${circle(left).join(" → ")}`);
    for (const step of ready) {
      done.add(step.id);
      ordered.push(step);
    }
    left = left.filter((step) => !done.has(step.id));
  }
  return ordered;
}

/** One circle among steps none of which can go first, closed: `a → b → a`. */
function circle(steps: readonly Ordered[]): readonly string[] {
  const left = new Map(steps.map((step) => [step.id, step]));
  const way: string[] = [];
  // Every step that is left waits for another that is left, so walking on must come back to where it was.
  for (
    let at = steps[0];
    at !== undefined;
    at = at.dependsOn.map((id) => left.get(id)).find((step) => step !== undefined)
  ) {
    if (way.includes(at.id)) return [...way.slice(way.indexOf(at.id)), at.id];
    way.push(at.id);
  }
  return way;
}
