import * as v from 'valibot';
import { type Hex, parseAbiItem } from 'viem';
import { describe, expect, it } from 'vitest';
import { bytesSchema } from '../mee/wire';
import { decodePolicy } from '../policies/registry';
import { toWord } from '../word';
import type { SessionAction } from './action';
import vectors from './actions.vectors.json';
import { buildApproveAction } from './approve';
import { calldataArgument } from './argument';
import { batchActions } from './batch';
import { buildCustomAction } from './custom';
import type { Erc20ActionParameters } from './erc20';
import { buildTransferAction } from './transfer';
import { buildTransferFromAction } from './transferFrom';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const token = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const counter = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const recipient = '0x000000000000000000000000000000000000dEaD';
const allOptions: Erc20ActionParameters = {
  chainIds: [8453],
  contractAddress: token,
  recipientAddress: recipient,
  amountLimitPerAction: 3_000_000n,
  maxAmountLimit: 9_000_000n,
  usageLimit: 4n,
  validAfter: 1_700_000_000,
  validUntil: 1_800_000_000,
};
const builders = [
  ['action/transfer', buildTransferAction],
  ['action/transferFrom', buildTransferFromAction],
  ['action/approve', buildApproveAction],
] as const;

const bytesOf = (actions: readonly SessionAction[]) => JSON.stringify(actions).toLowerCase();
const policiesOf = ([first]: readonly SessionAction[]) =>
  first?.actions.flatMap(({ actionPolicies }) => actionPolicies.map(decodePolicy)) ?? [];

