import type { Page } from '@playwright/test';
import type { Address, Hex } from 'viem';

/**
 * Rewrites a policy in the extension's stored grants, so that its local check passes what the chain will refuse.
 * Gives the number of policies rewritten.
 */
export const rewriteStoredPolicy = (
  extensionPage: Page,
  change: { database: string; target: Address; policy: Address; initData: Hex },
): Promise<number> =>
  extensionPage.evaluate(async ({ database, target, policy, initData }) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
    const db = await settled(indexedDB.open(database));
    const store = db.transaction('grants', 'readwrite').objectStore('grants');
    let rewritten = 0;
    for (const row of await settled(store.getAll())) {
      for (const permission of row.record.permissions) {
        for (const action of permission.session.actions) {
          if (!same(action.actionTarget, target)) continue;
          for (const entry of action.actionPolicies) {
            if (!same(entry.policy, policy)) continue;
            entry.initData = initData;
            rewritten += 1;
          }
        }
      }
      await settled(store.put(row));
    }
    db.close();
    return rewritten;
  }, change);
