import { describe, expect, it } from 'vitest';
import type { Policy } from '../../protocol/policies/policy';
import { sampleAction, samplePermission } from '../testing/reviewSamples';
import { lifetimeOf } from './lifetime';

const action = (policies: readonly Policy[], feeBudget = false) => sampleAction({ policies, feeBudget });
const permission = (...actions: ReturnType<typeof sampleAction>[]) => samplePermission(actions);

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

  it('leaves out a function that was stopped', () => {
    const stopped = sampleAction({ policies: [until(900)], state: 'revoked' });
    expect(lifetimeOf([permission(action([until(200)]), stopped)])).toMatchObject({ last: 200 });
  });
});
