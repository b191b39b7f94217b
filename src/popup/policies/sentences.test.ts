import { describe, expect, it } from 'vitest';
import type { UniversalRule } from '../../protocol/policies/policy';
import type { Sentence } from '../../protocol/policies/sentence';
import { sudoSentences, usageLimitSentences, valueLimitSentences } from './countSentences';
import type { PolicyContext } from './policyContext';
import { spendingLimitsSentences } from './spendingLimitsSentences';
import { farthestEnd, timeframeSentences } from './timeframeSentences';
import { universalSentences } from './universalSentences';

const token = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913';
const someone = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const now = 1_795_611_900;

const context: PolicyContext = {
  target: token,
  selector: '0xa9059cbb',
  signature: undefined,
  unit: { symbol: 'USDC', decimals: 6 },
  nativeSymbol: 'ETH',
  now,
};

const shown = (sentences: readonly Sentence[]): string[] =>
  sentences.map(({ severity, text }) => (severity === 'info' ? text : `${severity}: ${text}`));

const rule = (over: Partial<Omit<UniversalRule, 'comparisonValue'>> & { value: bigint }): UniversalRule => ({
  condition: over.condition ?? 'equal',
  calldataOffset: over.calldataOffset ?? 0n,
  comparisonValue: `0x${(over.value < 0n ? over.value + 2n ** 256n : over.value).toString(16).padStart(64, '0')}`,
  isLimited: over.isLimited ?? false,
  usage: over.usage ?? { limit: 0n, used: 0n },
});

const universal = (
  rules: readonly UniversalRule[],
  over: Partial<PolicyContext> = {},
  valueLimitPerUse = 0n,
) => shown(universalSentences({ type: 'universal', valueLimitPerUse, rules }, { ...context, ...over }));

const noValue = 'May not send ETH with a call.';

describe('usage limit', () => {
  it('counts calls', () => {
    expect(shown(usageLimitSentences({ type: 'usageLimit', limit: 3n }))[0]).toBe(
      'May be called 3 times in total.',
    );
    expect(shown(usageLimitSentences({ type: 'usageLimit', limit: 1n }))[0]).toBe(
      'May be called once in total.',
    );
  });

  it('calls an endless count a danger', () => {
    expect(shown(usageLimitSentences({ type: 'usageLimit', limit: 2n ** 128n - 1n }))).toEqual([
      expect.stringMatching(/^danger: .*as often as the site wants/),
    ]);
  });
});

describe('timeframe', () => {
  const window = (validAfter: number, validUntil: number) =>
    shown(timeframeSentences({ type: 'timeframe', validAfter, validUntil }, now));

  it('names both ends', () => {
    expect(window(0, now + 3600)).toEqual([
      'From the moment it is enabled.',
      'Until 2026-11-25 14:05:00 UTC, in 1 hour.',
    ]);
    expect(window(now + 86_400, now + 90_000)[0]).toBe('From 2026-11-26 13:05:00 UTC, in 1 day.');
    expect(window(now - 5, now + 3600)[0]).toBe('From 2026-11-25 13:04:55 UTC, already open.');
  });

  it('calls a missing end a danger, also one that nobody lives to see', () => {
    expect(window(now, 0)[1]).toBe('danger: No end date. It stays open until it is removed.');
    expect(window(0, now + farthestEnd + 1)[1]).toMatch(/^danger: In practice no end date/);
    expect(window(0, 2 ** 48 - 1)[1]).toMatch(/^danger: /);
  });

  it('says when a window is over or can never be used', () => {
    expect(window(0, now - 1)[1]).toMatch(/^warning: Already over/);
    expect(window(now + 20, now + 10)[2]).toMatch(/never be used/);
    expect(window(0, 0)).toEqual([expect.stringMatching(/^danger: .*refuses every call/)]);
  });
});

