import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { type OwnerAdapter, signAsOwner } from './owner';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const stranger = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const hash = `0x${'42'.repeat(32)}` as const;

const adapter = (signHash: OwnerAdapter['signHash']): OwnerAdapter => ({
  address: async () => owner.address,
  signHash,
});
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
});
