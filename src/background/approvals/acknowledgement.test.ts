import { describe, expect, it } from 'vitest';
import type { PrepareReview } from '../../rpc/popup/review';
import type { Danger } from '../../rpc/popup/reviewParts';
import { account, counter, increment } from '../testing/records';
import { assertAcknowledged } from './acknowledgement';

const danger = (code: string, acknowledge: boolean): Danger => ({
  code,
  severity: 'high',
  text: code,
  acknowledge,
});

const review: PrepareReview = {
  ...{ id: 'p', kind: 'prepare', origin: 'https://dapp.example', account, digest: '0x' },
  ...{ createdAt: 1, expiresAt: 2, quoteType: 'simple', batched: true, bounds: {} },
  ...{ chains: [], cleanUps: [], delegations: [], exposure: [] },
  dangers: [danger('WHOLE', true)],
  permissions: [
    {
      ...{ chainId: 1, chainName: 'One', permissionId: '0x', redeemer: account, steps: [] },
      actions: [
        {
          ...{ target: counter, selector: increment, policies: [], feeBudget: false, widened: [] },
          state: 'enabled',
          dangers: [danger('ACTION', true), danger('NOTE', false)],
        },
      ],
    },
  ],
  instructions: [
    {
      chainId: 1,
      chainName: 'One',
      calls: [
        {
          ...{ target: counter, value: 0n, selector: increment, data: increment, pieces: [] },
          dangers: [danger('CALL', true)],
        },
      ],
    },
  ],
};

describe('an approval', () => {
  it('names every danger that wants a yes, wherever it stands, and no other', () => {
    expect(() => assertAcknowledged(review, ['WHOLE', 'ACTION', 'CALL'])).not.toThrow();
    expect(() => assertAcknowledged(review, ['WHOLE', 'OTHER'])).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          reason: 'NOT_ACKNOWLEDGED',
          details: { codes: ['ACTION', 'CALL'] },
        }),
      }),
    );
  });

  it('of a review without dangers needs nothing', () => {
    expect(() => assertAcknowledged(undefined, [])).not.toThrow();
    const safe = { ...review, dangers: [], permissions: [], instructions: [] };
    expect(() => assertAcknowledged(safe, [])).not.toThrow();
  });
});
