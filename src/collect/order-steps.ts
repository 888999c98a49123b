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
    if (missing !== undefined) throw new AuditError("invariant", "step-unknown", `step \`${step.id}\` depends on \`${missing}\`, which does not exist`);
  }
  const done = new Set<string>();
  const ordered: T[] = [];
  let left = [...steps];
  while (left.length > 0) {
    const ready = left.filter((step) => step.dependsOn.every((id) => done.has(id)));
    if (ready.length === 0) throw new AuditError("invariant", "step-cycle", `steps depend on each other: ${left.map((step) => step.id).join(", ")}`);
    for (const step of ready) {
      done.add(step.id);
      ordered.push(step);
    }
    left = left.filter((step) => !done.has(step.id));
  }
  return ordered;
}
