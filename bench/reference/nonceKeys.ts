import type { MultichainSmartAccount } from '@biconomy/abstractjs';

let last = 0;

const nextKey = (): bigint => {
  last = Math.max(last + 1, Date.now());
  return BigInt(last);
};

/**
 * Gives every operation a nonce key of its own. The reference client takes the clock's milliseconds and lets a timer
 * of 1 ms pass between two keys, which Node may end within the same millisecond: both operations then have one nonce,
 * and the second is never due.
 */
export const keepNoncesApart = ({ deployments }: MultichainSmartAccount): void => {
  for (const deployment of deployments) {
    const { getNonceWithKey } = deployment;
    deployment.getNonceWithKey = (account, parameters) =>
      getNonceWithKey(account, { key: nextKey(), ...parameters });
  }
};
