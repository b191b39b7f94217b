import { expect, it } from 'vitest';
import { meeVersions } from '../../protocol/constants/versions';
import type { Chain, Chains } from '../chain/chains';
import type { Journal } from '../journal/journal';
import { plan } from '../testing/records';
import type { OwnerExecutor } from './ownerExecutor';
import { createPrepareExecutor } from './prepareExecutor';

const designator = (address: string) => `0xef0100${address.slice(2).toLowerCase()}`;
const { implementationAddress } = meeVersions['2.1.0'];

const proving = (codes: Record<number, string>) => {
  const chains: Chains = {
    on: async (chainId) => ({ code: async () => codes[chainId] ?? '0x' }) as unknown as Chain,
    all: async () => [],
  };
  const executor = createPrepareExecutor({
    owner: {} as OwnerExecutor,
    chains,
    chainState: { read: () => Promise.reject(new TypeError('not asked')) },
    journal: {} as Journal,
    clock: { now: () => 1_000, sleep: async () => undefined },
    time: { sync: async () => undefined, read: () => ({ now: 1_000, latest: 1_000 }), skew: () => 0 },
  });
  const delegated = [10, 8453].map((chainId) => ({ chainId, deploy: 'delegate' as const }));
  return executor.proveDelegated({ ...plan, chains: delegated });
};

it('a delegation counts once the code is on every chain, whatever the node says', async () => {
  const right = designator(implementationAddress);
  await expect(proving({ 10: right, 8453: right })).resolves.toBeUndefined();
  for (const wrong of ['0x', designator(plan.account), '0x6001']) {
    await expect(proving({ 10: right, 8453: wrong })).rejects.toMatchObject({
      code: -32000,
      data: { reason: 'DELEGATION_MISSING', details: { chainIds: [8453] } },
    });
  }
});
