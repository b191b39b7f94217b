import { expect, type Page } from '@playwright/test';

/** A page of the extension without its popup: it reaches the database and asks the worker nothing. */
export const openProbe = async (page: Page, popupUrl: string): Promise<Page> => {
  await page.goto(new URL('/icons/16.png', popupUrl).href);
  return page;
};

/** State of a request in the journal, read from the extension's database; undefined without one. */
const stateOf = (probe: Page, origin: string, requestId: string): Promise<string | undefined> =>
  probe.evaluate(
    async (key) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('latchkey');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const row = await new Promise<{ record: { state: string } } | undefined>((resolve, reject) => {
        const request = db.transaction('requests').objectStore('requests').index('dappRequest').get(key);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      db.close();
      return row?.record.state;
    },
    [origin, requestId],
  );

/** Waits until the journal has a request in a state. */
export const journalHas = (
  probe: Page,
  request: { origin: string; requestId: string; state: string },
): Promise<void> =>
  expect
    .poll(() => stateOf(probe, request.origin, request.requestId), {
      message: `the journal's state of ${request.requestId}`,
      intervals: [10, 20, 50],
      timeout: 30_000,
    })
    .toBe(request.state);

export type LedgerRow = {
  grantId: string;
  chainId: number;
  used: Record<string, bigint>;
  /** Holders of reservations. */
  holders: string[];
};

/** The counters that the extension keeps itself. */
export const readLedger = (probe: Page): Promise<LedgerRow[]> =>
  probe.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('latchkey');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    type Row = {
      record: {
        grantId: string;
        chainId: number;
        used: Record<string, bigint>;
        reserved: Record<string, unknown>;
      };
    };
    const rows = await new Promise<Row[]>((resolve, reject) => {
      const request = db.transaction('ledger').objectStore('ledger').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    db.close();
    return rows.map(({ record: { grantId, chainId, used, reserved } }) => ({
      grantId,
      chainId,
      used: Object.fromEntries(Object.entries(used).filter(([, amount]) => amount > 0n)),
      holders: Object.keys(reserved),
    }));
  });

export type StoreName = 'requests' | 'grants' | 'ledger' | 'connections' | 'settings' | 'vault' | 'vaultKeys';

/** Keeps the worker from object stores: what it asks of them waits. Gives the release. */
export const lockStores = async (
  probe: Page,
  ...stores: readonly [StoreName, ...StoreName[]]
): Promise<() => Promise<void>> => {
  const lock = await probe.evaluateHandle(async ([first, ...others]) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('latchkey');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = db.transaction([first, ...others], 'readwrite').objectStore(first);
    const lock = { released: false, over: Promise.resolve() };
    await new Promise<void>((reached) => {
      lock.over = (async () => {
        while (!lock.released) {
          await new Promise<unknown>((resolve) => {
            rows.count().onsuccess = resolve;
          });
          reached();
        }
        db.close();
      })();
    });
    return lock;
  }, stores);
  return async () => {
    await lock.evaluate((held) => {
      held.released = true;
      return held.over;
    });
  };
};
