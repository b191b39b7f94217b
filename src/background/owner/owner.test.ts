import { hashTypedData, type TypedDataDefinition } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { authorizationHash } from '../../protocol/account/authorization';
import {
  type OwnerAdapter,
  signAsOwner,
  signAuthorizationAsOwner,
  signTransactionAsOwner,
  signTypedDataAsOwner,
} from './owner';
import { transactionDigest } from './transaction';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const stranger = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const hash = `0x${'42'.repeat(32)}` as const;

const signing = (change: Partial<OwnerAdapter>): OwnerAdapter => ({
  address: async () => owner.address,
  signHash: () => owner.signMessage({ message: { raw: hash } }),
  signTypedData: (data) => owner.sign({ hash: hashTypedData(data) }),
  signAuthorization: (authorization) => owner.sign({ hash: authorizationHash(authorization) }),
  signTransaction: (transaction) => owner.sign({ hash: transactionDigest(transaction) }),
  ...change,
});
const adapter = (signHash: OwnerAdapter['signHash']): OwnerAdapter => signing({ signHash });
const refused = { code: -32000, data: { reason: 'OWNER_SIGNATURE_WRONG' } };

describe("the owner's signature", () => {
  it('is given back once it is proven', async () => {
    const signature = await owner.signMessage({ message: { raw: hash } });
    expect(
      await signAsOwner(
        adapter(async () => signature),
        owner.address,
        hash,
      ),
    ).toBe(signature);
  });

  it('of somebody else, over something else, or of no shape is refused', async () => {
    const others = [
      () => stranger.signMessage({ message: { raw: hash } }),
      () => owner.signMessage({ message: { raw: `0x${'43'.repeat(32)}` } }),
      () => owner.sign({ hash }),
      async () => '0x1234' as const,
    ];
    for (const signHash of others) {
      await expect(signAsOwner(adapter(signHash), owner.address, hash)).rejects.toMatchObject(refused);
    }
  });

  it('of typed data, an authorization or a transaction is proven in the same way', async () => {
    const data: TypedDataDefinition = {
      domain: { name: 'Token', chainId: 1 },
      types: { Permit: [{ name: 'value', type: 'uint256' }] },
      primaryType: 'Permit',
      message: { value: 5n },
    };
    const authorization = { chainId: 10, address: owner.address, nonce: 3 };
    const transaction = {
      ...{ chainId: 10, nonce: 1, to: owner.address, value: 2n, data: '0x' as const },
      ...{ gas: 21_000n, maxFeePerGas: 3n, maxPriorityFeePerGas: 1n },
    };
    const tasks = (wallet: OwnerAdapter) => [
      signTypedDataAsOwner(wallet, owner.address, data),
      signAuthorizationAsOwner(wallet, owner.address, authorization),
      signTransactionAsOwner(wallet, owner.address, transaction),
    ];
    for (const task of tasks(signing({}))) expect(await task).toMatch(/^0x/);
    const foreign = signing({
      signTypedData: (asked) => stranger.sign({ hash: hashTypedData(asked) }),
      signAuthorization: () => owner.sign({ hash: authorizationHash({ ...authorization, nonce: 4 }) }),
      signTransaction: (asked) => owner.sign({ hash: transactionDigest({ ...asked, value: 3n }) }),
    });
    for (const task of tasks(foreign)) await expect(task).rejects.toMatchObject(refused);
  });
});
