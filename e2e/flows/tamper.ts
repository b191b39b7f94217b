import type { Page } from '@playwright/test';
import type { Address, Hex } from 'viem';

/**
 * Rewrites a policy in the extension's stored grants, so that its local check passes what the chain will refuse.
 * Gives the number of policies rewritten.
 */
export const rewriteStoredPolicy = (
  extensionPage: Page,
  change: { target: Address; policy: Address; initData: Hex },
): Promise<number> =>
  extensionPage.evaluate(async ({ target, policy, initData }) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('latchkey');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = db.transaction('grants', 'readwrite');
    const store = transaction.objectStore('grants');
    const rewritten = await new Promise<number>((resolve, reject) => {
      const request = store.getAll();
      transaction.onerror = () => reject(transaction.error);
      request.onsuccess = () => {
        let count = 0;
        for (const row of request.result) {
          for (const { session } of row.record.permissions) {
            for (const action of session.actions) {
              if (action.actionTarget.toLowerCase() !== target.toLowerCase()) continue;
              for (const entry of action.actionPolicies) {
                if (entry.policy.toLowerCase() !== policy.toLowerCase()) continue;
                entry.initData = initData;
                count += 1;
              }
            }
          }
          store.put(row);
        }
        transaction.oncomplete = () => resolve(count);
      };
    });
    db.close();
    return rewritten;
  }, change);
