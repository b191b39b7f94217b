import { describe, expect, it } from 'vitest';
import type { GrantView, ReviewedAction } from '../../rpc/popup/procedures';
import { sampleAction, samplePermission } from '../testing/reviewSamples';
import { grantSize, grantStatus } from './grantSummary';

const action = (state: ReviewedAction['state'] = 'enabled') => sampleAction({ state });
const fees = sampleAction({ feeBudget: true, state: 'notEnabled' });
const permission = (chainId: number, ...actions: ReviewedAction[]) => samplePermission(actions, { chainId });

const status = (
  state: GrantView['state'],
  actions: readonly ReviewedAction[],
  end: number | undefined = undefined,
) => grantStatus({ state, permissions: [samplePermission(actions)] }, end, 100);

describe('grantSize', () => {
  it('counts what the site can use', () => {
    expect(grantSize({ permissions: [permission(1, action(), fees)] })).toBe('1 function on 1 chain');
    expect(grantSize({ permissions: [permission(1, action()), permission(10, action())] })).toBe(
      '2 functions on 2 chains',
    );
  });
});

describe('grantStatus', () => {
  it('does not call a grant enabled after its end', () => {
    expect(status('enabled', [action()], 100).text).toBe('enabled');
    expect(status('enabled', [action()], 99).text).toBe('over');
    expect(status('enabled', [action()]).text).toBe('enabled');
  });

  it('counts what works of a grant that works in part', () => {
    const part = [action(), action('notEnabled'), action()];
    expect(status('enabled', part)).toEqual({ text: '2 of 3 enabled', tone: 'warning' });
    expect(status('failed', part).text).toBe('2 of 3 enabled');
    expect(status('enabled', [action(), action('revoked')])).toEqual({
      text: '1 of 2 enabled',
      tone: 'good',
    });
  });

  it('does not count the rule that pays fees', () => {
    expect(status('enabled', [action(), fees]).text).toBe('enabled');
  });

  it('tells what has ended here from what has ended on chain', () => {
    expect(status('failed', [action('notEnabled')]).tone).toBe('danger');
    expect(status('revoking', [action()]).text).toContain('still on chain');
    expect(status('revoked', [action('revoked')]).text).toBe('removed');
  });
});
