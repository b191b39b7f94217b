import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { decodeNonce, nonceFromKey } from '../../protocol/account/nonce';
import type { QuoteRequest } from '../../protocol/mee/quoteRequest';
import type { Chain, Chains } from '../chain/chains';
import { nodeRefused } from '../mee/nodeErrors';
import { account, plan } from '../testing/records';
import { quoteForPrepare } from './quoteForPrepare';
import { createQuoter } from './quoter';

const bounds = { lower: 1_000, upper: 1_180 };

const quoting = (words: string) => {
  const asked: QuoteRequest[] = [];
  const chain = { nonce: async (_account: string, key: bigint) => nonceFromKey(key, 3n) } as unknown as Chain;
  const chains: Chains = { on: async () => chain, all: async () => [chain] };
  let hint = 100n;
  const quote = createQuoter({
    chains,
    randomHint: () => {
      hint += 1n;
      return hint;
    },
    node: {
      quote: async (request) => {
        asked.push(request);
        throw nodeRefused(400, words);
      },
    },
  });
  return { quote, asked };
};

const noncesOf = ({ paymentInfo, userOps }: QuoteRequest) => [
  paymentInfo.nonce,
  ...userOps.map(({ nonce }) => nonce),
];

describe('asking for a quote', () => {
  it('names fresh nonces, the payment first', async () => {
    const { quote, asked } = quoting('no');
    await expect(quote(quoteForPrepare(plan, bounds))).rejects.toMatchObject({
      data: { reason: 'NODE_REFUSED' },
    });
    expect(asked).toHaveLength(1);
    const [first] = asked;
    expect(first && noncesOf(first).map(decodeNonce)).toMatchObject([
      { hint: 101, sequence: 0n, validator: zeroAddress },
      { hint: 102, sequence: 0n, validator: zeroAddress },
    ]);
    expect(first).toMatchObject({ paymentInfo: { sender: account }, simulation: { simulate: true } });
  });

  it('asks once more with the counted nonces when the node says that one is used', async () => {
    const { quote, asked } = quoting('AA25 invalid account nonce');
    await expect(quote(quoteForPrepare(plan, bounds))).rejects.toMatchObject({
      data: { reason: 'NODE_REFUSED' },
    });
    expect(asked).toHaveLength(2);
    const parts = asked.map((request) => noncesOf(request).map(decodeNonce));
    expect(parts[1]?.map(({ key }) => key)).toEqual(parts[0]?.map(({ key }) => key));
    expect(parts[1]?.map(({ sequence }) => sequence)).toEqual([3n, 3n]);
  });
});

describe('the supertransaction of a PREPARE', () => {
  const built = (change: Partial<(typeof plan.permissions)[number]>) => {
    const permissions = plan.permissions.map((permission) => ({ ...permission, ...change }));
    return quoteForPrepare({ ...plan, permissions }, bounds).build([1n, 2n]);
  };

  it('deploys with the payment, installs, then enables', () => {
    const { paymentInfo, userOps } = built({});
    expect(paymentInfo.initCode).toMatch(/^0x0000006648ed9b2b842552be63af870bc74af837ea6d13ac/i);
    expect(userOps).toMatchObject([{ callGasLimit: 2_100_000n, nonce: 2n, shortEncoding: false }]);
    expect(userOps[0]).not.toHaveProperty('initCode');
    expect(userOps[0]?.metadata.map(({ description }) => description)).toEqual([
      'Install smart sessions module',
      'Install smart sessions module',
      'Enable smart sessions permissions',
    ]);
  });

  it('leaves out what is there already', () => {
    const { paymentInfo, userOps } = built({ deployAccount: false, installModule: false });
    expect(paymentInfo).not.toHaveProperty('initCode');
    expect(userOps[0]).toMatchObject({ callGasLimit: 700_000n });
    expect(userOps[0]?.metadata).toHaveLength(1);
  });

  it('deploys with the first operation on a chain that does not pay', () => {
    const { paymentInfo, userOps } = built({ chainId: 10 });
    expect(paymentInfo).not.toHaveProperty('initCode');
    expect(userOps[0]?.initCode).toMatch(/^0x0000006648/);
  });
});