describe('ERC-20 actions', () => {
  it.each(builders)('%s with every option gives the known bytes', (name, build) => {
    const expected = vectors[name].expected.map(({ actions, chainId }) => ({
      chainId,
      actions: actions.map(({ actionPolicies, actionTarget, actionTargetSelector }) => ({
        actionTarget,
        actionTargetSelector,
        actionPolicies: actionPolicies.map(({ policy, initData }) => ({ policy, initData })),
      })),
    }));
    expect(bytesOf(build(allOptions))).toBe(JSON.stringify(expected).toLowerCase());
  });

  it.each(builders)('%s without any limit is refused instead of unlimited', (_name, build) => {
    expect(() => build({ chainIds: [1], contractAddress: token })).toThrow(
      expect.objectContaining({ code: 'NO_POLICIES' }),
    );
    expect(() => build({ chainIds: [1], contractAddress: token, policies: [] })).toThrow(
      expect.objectContaining({ code: 'NO_POLICIES' }),
    );
  });

  it.each([
    '0x833589fcD6eDb6E08f4c7C32D4f71b54bdA02913',
    '0x1234',
    'vitalik.eth',
    '0x833589fcd6edb6e08f4c7c32d4f71b54bda029130',
    '',
  ])('refuses the recipient %s', (recipientAddress) => {
    expect(() => buildTransferAction({ ...allOptions, recipientAddress })).toThrow(
      expect.objectContaining({ code: 'INVALID_ADDRESS', field: 'recipient' }),
    );
  });

  it.each(['0x833589fcd6edb6e08f4c7c32d4f71b54bda02913', '0x833589FCD6EDB6E08F4C7C32D4F71B54BDA02913'])(
    'accepts the one-case recipient %s',
    (recipientAddress) => {
      const [policy] = policiesOf(
        buildTransferAction({ chainIds: [1], contractAddress: token, recipientAddress }),
      );
      expect(policy).toMatchObject({
        rules: [
          { condition: 'equal', calldataOffset: 0n, comparisonValue: toWord(BigInt(recipientAddress)) },
        ],
      });
    },
  );

  it.each([
    ['maxAmountLimit', { maxAmountLimit: 0n }, 'AMOUNT_RANGE'],
    ['amountLimitPerAction', { amountLimitPerAction: 0n }, 'AMOUNT_RANGE'],
    ['amountLimitPerAction beside a total', { amountLimitPerAction: 0n, maxAmountLimit: 5n }, 'AMOUNT_RANGE'],
    ['usageLimit', { usageLimit: 0n }, 'USAGE_LIMIT_RANGE'],
  ])('refuses a %s of zero', (_name, limits, code) => {
    expect(() => buildTransferAction({ chainIds: [1], contractAddress: token, ...limits })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('counts a total also as the most per call, and a limit per call without counting', () => {
    const total = buildTransferAction({ chainIds: [1], contractAddress: token, maxAmountLimit: 9n });
    expect(policiesOf(total)).toMatchObject([
      { rules: [{ comparisonValue: toWord(9n), isLimited: true, usage: { limit: 9n, used: 0n } }] },
    ]);
    const perCall = buildTransferAction({ chainIds: [1], contractAddress: token, amountLimitPerAction: 3n });
    expect(policiesOf(perCall)).toMatchObject([
      { rules: [{ comparisonValue: toWord(3n), isLimited: false }] },
    ]);
  });

  it('ends one day after a start without end, starts now without start', () => {
    const started = buildTransferAction({ chainIds: [1], contractAddress: token, validAfter: 1_900_000_000 });
    expect(policiesOf(started)).toEqual([
      { type: 'timeframe', validAfter: 1_900_000_000, validUntil: 1_900_086_400 },
    ]);
    expect(started[0]?.actions[0]?.actionPolicies[0]?.initData).toBe('0x0000714104800000713fb300');
    const until = { chainIds: [1], contractAddress: token, validUntil: 1_800_000_000 };
    expect(policiesOf(buildTransferAction({ ...until, now: 1_750_000_000 }))).toEqual([
      { type: 'timeframe', validAfter: 1_750_000_000, validUntil: 1_800_000_000 },
    ]);
    expect(() => buildTransferAction(until)).toThrow(expect.objectContaining({ code: 'TIMEFRAME_START' }));
  });

  it.each([[[{ type: 'sudo' } as const]], [[]]])('refuses options beside the policies %o', (policies) => {
    expect(() => buildTransferAction({ ...allOptions, policies })).toThrow(
      expect.objectContaining({ code: 'POLICIES_AND_OPTIONS' }),
    );
  });
});

describe('custom actions', () => {
  const custom = (changes: Partial<Parameters<typeof buildCustomAction>[0]>) =>
    buildCustomAction({
      chainIds: [8453],
      contractAddress: counter,
      functionSignature: '0xe5071b8e',
      policies: [{ type: 'sudo' }],
      ...changes,
    });

  it('gives the known bytes when sudo is asked for', () => {
    const [{ actions }] = vectors['action/custom default policy'].expected as [
      (typeof vectors)['action/custom default policy']['expected'][number],
    ];
    const [action] = actions;
    expect(custom({})).toEqual([
      {
        chainId: 8453,
        actions: [
          {
            actionTarget: action?.actionTarget,
            actionTargetSelector: action?.actionTargetSelector,
            actionPolicies: action?.actionPolicies.map(({ policy, initData }) => ({ policy, initData })),
          },
        ],
      },
    ]);
  });

  it.each([
    ['a selector', '0xE5071B8E'],
    ['a signature', 'incrementCount()'],
    ['a signature with the keyword', 'function incrementCount()'],
    ['an ABI item', parseAbiItem('function incrementCount()')],
  ])('reads the function from %s', (_name, functionSignature) => {
    expect(custom({ functionSignature })[0]?.actions[0]?.actionTargetSelector).toBe('0xe5071b8e');
  });

  it('makes one action per distinct chain', () => {
    expect(custom({ chainIds: [10, 8453, 10] }).map(({ chainId }) => chainId)).toEqual([10, 8453]);
  });

  it.each([
    ['no policies', { policies: [] }, 'NO_POLICIES'],
    ['no chain', { chainIds: [] }, 'CHAIN_ID'],
    ['chain 0', { chainIds: [0] }, 'CHAIN_ID'],
    ['a chain beyond safe integers', { chainIds: [2 ** 53] }, 'CHAIN_ID'],
    ['three selector bytes', { functionSignature: '0xe5071b' }, 'SELECTOR'],
    ['no function at all', { functionSignature: 'not a function' }, 'FUNCTION_SIGNATURE'],
    [
      'the session module',
      { contractAddress: '0x00000000008bDABA73cD9815d79069c247Eb4bDA' },
      'ESCALATION_TARGET',
    ],
    [
      'the entry point',
      { contractAddress: '0x0000000071727De22E5E9d8BAf0edAc6f37da032' },
      'ESCALATION_TARGET',
    ],
    [
      'the fallback marker',
      { contractAddress: '0x0000000000000000000000000000000000000001' },
      'ESCALATION_TARGET',
    ],
    [
      'the zero address',
      { contractAddress: '0x0000000000000000000000000000000000000000' },
      'ESCALATION_TARGET',
    ],
    ['the validator', { contractAddress: '0x0000000031ef4155C978d48a8A7d4EDba03b04fE' }, 'ESCALATION_TARGET'],
    ['the same policy twice', { policies: [{ type: 'sudo' }, { type: 'sudo' }] }, 'POLICY_DUPLICATE'],
    ['rules in two policies', { policies: [ruleAt(0n), ruleAt(32n)] }, 'POLICY_DUPLICATE'],
    [
      'a spending limit on a permit',
      {
        functionSignature: '0xd505accf',
        policies: [{ type: 'spendingLimits', tokenLimits: [{ token: counter, limit: 1n }] }],
      },
      'POLICY_UNFIT',
    ],
    [
      'a spending limit for the token and another one',
      {
        functionSignature: 'transfer(address,uint256)',
        policies: [
          {
            type: 'spendingLimits',
            tokenLimits: [
              { token: counter, limit: 5n },
              { token, limit: 7n },
            ],
          },
        ],
      },
      'POLICY_UNFIT',
    ],
    [
      'a spending limit on a function it can not read',
      {
        functionSignature: 'mint(address,uint256)',
        policies: [{ type: 'spendingLimits', tokenLimits: [{ token: counter, limit: 1n }] }],
      },
      'POLICY_UNFIT',
    ],
    [
      'a spending limit for another token',
      {
        functionSignature: 'transfer(address,uint256)',
        policies: [{ type: 'spendingLimits', tokenLimits: [{ token, limit: 1n }] }],
      },
      'POLICY_UNFIT',
    ],
    [
      'argument rules on a native transfer',
      { functionSignature: '0xffffffff', policies: [ruleAt(0n)] },
      'POLICY_UNFIT',
    ],
    [
      'a rule on a pointer',
      { functionSignature: 'f(bytes,uint256)', policies: [ruleAt(0n)] },
      'RULE_ON_DYNAMIC_ARGUMENT',
    ],
    [
      'a rule behind the arguments',
      { functionSignature: 'f(uint256)', policies: [ruleAt(32n)] },
      'RULE_OUTSIDE_ARGUMENTS',
    ],
    [
      'an order on a signed number',
      { functionSignature: 'f(int256)', policies: [ruleAt(0n)] },
      'RULE_ON_SIGNED_ARGUMENT',
    ],
  ] as const)('refuses %s', (_name, changes, code) => {
    expect(() => custom(changes)).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a time frame that is over, a duration taken for a date among them', () => {
    const until = (validUntil: number) => ({
      policies: [{ type: 'timeframe', validAfter: 0, validUntil }] as const,
    });
    expect(() => custom({ ...until(31_536_000), now: 1_750_000_000 })).toThrow(
      expect.objectContaining({ code: 'TIMEFRAME_OVER' }),
    );
    expect(() => custom({ ...until(1_750_000_001), now: 1_750_000_000 })).not.toThrow();
    expect(() =>
      custom({ policies: [{ type: 'timeframe', validAfter: 5, validUntil: 0 }], now: 9 }),
    ).not.toThrow();
  });

  it('takes a limit on native coin for a native transfer', () => {
    const [action] = custom({
      functionSignature: '0xffffffff',
      policies: [{ type: 'valueLimit', limit: 5n }],
    });
    expect(action?.actions[0]?.actionTargetSelector).toBe('0xffffffff');
  });
});

describe('argument offsets', () => {
  it('count words, or the real heads where the function is known', () => {
    expect([calldataArgument(1), calldataArgument(2), calldataArgument(3)]).toEqual([0n, 32n, 64n]);
    const tuple = parseAbiItem('function f((address,uint256) p, address to)').inputs;
    expect(calldataArgument(2, tuple)).toBe(64n);
    const array = parseAbiItem('function g(uint256[3] a, address to)').inputs;
    expect(calldataArgument(2, array)).toBe(96n);
    const dynamic = parseAbiItem('function h((address,string) p, string[2] s, address to)').inputs;
    expect(calldataArgument(3, dynamic)).toBe(64n);
  });

  it.each([0, 1.5, -1])('refuse the position %s', (position) => {
    expect(() => calldataArgument(position)).toThrow(expect.objectContaining({ code: 'ARGUMENT_POSITION' }));
  });

  it('refuse a position that the function does not have', () => {
    const { inputs } = parseAbiItem('function f(uint256)');
    expect(() => calldataArgument(2, inputs)).toThrow(expect.objectContaining({ code: 'ARGUMENT_POSITION' }));
  });
});

describe('batches', () => {
  const on = (chainId: number) =>
    buildCustomAction({
      chainIds: [chainId],
      contractAddress: counter,
      functionSignature: asHex('0xe5071b8e'),
      policies: [{ type: 'sudo' }],
    });

  it('join the actions of one chain', () => {
    const [joined, ...others] = batchActions([...on(10), ...on(10)]);
    expect(joined).toMatchObject({ chainId: 10, actions: [{}, {}] });
    expect(others).toEqual([]);
  });

  it('refuse two chains, and fewer than two actions', () => {
    expect(() => batchActions([...on(10), ...on(8453)])).toThrow(
      expect.objectContaining({ code: 'BATCH_CHAINS' }),
    );
    expect(() => batchActions(on(10))).toThrow(expect.objectContaining({ code: 'BATCH_SIZE' }));
  });
});

function ruleAt(calldataOffset: bigint) {
  return {
    type: 'universal',
    valueLimitPerUse: 0n,
    rules: [
      {
        condition: 'lessThan',
        calldataOffset,
        comparisonValue: toWord(100n),
        isLimited: false,
        usage: { limit: 0n, used: 0n },
      },
    ],
  } as const;
}
