import { describe, expect, it } from 'vitest';
import type { ReviewedAction } from '../../rpc/popup/procedures';
import { dangersOf } from './dangers';
import { functionTitle } from './functionTitle';

const action: ReviewedAction = {
  target: '0x1111111111111111111111111111111111111111',
  selector: '0x5b34b966',
  policies: [],
  feeBudget: false,
  dangers: [],
};

describe('functionTitle', () => {
  it('says who named the function', () => {
    const named = { ...action, signature: { text: 'incrementCount()', source: 'dapp' as const } };
    expect(functionTitle(named)).toEqual({ name: 'incrementCount()', source: 'dapp' });
    expect(functionTitle(action)).toEqual({ name: 'Unknown function', source: 'unknown' });
  });

  it('cleans the claim', () => {
    const claim = { text: 'safe\u202E()evil', source: 'dapp' as const };
    expect(functionTitle({ ...action, signature: claim }).name).toBe('safe()evil');
    const invisible = { text: '\u200B', source: 'dapp' as const };
    expect(functionTitle({ ...action, signature: invisible }).source).toBe('unknown');
  });

  it('knows a transfer without calldata, whatever the site calls it', () => {
    const claim = { text: 'claimReward()', source: 'dapp' as const };
    expect(functionTitle({ ...action, selector: '0xffffffff', signature: claim }).source).toBe('native');
  });
});

describe('dangersOf', () => {
  it('puts high dangers first and says where they belong', () => {
    const permission = {
      chainId: 1,
      chainName: 'Ethereum',
      permissionId: `0x${'11'.repeat(32)}` as const,
      redeemer: action.target,
      steps: [],
      actions: [
        { ...action, dangers: [{ severity: 'warning' as const, text: 'No end date.' }] },
        { ...action, dangers: [{ severity: 'high' as const, text: 'No limits.' }] },
      ],
    };
    expect(dangersOf([permission])).toEqual([
      { severity: 'high', text: 'No limits.', place: 'Ethereum, Unknown function' },
      { severity: 'warning', text: 'No end date.', place: 'Ethereum, Unknown function' },
    ]);
  });
});
