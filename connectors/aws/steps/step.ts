import type { CollectStep } from "../../../src/contracts/connector.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import type { Converted } from "../convert/converted.ts";
import type { PerTypeKind } from "../../../src/model/coverage.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";

/** Id of the first step of every tenant; the others name things as it does. */
export const SWEEP = "account-authorization-details";

/** What makes one collect step: what it is for, what its file holds, what its answer means. */
interface StepDefinition<S extends keyof RawSteps> extends Omit<CollectStep, "id" | "dependsOn"> {
  readonly id: S;
  readonly dependsOn?: readonly string[];
  /** One tenant answers it for all: the organization's management tenant. */
  readonly organizationWide?: true;
  /** The types of resources AWS is asked for, where the kind is told per type. */
  readonly perType?: { readonly kind: PerTypeKind; readonly types: readonly string[] };
  /** The file's content in AWS's shape, envelopes taken off. Throws `input-file` with the JSON pointer of what is wrong. */
  parse(content: JsonValue, file: string): RawSteps[S];
  convert(raw: RawSteps[S], context: TenantContext): Converted;
}

/** One collect step of one tenant besides the sweep, whatever its shapes. */
export interface AwsStep extends CollectStep {
  readonly id: keyof RawSteps;
  /** Name of its file in the folder of a tenant. */
  readonly file: string;
  readonly organizationWide: boolean;
  /** The types of resources AWS is asked for, where the kind is told per type. */
  readonly perType: { readonly kind: PerTypeKind; readonly types: readonly string[] } | null;
  parse(content: JsonValue, file: string): unknown;
  /** Takes what {@link parse} or the client answered for this very step. */
  convert(raw: unknown, context: TenantContext): Converted;
}

/** Closes over the shapes of one step, so that all of them go into one list. */
export function step<S extends keyof RawSteps>(definition: StepDefinition<S>): AwsStep {
  const { id, title, provides, permissions, dependsOn = [SWEEP], organizationWide = false } = definition;
  return {
    id,
    title,
    dependsOn,
    provides,
    permissions,
    file: id === "credential-report" ? "credential-report.csv" : `${id}.json`,
    organizationWide,
    perType: definition.perType ?? null,
    parse: (content, file) => definition.parse(content, file),
    convert: (raw, context) => definition.convert(raw as RawSteps[S], context),
  };
}
