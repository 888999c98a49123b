import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorSession } from "../../src/contracts/connector.ts";
import type { Coverage } from "../../src/model/coverage.ts";
import type { RevocationTarget } from "../../src/model/revocation.ts";
import { SNAPSHOT_TABLES, type SnapshotRecords } from "../../src/model/snapshot.ts";
import { mergeRecords } from "../../src/collect/merge-records.ts";

/** A change the suite may make to the stand-in of the provider. */
export interface ContractChange {
  /** Operation id, for example `aws/deactivate-access-key`. */
  readonly operation: string;
  readonly target: RevocationTarget;
  /** Whether putting it back brings the same records again; false where the provider cannot (a deleted key). */
  readonly restores: boolean;
}

/** A provider's stand-in, fresh for one test: a fake on loopback, or a working copy of recorded answers. */
export interface ContractProvider {
  /** Opens a new session; called several times to read again. */
  open(): Promise<ConnectorSession>;
  /** Step ids that this stand-in refuses, for whatever tenant. */
  readonly refused: readonly string[];
  /** Texts planted in answers and environment that must be in no record. */
  readonly canaries: readonly string[];
  readonly changes: readonly ContractChange[];
  dispose(): Promise<void>;
}

/** Runs every step of a session and puts the records together, as collecting does. */
export async function readAll(session: ConnectorSession): Promise<SnapshotRecords> {
  const parts: Partial<SnapshotRecords>[] = [];
  for (const step of session.steps) parts.push((await session.run(step)).records);
  return mergeRecords(parts);
}

/** Records without what differs from one reading to the next: the extraction log has times and numbers of calls. */
const facts = ({ runs: _runs, ...records }: SnapshotRecords): Omit<SnapshotRecords, "runs"> => records;

/**
 * What every connector promises, whatever it reads from: call it with a provider's stand-in that has some of everything the
 * connector reads, refuses at least one step and can be changed.
 */
