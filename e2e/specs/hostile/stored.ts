import type { Page } from '@playwright/test';

export type StoredRequest = { origin: string; requestId: string; kind: string; state: string };

const waitingStates = ['received', 'awaitingReview'];

const rowsOf = (extensionPage: Page, table: string): Promise<StoredRequest[]> =>
  extensionPage.evaluate(async (table) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('latchkey');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = await new Promise<{ record: StoredRequest }[]>((resolve, reject) => {
      const request = db.transaction(table).objectStore(table).getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    db.close();
    return rows.map(({ record: { origin, requestId, kind, state } }) => ({ origin, requestId, kind, state }));
  }, table);

/** Every request that the extension has stored, read past its code. */
export const storedRequests = (extensionPage: Page): Promise<StoredRequest[]> =>
  rowsOf(extensionPage, 'requests');

/** The stored requests that wait for the person. */
export const waitingRequests = async (extensionPage: Page): Promise<StoredRequest[]> =>
  (await storedRequests(extensionPage)).filter(({ state }) => waitingStates.includes(state));

/** The origins that may see the account. */
export const connectedOrigins = async (extensionPage: Page): Promise<string[]> =>
  (await rowsOf(extensionPage, 'connections')).map(({ origin }) => origin);
