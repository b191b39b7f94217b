import type { Ledger } from '../../protocol/scope/ledger';
import type { LedgerRecord } from '../../storage/records';
import type { LedgerTable } from '../../storage/storage';

type Counters = Record<string, bigint>;

const add = (left: Ledger, right: Ledger): Counters => {
  const sum: Counters = { ...left };
  for (const [name, amount] of Object.entries(right)) sum[name] = (sum[name] ?? 0n) + amount;
  return sum;
};

const difference = (after: Ledger, before: Ledger): Counters =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, amount]): [string, bigint] => [name, amount - (before[name] ?? 0n)])
      .filter(([, amount]) => amount !== 0n),
  );

const without = (reserved: LedgerRecord['reserved'], holder: string): LedgerRecord['reserved'] =>
  Object.fromEntries(Object.entries(reserved).filter(([name]) => name !== holder));

/** What the chain will have counted once everything under way is there; `except` leaves one holder out. */
const expectedLedger = (record: LedgerRecord | undefined, except?: string): Ledger =>
  Object.entries(record?.reserved ?? {})
    .filter(([holder]) => holder !== except)
    .reduce<Ledger>((sum, [, counters]) => add(sum, counters), record?.used ?? {});

/**
 * Counters of grants, with what requests under way have reserved. A holder is one part of one request; reserving again
 * replaces what it held, so that a restart never counts twice.
 */
export const createReservations = (table: LedgerTable) => {
  const change = (
    grantId: string,
    chainId: number,
    alter: (record: LedgerRecord) => LedgerRecord,
  ): Promise<LedgerRecord> =>
    table.update(grantId, chainId, (stored) => alter(stored ?? { grantId, chainId, used: {}, reserved: {} }));

  return {
    /** Begins the counters of a permission that is enabled anew: the chain resets them, too. */
    begin: (grantId: string, chainId: number, used: Ledger) =>
      change(grantId, chainId, (record) => ({ ...record, used: { ...used }, reserved: {} })),
    /**
     * Reserves in one transaction what `judge` adds to the ledger. `judge` throws to refuse: then nothing changes.
     */
    reserve: (grantId: string, chainId: number, holder: string, judge: (ledger: Ledger) => Ledger) =>
      change(grantId, chainId, (record) => {
        const before = expectedLedger(record, holder);
        const counters = difference(judge(before), before);
        return { ...record, reserved: { ...without(record.reserved, holder), [holder]: counters } };
      }),
    /** The chain has counted what this holder reserved. */
    commit: (grantId: string, chainId: number, holder: string) =>
      change(grantId, chainId, (record) => ({
        ...record,
        used: add(record.used, record.reserved[holder] ?? {}),
        reserved: without(record.reserved, holder),
      })),
    /** The chain never saw it. */
    release: (grantId: string, chainId: number, holder: string) =>
      change(grantId, chainId, (record) => ({ ...record, reserved: without(record.reserved, holder) })),
    /**
     * Takes over what the chain counts, as long as nothing is under way that it may have counted already. Counters that no
     * contract holds stay. Gives whether it did.
     */
    reconcile: async (grantId: string, chainId: number, onChain: Ledger): Promise<boolean> => {
      let taken = false;
      await change(grantId, chainId, (record) => {
        taken = Object.keys(record.reserved).length === 0;
        return taken ? { ...record, used: { ...record.used, ...onChain } } : record;
      });
      return taken;
    },
    /** What the chain will have counted once everything under way is there; `except` leaves one holder out. */
    expected: async (grantId: string, chainId: number, except?: string): Promise<Ledger> =>
      expectedLedger(await table.get(grantId, chainId), except),
  };
};

export type Reservations = ReturnType<typeof createReservations>;