export function connectorContract(name: string, makeProvider: () => Promise<ContractProvider>): void {
  describe(`${name} keeps the promise of a connector`, () => {
    let provider: ContractProvider;
    let records: SnapshotRecords;
    let session: ConnectorSession;
    beforeAll(async () => {
      provider = await makeProvider();
      session = await provider.open();
      records = await readAll(session);
    });
    afterAll(async () => {
      await session.close();
      await provider.dispose();
    });

    test("every step comes after the steps it depends on, for each tenant", () => {
      const seen = new Set<string>();
      for (const { tenantId, step } of session.steps) {
        for (const before of step.dependsOn)
          expect(seen, `${step.id} needs ${before}`).toContain(`${tenantId} ${before}`);
        seen.add(`${tenantId} ${step.id}`);
      }
    });

    test("reading twice gives the same records with the same ids", async () => {
      const again = await provider.open();
      expect(facts(await readAll(again))).toEqual(facts(records));
      await again.close();
    });

    test("every record has an id that holds no hole", () => {
      for (const table of SNAPSHOT_TABLES) {
        if (table === "coverage") continue;
        const ids = records[table].map((row) => row.id);
        expect(
          ids.filter((id) => id === "" || id.includes("undefined")),
          table,
        ).toEqual([]);
      }
    });

    test("whatever a record points at is there", () => {
      const has = (...tables: (keyof SnapshotRecords)[]): Set<string> =>
        new Set(
          tables.flatMap((table) => (records[table] as readonly { readonly id?: string }[]).map((row) => row.id ?? "")),
        );
      const holders = has("principals", "credentials", "resources");
      const entitlements = has("entitlements");
      const policies = has("policies");
      expect(records.grants.filter((grant) => !holders.has(grant.principalId))).toEqual([]);
      expect(records.grants.filter((grant) => !entitlements.has(grant.entitlementId))).toEqual([]);
      expect(records.credentials.filter(({ holderId }) => holderId !== null && !holders.has(holderId))).toEqual([]);
      expect(records.policies.filter(({ holderId }) => holderId !== null && !holders.has(holderId))).toEqual([]);
      expect(records.guardrails.filter(({ policyId }) => !policies.has(policyId))).toEqual([]);
      expect(records.entitlements.filter(({ kind, targetId }) => kind === "policy" && !policies.has(targetId))).toEqual(
        [],
      );
    });

    test("every kind a step provides has coverage, with a reason unless it is complete", () => {
      const covered = new Set(records.coverage.map((row) => row.kind));
      for (const { step } of session.steps)
        for (const kind of step.provides) expect(covered, `${step.id} provides ${kind}`).toContain(kind);
      expect(records.coverage.filter((row) => (row.state === "complete") !== (row.reason === null))).toEqual([]);
    });

    test("a refused step becomes coverage and never an empty list", () => {
      expect(provider.refused.length).toBeGreaterThan(0);
      for (const id of provider.refused) {
        const step = session.steps.find((one) => one.step.id === id)?.step;
        expect(step, id).toBeDefined();
        const rows = records.coverage.filter((row) => row.step === id && isRefused(row));
        expect(rows.map((row) => row.kind).sort(), id).toEqual(
          expect.arrayContaining([...(step?.provides ?? [])].sort()),
        );
      }
    });

    test("no planted secret is in a record", () => {
      expect(provider.canaries.length).toBeGreaterThan(0);
      const text = JSON.stringify(records);
      expect(provider.canaries.filter((canary) => text.includes(canary))).toEqual([]);
    });

    test("every operation it offers for the provider is one the manifest declares", () => {
      for (const { operation } of provider.changes) expect(session.operation(operation)?.manifest.id).toBe(operation);
    });
  });

  describe(`${name} changes and puts back`, () => {
    let provider: ContractProvider;
    beforeAll(async () => {
      provider = await makeProvider();
    });
    afterAll(() => provider.dispose());

    test("capture, revoke and restore bring the tenant back, and each change is made once", async () => {
      expect(provider.changes.length).toBeGreaterThan(0);
      for (const { operation: id, target, restores } of provider.changes) {
        const before = facts(await readAndClose(provider));
        const session = await provider.open();
        const operation = session.operation(id);
        if (operation === undefined) throw new Error(`there is no operation ${id}`);
        const captured = await operation.capture(target);
        expect(captured.state, `capture of ${id}`).toBe("present");
        const preImage = captured.state === "present" ? captured.preImage : null;
        expect(await operation.isGone(target, preImage), `before ${id}`).toEqual({ known: true, value: false });

        expect((await operation.revoke(target, preImage)).state, `first ${id}`).toBe("done");
        expect(await operation.isGone(target, preImage), `after ${id}`).toEqual({ known: true, value: true });
        const without = facts(await readAndClose(provider));
        expect(without, `${id} shows when read again`).not.toEqual(before);
        expect((await operation.revoke(target, preImage)).state, `second ${id}`).toBe("already-absent");
        expect((await operation.capture(target)).state, `capture after ${id}`).toBe("already-absent");
        expect(facts(await readAndClose(provider)), `a second ${id} changes nothing`).toEqual(without);

        const restored = await operation.restore(target, preImage);
        expect(restored.state, `undo of ${id}`).toBe(restores ? "done" : "refused");
        if (restores) {
          expect(facts(await readAndClose(provider)), `${id} and back`).toEqual(before);
          expect((await operation.restore(target, preImage)).state, `second undo of ${id}`).not.toBe("refused");
          expect(facts(await readAndClose(provider)), `a second undo of ${id} changes nothing`).toEqual(before);
        }
        await session.close();
      }
    });
  });
}

const isRefused = (row: Coverage): boolean => (row.state === "denied" || row.state === "skipped") && row.items === 0;

async function readAndClose(provider: ContractProvider): Promise<SnapshotRecords> {
  const session = await provider.open();
  try {
    return await readAll(session);
  } finally {
    await session.close();
  }
}
