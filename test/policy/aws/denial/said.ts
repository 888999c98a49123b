import { expect } from "vitest";
import { readDenial } from "../../../../src/policy/aws/denial/read-denial.ts";
import { loadActionTable } from "../../../../src/policy/aws/action-table.ts";
import type { Denial, DenialReading, StatedReason } from "../../../../src/policy/denial.ts";

/** The table every reading is made with. */
export const actions = await loadActionTable();

/** A reason with nothing stated but what is given. */
export function stated(said: Partial<StatedReason>): StatedReason {
  return { layer: null, explicit: null, policyArn: null, mayNotExist: false, ...said };
}

/** Reads a text that has to be a refusal. */
export function denialIn(text: string): Denial {
  const reading: DenialReading = readDenial(text, actions);
  expect(reading).toMatchObject({ kind: "denial" });
  return reading as Denial;
}

/** What a message says, without the frame around it. */
export function coreOf({
  principal,
  principalTenant,
  action,
  resource,
  resourceTenant,
  stated: reason,
}: Denial): object {
  return { principal, principalTenant, action, resource, resourceTenant, stated: reason };
}
