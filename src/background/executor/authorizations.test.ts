import { privateKeyToAccount } from 'viem/accounts';
import { verifyAuthorization } from 'viem/utils';
import { describe, expect, it } from 'vitest';
import { authorizationHash } from '../../protocol/account/authorization';
import { meeVersions } from '../../protocol/constants/versions';
import type { Chain, Chains } from '../chain/chains';
import type { OwnerAdapter } from '../owner/owner';
import { createAuthorizer } from './authorizations';

const key = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const version = '2.1.0' as const;
const implementation = meeVersions[version].implementationAddress;

const ownerThatSigns = (signed: unknown[]): OwnerAdapter =>
  ({
    address: async () => key.address,
    signAuthorization: async (authorization: Parameters<OwnerAdapter['signAuthorization']>[0]) => {
      signed.push(authorization);
      return key.sign({ hash: authorizationHash(authorization) });
    },
  }) as unknown as OwnerAdapter;

const chainsWith = (nonces: Record<number, number>): Chains => ({
  on: async (chainId) => ({ transactionCount: async () => nonces[chainId] }) as unknown as Chain,
  all: async () => [],
});

const delegate = (...chainIds: readonly number[]) => ({
  owner: key.address,
  version,
  chains: chainIds.map((chainId) => ({ chainId, deploy: 'delegate' as const })),
});

describe("the owner's authorizations", () => {
  it('are one for each chain with the nonce that it counts now, and none for every chain', async () => {
    const signed: unknown[] = [];
    const authorize = createAuthorizer({
      chains: chainsWith({ 10: 8, 8453: 3, 1: 3 }),
      owner: ownerThatSigns(signed),
    });
    const made = await authorize(delegate(10, 8453, 1));
    expect(signed).toEqual([
      { chainId: 10, address: implementation, nonce: 8 },
      { chainId: 8453, address: implementation, nonce: 3 },
      { chainId: 1, address: implementation, nonce: 3 },
    ]);
    for (const [chainId, deployment] of made) {
      if (!('eip7702Auth' in deployment)) throw new TypeError('There is no authorization.');
      const { r, s, yParity, nonce, address } = deployment.eip7702Auth;
      const authorization = { chainId, address, nonce: Number(nonce), r, s, yParity: Number(yParity) };
      expect(await verifyAuthorization({ address: key.address, authorization })).toBe(true);
    }
  });

  it('are not asked for where the address has the code already', async () => {
    const signed: unknown[] = [];
    const authorize = createAuthorizer({ chains: chainsWith({}), owner: ownerThatSigns(signed) });
    const { chains: _none, ...plan } = delegate();
    expect(await authorize({ ...plan, chains: [{ chainId: 10, deploy: 'none' }] })).toEqual(new Map());
    expect(signed).toEqual([]);
  });
});
