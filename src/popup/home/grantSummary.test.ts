import { describe, expect, it } from 'vitest';
import type { ReviewedAction, ReviewedPermission } from '../../rpc/popup/procedures';
import { grantSize, grantStatus, usedOf } from './grantSummary';

const action = (feeBudget: boolean): ReviewedAction => ({
  target: '0x1111111111111111111111111111111111111111',
  selector: '0x5b34b966',
  policies: [],
  feeBudget,
  dangers: [],
});

const permission = (chainId: number, ...actions: ReviewedAction[]): ReviewedPermission => ({
  chainId,
  chainName: 'x',
  permissionId: `0x${'11'.repeat(32)}`,
  redeemer: '0x2222222222222222222222222222222222222222',
  actions,
  steps: [],
});

describe('grantSize', () => {
  it('counts what the site can use', () => {
    expect(grantSize({ permissions: [permission(1, action(false), action(true))] })).toBe(
      '1 function on 1 chain',
    );
    expect(grantSize({ permissions: [permission(1, action(false)), permission(10, action(false))] })).toBe(
      '2 functions on 2 chains',
    );
  });
});

describe('grantStatus', () => {
  it('does not call a grant enabled after its end', () => {
    expect(grantStatus('enabled', 100, 100).text).toBe('enabled');
    expect(grantStatus('enabled', 100, 101).text).toBe('over');
    expect(grantStatus('enabled', undefined, 101).text).toBe('enabled');
    expect(grantStatus('failed', undefined, 1).tone).toBe('danger');
  });
});

describe('usedOf', () => {
  it('never takes the numbers of the same permission on another chain', () => {
    const usage = [{ chainId: 10, permissionId: `0x${'11'.repeat(32)}` as const, used: [2n] }];
    expect(usedOf({ usage }, permission(10))).toEqual([2n]);
    expect(usedOf({ usage }, permission(1))).toBeUndefined();
  });
});
