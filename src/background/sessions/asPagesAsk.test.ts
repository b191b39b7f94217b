import { safeParse } from 'valibot';
import { concatHex, type Hex, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { policyAddresses } from '../../protocol/constants/addresses';
import { encodePolicy } from '../../protocol/policies/registry';
import { toWord } from '../../protocol/word';
import { prepareParamsSchema } from '../../rpc/dapp/prepareParams';
import { toRpcError } from '../errors/toRpcError';
import { checkPrepare } from './checkPrepare';

const usdc = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913';
const weth = '0x4200000000000000000000000000000000000006';
const transfer = '0xa9059cbb';
const approve = '0x095ea7b3';
const now = 1_750_000_000;
const moment = { now, latest: now };

type RawPolicy = { policy: string; initData: string };
type RawAction = { actionTarget: string; actionTargetSelector: string; actionPolicies: readonly RawPolicy[] };

const upTo = (limit: bigint) => [encodePolicy({ type: 'usageLimit', limit })];
const entry = (target: string, selector: string, policies: readonly RawPolicy[] = upTo(1n)): RawAction => ({
  actionTarget: target,
  actionTargetSelector: selector,
  actionPolicies: policies,
});

/** What becomes of a page's request: the refusal, or the actions per chain. */
const ask = (actions: readonly { chainId: unknown; actions: readonly RawAction[] }[]) => {
  const feeToken = { address: usdc, chainId: 8453 };
  const parsed = safeParse(prepareParamsSchema, [{ requestId: 'r', enableSession: { actions }, feeToken }]);
  if (!parsed.success) return 'malformed';
  try {
    return checkPrepare(parsed.output[0], moment);
  } catch (error) {
    const { code, message, data } = toRpcError(error).toJSON();
    return { code, message, reason: data?.reason };
  }
};
const askOnBase = (...actions: readonly RawAction[]) => ask([{ chainId: 8453, actions }]);
const withPolicy = (policy: RawPolicy) => askOnBase(entry(usdc, transfer, [policy]));

/** Init data of a universal policy, word by word: value limit, number of rules, then six words a rule. */
const rules = (...words: readonly bigint[]): RawPolicy => ({
  policy: policyAddresses.universal,
  initData: concatHex(Array.from({ length: 98 }, (_item, index) => toWord(words[index] ?? 0n))),
});
const window = (validUntil: number, validAfter: number): RawPolicy => ({
  policy: policyAddresses.timeframe,
  initData: concatHex([validUntil, validAfter].map((time): Hex => numberToHex(time, { size: 6 }))),
});

describe('a function of a contract that is asked for twice', () => {
  it.each([
    [usdc, transfer],
    [usdc.toLowerCase(), '0xA9059CBB'],
    [`0x${usdc.slice(2).toUpperCase()}`, transfer],
  ])('is refused when the second is written %s %s', (target, selector) => {
    const twice = askOnBase(entry(usdc, transfer, upTo(1n)), entry(target, selector, upTo(2n)));
    expect(twice).toMatchObject({ code: -32602, reason: 'DUPLICATE_ACTION' });
    expect(twice).toMatchObject({ message: expect.stringContaining(usdc) });
    expect(twice).toMatchObject({ message: expect.stringContaining(transfer) });
  });

  it('is refused when the chain is written in two ways', () => {
    for (const chainId of [8453, '8453', '0x2105', '0x02105']) {
      const both = [8453, chainId].map((id) => ({ chainId: id, actions: [entry(usdc, transfer)] }));
      expect(ask(both)).toMatchObject({ reason: 'DUPLICATE_ACTION' });
    }
  });

  it('is another one on another contract or chain, as is another function of the same contract', () => {
    const actions = [entry(usdc, transfer), entry(weth, transfer), entry(usdc, approve)];
    expect(ask([{ chainId: 8453, actions }])).toHaveLength(1);
    expect(ask([8453, '0xa'].map((chainId) => ({ chainId, actions })))).toHaveLength(2);
  });
});

describe('policies as bytes of a page', () => {
  it.each<[string, RawPolicy, string]>([
    ['no rule', rules(0n, 0n), 'UNIVERSAL_NO_RULES'],
    ['an offset of half a word', rules(0n, 1n, 0n, 16n, 0n, 5n), 'UNIVERSAL_OFFSET'],
    ['an offset one byte off', rules(0n, 1n, 0n, 33n, 0n, 5n), 'UNIVERSAL_OFFSET'],
    ['a window of nothing', window(0, 0), 'TIMEFRAME_EMPTY'],
    ['an end before the start', window(1_900_000_000, 1_900_000_001), 'TIMEFRAME_REVERSED'],
    ['an end at the start', window(1_900_000_000, 1_900_000_000), 'TIMEFRAME_REVERSED'],
    ['a year in seconds as the end', window(31_536_000, 0), 'TIMEFRAME_OVER'],
    ['milliseconds as the end', window(1_900_000_000_000, 0), 'TIMEFRAME_MILLISECONDS'],
  ])('with %s are refused before anybody is asked', (_name, policy, reason) => {
    expect(withPolicy(policy)).toMatchObject({ code: -32602, reason });
  });

  it.each<[string, RawPolicy]>([
    ['a window without a start', window(1_800_000_000, 0)],
    ['a window without an end', window(0, 1_700_000_000)],
    ['the last time', window(2 ** 48 - 1, 0)],
    ['a rule on the first argument', rules(0n, 1n, 0n, 0n, 0n, 5n)],
  ])('with %s are taken', (_name, policy) => {
    expect(withPolicy(policy)).toHaveLength(1);
  });

  it('of one contract come once per function', () => {
    const recipient = rules(0n, 1n, 0n, 0n, 0n, 0x11n);
    const amount = rules(0n, 1n, 4n, 32n, 0n, 10_000_000n);
    expect(askOnBase(entry(usdc, transfer, [recipient, amount]))).toMatchObject({
      code: -32602,
      reason: 'POLICY_DUPLICATE',
    });
  });

  it('are never left out', () => {
    expect(askOnBase(entry(usdc, approve, []))).toBe('malformed');
    const { actionPolicies: _none, ...bare } = entry(usdc, transfer);
    expect(ask([{ chainId: 8453, actions: [bare as RawAction] }])).toBe('malformed');
  });
});
