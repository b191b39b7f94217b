import { describe, expect, it } from 'vitest';
import type { UsageView } from '../../rpc/popup/procedures';
import { sampleAction, samplePermission, token } from '../testing/reviewSamples';
import { usageRows } from './usageRows';
import { limitName, usageText } from './usageText';

const count = sampleAction({
  signature: { text: 'increment()', source: 'known' },
  policies: [{ type: 'usageLimit', limit: 3n }],
});
const spend = sampleAction({
  target: token,
  selector: '0xa9059cbb',
  token: { symbol: 'USDC', decimals: 6 },
  policies: [{ type: 'spendingLimits', tokenLimits: [{ token, limit: 10_000_000n }] }],
});
const permission = samplePermission([count, spend]);
const { chainId, permissionId } = permission;

const grant = { permissions: [permission], usage: [{ chainId, permissionId, used: [1n, 0n] }] };

const usage = (
  enabled: boolean | undefined,
  over: Partial<UsageView['permissions'][number]> = {},
): UsageView => ({
  grantId: 'g',
  readAt: 1,
  permissions: [
    {
      chainId,
      permissionId,
      enabled,
      limits: [
        {
          actionTarget: count.target,
          actionTargetSelector: count.selector,
          policy: 'usageLimit',
          limit: 3n,
          used: 2n,
          remaining: 1n,
          feeBudget: false,
        },
        {
          actionTarget: token,
          actionTargetSelector: '0xa9059cbb',
          policy: 'spendingLimits',
          token,
          limit: 10_000_000n,
          used: 1_500_000n,
          remaining: 8_500_000n,
          feeBudget: false,
        },
      ],
      ...over,
    },
  ],
});

const texts = (read: UsageView | undefined) =>
  usageRows(grant, read).flatMap(({ source, rows }) =>
    rows.map((row) => `${source}: ${row.name}, ${limitName(row)}, ${usageText(row, 'ETH')}`),
  );

describe('usageRows', () => {
  it('shows what the chain has, in the unit of each limit', () => {
    expect(texts(usage(true))).toEqual([
      'read: increment(), Calls, 2 of 3 calls used, 1 left',
      'read: Unknown function, Spent or approved, 1.5 of 10 USDC used, 8.5 left',
    ]);
  });

  it('reads a fee budget in the unit of its own rule, beside a function of the site with the same name', () => {
    const rule = {
      condition: 'lessThanOrEqual',
      calldataOffset: 32n,
      comparisonValue: `0x${'00'.repeat(32)}`,
      isLimited: true,
      usage: { limit: 5_000_000n, used: 0n },
    } as const;
    const fees = {
      ...spend,
      feeBudget: true,
      policies: [{ type: 'universal', valueLimitPerUse: 0n, rules: [rule] }] as const,
    };
    const limits = [
      {
        actionTarget: token,
        actionTargetSelector: spend.selector,
        policy: 'universal',
        rule: 0,
        limit: 5_000_000n,
        used: 500_000n,
        remaining: 4_500_000n,
        feeBudget: true,
      },
    ] as const;
    const both = { ...grant, permissions: [samplePermission([spend, fees])] };
    const row = usageRows(both, usage(true, { limits }))[0]?.rows[0];
    expect(row && `${limitName(row)}: ${usageText(row, 'ETH')}`).toBe('Fees: 0.5 of 5 USDC used, 4.5 left');
  });

  it('shows its own count of calls as long as the chain was not read', () => {
    const own = ['counted: increment(), Calls, 1 of 3 calls used, 2 left'];
    expect(texts(undefined)).toEqual(own);
    expect(texts(usage(undefined))).toEqual(own);
  });

  it('shows no numbers where the chain does not hold the permission', () => {
    expect(usageRows(grant, usage(false))).toMatchObject([{ source: 'absent', rows: [] }]);
  });

  it('never takes the numbers of the same permission on another chain', () => {
    expect(texts(usage(true, { chainId: 10 }))[0]).toMatch(/^counted: /);
  });

  it('leaves out a limit of something that is not in the grant', () => {
    const limits =
      usage(true).permissions[0]?.limits.map((limit) => ({ ...limit, actionTarget: token })) ?? [];
    expect(texts(usage(true, { limits }))).toHaveLength(1);
  });
});

describe('usageText', () => {
  it('says that there is no limit in place of a number that is none', () => {
    const row = { measure: { kind: 'native' }, limit: 2n ** 255n, used: 10n ** 17n, remaining: 0n } as const;
    expect(usageText(row, 'ETH')).toBe('0.1 ETH used, no limit');
  });
});
