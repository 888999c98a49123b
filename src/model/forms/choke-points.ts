import { z } from "zod";

const line = z.string().min(1);
const count = z.int().nonnegative();
const grant = z.strictObject({ id: line, kind: line, holder: line, holderId: line, access: line });

/** `choke-points`: the fewest grants that cut every sure way to administration, tenant by tenant. */
export const chokePointsForm = z.strictObject({
  schema: z.literal("leastwise/choke-points@1"),
  tenants: z.array(
    z.strictObject({
      tenant: line,
      tenantName: line,
      escalating: count,
      removals: z.array(grant),
      exact: z.boolean(),
      lowerBound: count,
      supports: count,
      cannotCut: z.boolean(),
      ranking: z.array(z.strictObject({ grant, cutsOff: z.int().positive() })),
      tried: count,
      candidates: count,
    }),
  ),
});