describe('universal', () => {
  it('reads the arguments of a token function', () => {
    expect(
      universal([
        rule({ value: BigInt(someone) }),
        rule({
          condition: 'lessThanOrEqual',
          calldataOffset: 32n,
          value: 2_500_000n,
          isLimited: true,
          usage: { limit: 10_000_000n, used: 0n },
        }),
      ]),
    ).toEqual([
      `Argument 1, address (offset 0) must be exactly ${someone}.`,
      `Argument 2, uint256 (offset 32) must be at most 2500000 units of ${token}.`,
      `All calls together: at most 10000000 units of ${token}.`,
      noValue,
    ]);
  });

  it('leaves amounts to the token’s unit only where the function takes an amount', () => {
    const policy = { type: 'universal', valueLimitPerUse: 0n, rules: [rule({ value: 5n })] } as const;
    const parts = universalSentences(policy, {
      ...context,
      selector: '0x12345678',
      signature: 'f(uint256)',
    })[0]?.parts;
    expect(parts).toContain('5');
  });

  it('reads a known function by its selector, whatever it is called', () => {
    for (const signature of ['transfer', 'harmless(bytes32,bytes32)']) {
      expect(universal([rule({ value: BigInt(someone) })], { signature })[0]).toContain(
        'Argument 1, address',
      );
    }
  });

  it('names the field that an offset really hits', () => {
    const other = { selector: '0x12345678', signature: 'f((address,uint256),address)' } as const;
    expect(universal([rule({ calldataOffset: 32n, value: 7n })], other)[0]).toBe(
      'Argument 1.2, uint256 (offset 32) must be exactly 7.',
    );
    expect(universal([rule({ calldataOffset: 64n, value: BigInt(someone) })], other)[0]).toContain(
      'Argument 2, address',
    );
  });

  it('shows raw words when nothing is known of the function', () => {
    const unknown = { selector: '0x12345678' } as const;
    expect(universal([rule({ calldataOffset: 64n, value: 7n })], unknown)[0]).toBe(
      'Word 3 of the arguments (offset 64) must be exactly 7 (0x7).',
    );
    expect(universal([rule({ calldataOffset: 33n, value: 7n })], unknown)[0]).toContain('across two words');
    expect(universal([rule({ value: 2n ** 255n })], unknown)[0]).toContain(`0x8${'0'.repeat(63)}`);
  });

  it('shows both ends of a range', () => {
    const range = rule({ condition: 'inRange', value: (5n << 128n) | 99n });
    expect(universal([range], { selector: '0x12345678', signature: 'f(uint64)' })[0]).toBe(
      'Argument 1, uint64 (offset 0) must be from 5 to 99.',
    );
  });

  it('warns where a rule means less than it seems', () => {
    const on = (signature: string, over: Parameters<typeof rule>[0]) =>
      universal([rule(over)], { selector: '0x12345678', signature }).join('\n');
    expect(on('f(int256)', { condition: 'greaterThan', value: 0n })).toContain(
      'warning: The contract compares without a sign',
    );
    expect(on('f(int256)', { value: -1n })).toContain('must be exactly -1.');
    expect(on('f(bytes)', { value: 32n })).toContain('warning: This argument has no fixed size');
    expect(on('f(address)', { condition: 'notEqual', value: 1n })).toMatch(/^warning: /);
    expect(on('f(uint256)', { condition: 'lessThan', value: 2n ** 256n - 1n })).toContain(
      'danger: A ceiling this high',
    );
    expect(on('f(address)', { value: 2n ** 200n })).toContain('(not an address)');
    expect(on('f(bool)', { value: 2n })).toContain('(neither true nor false)');
  });

  it('shows what counts as used from the start', () => {
    const started = rule({ calldataOffset: 32n, value: 9n, isLimited: true, usage: { limit: 9n, used: 4n } });
    expect(universal([started])[2]).toContain('notice: Of this, 4 units');
  });

  it('says what a call may send, and that an empty policy refuses all', () => {
    expect(universal([rule({ value: 1n })], {}, 1n).at(-1)).toBe(
      'notice: Each call may send up to 0.000000000000000001 of the native coin.',
    );
    expect(universal([])[0]).toMatch(/^warning: No rule is set/);
  });
});

describe('spending limits', () => {
  const limits = (...tokenLimits: { token: typeof token | typeof someone; limit: bigint }[]) =>
    shown(spendingLimitsSentences({ type: 'spendingLimits', tokenLimits }, context));

  it('limits the token that the action calls', () => {
    expect(limits({ token, limit: 10n })).toEqual([
      `May move or approve at most 10 units of ${token} in total.`,
    ]);
  });

  it('says that limits of other tokens do nothing here', () => {
    const [first, second] = limits({ token: someone, limit: 10n });
    expect(first).toContain('no effect here');
    expect(second).toMatch(/^warning: No limit names this contract/);
  });

  it('calls an unlimited amount a danger', () => {
    expect(limits({ token, limit: 2n ** 256n - 2n })[0]).toMatch(/^danger: /);
  });

  it('says that it can’t read other functions', () => {
    const policy = { type: 'spendingLimits', tokenLimits: [{ token, limit: 1n }] } as const;
    expect(shown(spendingLimitsSentences(policy, { ...context, selector: '0x12345678' }))[1]).toMatch(
      /^warning: /,
    );
  });
});

describe('value limit and sudo', () => {
  it('limits the coin in total', () => {
    expect(shown(valueLimitSentences({ type: 'valueLimit', limit: 10n ** 17n }, context))).toEqual([
      'All calls together may send at most 0.1 of the native coin.',
    ]);
    expect(shown(valueLimitSentences({ type: 'valueLimit', limit: 2n ** 255n }, context))).toEqual([
      'danger: May send ETH without a limit.',
    ]);
  });

  it('is loud about sudo', () => {
    expect(shown(sudoSentences({ type: 'sudo' }, context))).toEqual([
      'danger: The site may call this function with any arguments, as often as it wants, and send any amount of ETH with it.',
    ]);
    expect(shown(sudoSentences({ type: 'sudo' }, { ...context, selector: '0xffffffff' }))[0]).toContain(
      'to this address',
    );
  });
});
