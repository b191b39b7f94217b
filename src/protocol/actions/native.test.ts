import { describe, expect, it } from 'vitest';
import { decodePolicy } from '../policies/registry';
import { buildNativeTransferAction } from './native';
import { buildTransferAction } from './transfer';

const friend = '0x000000000000000000000000000000000000dEaD';
const token = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const base = { chainIds: [1], recipientAddress: friend };
const policiesOf = (parameters: Parameters<typeof buildNativeTransferAction>[0]) =>
  buildNativeTransferAction(parameters)[0]?.actions[0]?.actionPolicies.map(decodePolicy);

describe('a plain transfer of native coin', () => {
  it('is filed under its recipient and the selector of calls without a function, on every chain', () => {
    const actions = buildNativeTransferAction({ ...base, chainIds: [1, 10, 1], valueLimit: 5n });
    expect(actions.map(({ chainId }) => chainId)).toEqual([1, 10]);
    expect(actions[0]?.actions).toMatchObject([{ actionTarget: friend, actionTargetSelector: '0xffffffff' }]);
  });

  it('is limited in all, by calls and in time', () => {
    expect(
      policiesOf({ ...base, valueLimit: 5n, usageLimit: 2n, validAfter: 0, validUntil: 1_900_000_000 }),
    ).toEqual([
      { type: 'valueLimit', limit: 5n },
      { type: 'usageLimit', limit: 2n },
      { type: 'timeframe', validAfter: 0, validUntil: 1_900_000_000 },
    ]);
    expect(policiesOf({ ...base, policies: [{ type: 'sudo' }] })).toEqual([{ type: 'sudo' }]);
  });

  it.each([
    ['without any limit', {}, 'NO_POLICIES'],
    ['with a limit of zero', { valueLimit: 0n }, 'VALUE_LIMIT_RANGE'],
    [
      'with limits and policies',
      { valueLimit: 1n, policies: [{ type: 'sudo' as const }] },
      'POLICIES_AND_OPTIONS',
    ],
    [
      'with rules over arguments that it does not have',
      { policies: [{ type: 'universal' as const, valueLimitPerUse: 1n, rules: [] }] },
      'UNIVERSAL_NO_RULES',
    ],
    ['to no address', { recipientAddress: '0x12', valueLimit: 1n }, 'INVALID_ADDRESS'],
    ['to the zero address', { recipientAddress: `0x${'0'.repeat(40)}`, valueLimit: 1n }, 'ESCALATION_TARGET'],
    ['in a time that is over', { valueLimit: 1n, validAfter: 0, validUntil: 5, now: 10 }, 'TIMEFRAME_OVER'],
  ])('is refused %s', (_name, changes, code) => {
    expect(() => buildNativeTransferAction({ ...base, ...changes })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('a time frame with one end', () => {
  const windowOf = (times: { validAfter?: number; validUntil?: number; now?: number }) =>
    buildTransferAction({
      chainIds: [1],
      contractAddress: token,
      ...times,
    })[0]?.actions[0]?.actionPolicies.map(decodePolicy)[0];

  it('gets the other in the open: what is encoded is what is shown', () => {
    expect(windowOf({ validAfter: 0, now: 1_900_000_000 })).toMatchObject({
      validAfter: 0,
      validUntil: 1_900_086_400,
    });
    expect(windowOf({ validAfter: 1_900_000_000, validUntil: 0 })).toMatchObject({ validUntil: 0 });
  });

  it('is refused where nothing tells the other', () => {
    expect(() => windowOf({ validAfter: 0 })).toThrow(expect.objectContaining({ code: 'TIMEFRAME_START' }));
  });
});
