import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { decodeNonce, nonceFromKey } from '../../protocol/account/nonce';
import type { QuoteRequest } from '../../protocol/mee/quoteRequest';
import type { PreparePlan } from '../../storage/records';
import type { Chain, Chains } from '../chain/chains';
import { nodeRefused } from '../mee/nodeErrors';
import { instructionsOfPrepare } from '../sessions/plan/instructions';
import { operationsOf } from '../sessions/plan/operations';
import { account, plan, source, token } from '../testing/records';
import { ownerQuote } from './ownerQuote';
import { createQuoter } from './quoter';

const bounds = { lower: 1_000, upper: 1_180 };

const quoteForPrepare = (change: Partial<PreparePlan> = {}) => {
  const changed = { ...source, ...change };
  return ownerQuote({
    plan: { ...plan, ...change, operations: operationsOf(changed, bounds) },
    instructions: instructionsOfPrepare(changed, bounds),
    batch: true,
    bounds,
    authorizations: new Map(),
    simulation: { simulate: true },
    payment: { token, chainId: 8453 },
  });
};

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
      sponsorSign: async (_sponsor, answer) => answer,
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
    await expect(quote(quoteForPrepare())).rejects.toMatchObject({
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
    await expect(quote(quoteForPrepare())).rejects.toMatchObject({
      data: { reason: 'NODE_REFUSED' },
    });
    expect(asked).toHaveLength(2);
    const parts = asked.map((request) => noncesOf(request).map(decodeNonce));
    expect(parts[1]?.map(({ key }) => key)).toEqual(parts[0]?.map(({ key }) => key));
    expect(parts[1]?.map(({ sequence }) => sequence)).toEqual([3n, 3n]);
  });
});

describe('the supertransaction of a PREPARE', () => {
  const built = (change: Partial<PreparePlan> = {}) => quoteForPrepare(change).build([1n, 2n]);

  const notesOf = ({ userOps }: QuoteRequest) =>
    userOps[0]?.metadata.map((note) => (note.type === 'CUSTOM' ? note.description : note.type));

  it('deploys with the payment, installs, then enables', () => {
    const request = built();
    const { paymentInfo, userOps } = request;
    expect(paymentInfo).toHaveProperty(
      'initCode',
      expect.stringMatching(/^0x0000006648ed9b2b842552be63af870bc74af837ea6d13ac/i),
    );
    expect(userOps).toMatchObject([{ callGasLimit: 2_100_000n, nonce: 2n, shortEncoding: false }]);
    expect(userOps[0]).not.toHaveProperty('initCode');
    expect(notesOf(request)).toEqual([
      'Install smart sessions module',
      'Install smart sessions module',
      'Enable smart sessions permissions',
    ]);
  });

  it('leaves out what is there already', () => {
    const request = built({ chains: [{ chainId: 8453, deploy: 'none' }], installOn: [] });
    expect(request.paymentInfo).not.toHaveProperty('initCode');
    expect(request.userOps[0]).toMatchObject({ callGasLimit: 700_000n });
    expect(notesOf(request)).toEqual(['Enable smart sessions permissions']);
  });

  it('deploys with the first operation on a chain that does not pay', () => {
    const permissions = plan.permissions.map((permission) => ({ ...permission, chainId: 10 }));
    const { paymentInfo, userOps } = built({
      permissions,
      chains: [{ chainId: 10, deploy: 'initCode' }],
      installOn: [10],
    });
    expect(paymentInfo).not.toHaveProperty('initCode');
    expect(userOps[0]?.initCode).toMatch(/^0x0000006648/);
  });

  it('is made of the reviewed calldata or not at all', () => {
    const { operations } = plan;
    const changed = ownerQuote({
      plan: { ...plan, operations: operations.map((one) => ({ ...one, callData: `${one.callData}00` })) },
      instructions: instructionsOfPrepare(source, bounds),
      batch: true,
      bounds,
      authorizations: new Map(),
      simulation: { simulate: true },
      payment: { token, chainId: 8453 },
    });
    expect(() => changed.build([1n, 2n])).toThrow('What would be signed is not what was reviewed.');
  });
});
