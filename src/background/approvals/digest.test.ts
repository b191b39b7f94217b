import { describe, expect, it } from 'vitest';
import { plan } from '../testing/records';
import { reviewDigest } from './digest';

const view = { id: 'p', origin: 'https://dapp.example', account: plan.account, expiresAt: 2_000 };

describe('the digest of a review', () => {
  it('is bound to everything that is shown', () => {
    const digest = reviewDigest({ view, plan });
    for (const [name, value] of Object.entries({
      id: 'q',
      origin: 'https://dapp.example.',
      account: plan.owner,
      expiresAt: 1,
    })) {
      expect(reviewDigest({ view: { ...view, [name]: value }, plan }), name).not.toBe(digest);
    }
    expect(reviewDigest({ view })).not.toBe(digest);
  });

  it('is bound to every part of the plan', () => {
    const digest = reviewDigest({ view, plan });
    const [permission] = plan.permissions;
    const session = permission && { ...permission.session, salt: `0x${'44'.repeat(32)}` as const };
    const others = [
      { ...plan, feeMax: plan.feeMax + 1n },
      { ...plan, feeBudget: plan.feeBudget + 1n },
      { ...plan, owner: plan.account },
      { ...plan, version: '2.0.0' },
      { ...plan, permissions: [{ ...permission, chainId: 10 }] },
      { ...plan, permissions: [{ ...permission, session }] },
    ];
    for (const other of others) expect(reviewDigest({ view, plan: other })).not.toBe(digest);
    expect(new Set(others.map((other) => reviewDigest({ view, plan: other }))).size).toBe(others.length);
  });
});
