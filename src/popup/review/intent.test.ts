import { describe, expect, it } from 'vitest';
import { sampleAction, sampleCall, samplePermission, sampleReview } from '../testing/reviewSamples';
import { prepareWish, revokeMeaning, revokeWish } from './intent';

const permissions = [samplePermission([sampleAction()])];
const instructions = [{ chainId: 1, chainName: 'x', calls: [sampleCall()] }];

describe('prepareWish', () => {
  it('speaks of acting later only when a permission is asked for', () => {
    expect(prepareWish(sampleReview({ permissions }))).toContain('without asking each time');
    expect(prepareWish(sampleReview({ permissions, instructions }))).toMatch(/now, and .*without asking/);
    expect(prepareWish(sampleReview({ instructions }))).toMatch(/once.*no permission/);
    expect(prepareWish(sampleReview())).toMatch(/set up your account.*no permission/);
  });
});

describe('the words of a removal', () => {
  it('tell who asked, and the whole from a part', () => {
    expect(revokeWish({ by: 'dapp', scope: 'permission' })).toBe('wants to give back its permission.');
    expect(revokeWish({ by: 'person', scope: 'action' })).toContain('as you asked');
    expect(revokeMeaning({ scope: 'permission' })).toContain('key is destroyed');
    expect(revokeMeaning({ scope: 'action' })).not.toContain('destroyed');
  });
});
