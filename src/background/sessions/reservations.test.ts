import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../protocol/scope/ledger';
import { openStorage, type Storage } from '../../storage/index';
import { createReservations, type Reservations } from './reservations';

let storage: Storage;
let reservations: Reservations;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  storage = await openStorage();
  reservations = createReservations(storage.ledger);
});

afterEach(() => storage.close());

/** A limit of 3 uses. */
const useOnce = (ledger: Ledger): Ledger => {
  const uses = (ledger.uses ?? 0n) + 1n;
  if (uses > 3n) throw new RangeError('no more');
  return { ...ledger, uses };
};
const reserve = (holder: string) => reservations.reserve('g', 8453, holder, useOnce);
const expected = (except?: string) => reservations.expected('g', 8453, except);

describe('reservations', () => {
  it('count what is under way, so that requests at the same time never pass a limit together', async () => {
    const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(reserve));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await expected()).toEqual({ uses: 3n });
  });

  it('keep what was included and give back what was not', async () => {
    await reserve('a');
    await reserve('b');
    await reservations.commit('g', 8453, 'a');
    await reservations.release('g', 8453, 'b');
    expect(await storage.ledger.get('g', 8453)).toEqual({
      grantId: 'g',
      chainId: 8453,
      used: { uses: 1n },
      reserved: {},
    });
  });

  it('count a holder once, however often it reserves, commits or releases', async () => {
    await reserve('a');
    await reserve('a');
    expect(await expected()).toEqual({ uses: 1n });
    expect(await expected('a')).toEqual({});
    await reservations.commit('g', 8453, 'a');
    await reservations.commit('g', 8453, 'a');
    await reservations.release('g', 8453, 'a');
    expect(await expected()).toEqual({ uses: 1n });
  });

  it('change nothing when they are refused', async () => {
    await reserve('a');
    const before = await storage.ledger.get('g', 8453);
    await expect(
      reservations.reserve('g', 8453, 'b', () => {
        throw new RangeError('no');
      }),
    ).rejects.toThrow('no');
    expect(await storage.ledger.get('g', 8453)).toEqual(before);
  });

  it('are kept per grant and chain', async () => {
    await reserve('a');
    expect(await reservations.expected('g', 10)).toEqual({});
    expect(await reservations.expected('h', 8453)).toEqual({});
  });

  it('follow the chain, except while something is under way that it may have counted', async () => {
    await reserve('a');
    expect(await reservations.reconcile('g', 8453, { uses: 2n })).toBe(false);
    expect(await expected()).toEqual({ uses: 1n });
    await reservations.release('g', 8453, 'a');
    expect(await reservations.reconcile('g', 8453, { uses: 2n })).toBe(true);
    await reserve('b');
    await expect(reserve('c')).rejects.toThrow('no more');
  });

  it('begin anew when the permission is enabled anew', async () => {
    await reserve('a');
    await reservations.commit('g', 8453, 'a');
    await reservations.begin('g', 8453, { started: 2n });
    expect(await expected()).toEqual({ started: 2n });
  });
});
