import { describe, expect, it } from 'vitest';
import type { Policy } from '../../protocol/policies/policy';
import type { ReviewedAction, ReviewedPermission } from '../../rpc/popup/procedures';
import { lifetimeOf } from './lifetime';

const action = (policies: readonly Policy[], feeBudget = false): ReviewedAction => ({
  target: '0x1111111111111111111111111111111111111111',
  selector: '0x5b34b966',
  policies,
  feeBudget,
  dangers: [],
});

const permission = (...actions: ReviewedAction[]): ReviewedPermission => ({
  chainId: 8453,
  chainName: 'Base',
  permissionId: `0x${'11'.repeat(32)}`,
  redeemer: '0x2222222222222222222222222222222222222222',
  actions,
  steps: [],
});

const until = (validUntil: number): Policy => ({ type: 'timeframe', validAfter: 0, validUntil });

describe('lifetimeOf', () => {
  it('ends with the last action, over all chains', () => {
    expect(
      lifetimeOf([permission(action([until(200)])), permission(action([until(300), { type: 'sudo' }]))]),
    ).toEqual({
      kind: 'until',
      last: 300,
      first: 200,
    });
  });

  it('is open when one action has no end, however limited the others are', () => {
    const open = { kind: 'open', endless: 1, actions: 2 };
    expect(
      lifetimeOf([permission(action([until(200)]), action([{ type: 'usageLimit', limit: 3n }]))]),
    ).toEqual(open);
    expect(lifetimeOf([permission(action([until(200)]), action([until(0)]))])).toEqual(open);
  });

  it('takes the earliest of several windows on one action, since all must pass', () => {
    expect(lifetimeOf([permission(action([until(0), until(500), until(400)]))])).toMatchObject({ last: 400 });
  });

  it('leaves out the rule that pays fees', () => {
    expect(lifetimeOf([permission(action([until(200)]), action([{ type: 'sudo' }], true))])).toMatchObject({
      kind: 'until',
      last: 200,
    });
  });
});
