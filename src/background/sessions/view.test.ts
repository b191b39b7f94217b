import { describe, expect, it } from 'vitest';
import { encodePolicy } from '../../protocol/policies/registry';
import { account, counter, increment, plan, token } from '../testing/records';
import { emptyTokenBook } from './tokenBook';
import { reviewPermission, viewPermission } from './view';

const [permission] = plan.permissions;
if (!permission) throw new RangeError('The plan has no permission.');
const chainName = (chainId: number) => `chain ${chainId}`;
const context = { account, tokens: emptyTokenBook, chainName };

describe('what is shown of a permission', () => {
  it('is what the session holds', () => {
    expect(reviewPermission(permission, context)).toMatchObject({
      chainId: 8453,
      chainName: 'chain 8453',
      permissionId: permission.permissionId,
      redeemer: plan.redeemer,
      steps: ['deployAccount', 'installSmartSessions', 'enablePermission'],
      actions: [
        {
          target: counter,
          selector: increment,
          signature: { text: 'incrementCount()', source: 'dapp' },
          policies: [{ type: 'usageLimit', limit: 3n }],
          feeBudget: false,
          dangers: [
            {
              code: 'NO_EXPIRY',
              severity: 'high',
              text: expect.stringMatching(/end/),
              acknowledge: true,
            },
          ],
          widened: [],
          state: 'enabled',
        },
        {
          target: token,
          signature: { text: expect.stringMatching(/^transfer\(/), source: 'known' },
          feeBudget: true,
          dangers: [],
        },
      ],
    });
  });

  it('follows the session, not what was asked for', () => {
    const [first, ...rest] = permission.session.actions;
    if (!first) throw new RangeError('The session has no action.');
    const actions = [{ ...first, actionPolicies: [encodePolicy({ type: 'sudo' })] }, ...rest];
    const view = reviewPermission({ ...permission, session: { ...permission.session, actions } }, context);
    expect(view.actions[0]?.policies).toEqual([{ type: 'sudo' }]);
    expect(view.actions[0]?.dangers.filter(({ severity }) => severity === 'high')).toHaveLength(2);
  });

  it('that was approved is all that can be read of it, and never an error', () => {
    const [first, ...rest] = permission.session.actions;
    if (!first) throw new RangeError('The session has no action.');
    const moved = { policy: counter, initData: '0x12' } as const;
    const actions = [{ ...first, actionPolicies: [moved, ...first.actionPolicies] }, ...rest];
    const stored = { ...permission, session: { ...permission.session, actions } };
    const view = viewPermission(stored, context);
    expect(view.permissionId).toBe(permission.permissionId);
    expect(view.actions[0]?.policies).toEqual([{ type: 'usageLimit', limit: 3n }]);
    expect(view.actions[0]?.dangers.map(({ code }) => code)).toContain('UNKNOWN_POLICY');
    expect(() => reviewPermission(stored, context)).toThrow(
      expect.objectContaining({ code: -32602, data: expect.objectContaining({ reason: 'UNKNOWN_POLICY' }) }),
    );
  });

  it('is refused when the permission id is of another session', () => {
    const salt = `0x${'55'.repeat(32)}` as const;
    const other = { ...permission, session: { ...permission.session, salt } };
    expect(() => reviewPermission(other, context)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ reason: 'SESSION_UNREADABLE' }) }),
    );
  });

  it('leaves out the steps that are done, and adds what tokens say of themselves', () => {
    const tokens = {
      of: (_chainId: number, address: string) =>
        address === token ? { symbol: 'USDC', decimals: 6 } : undefined,
    };
    const view = reviewPermission(
      { ...permission, deployAccount: false, installModule: false },
      { ...context, tokens },
    );
    expect(view.steps).toEqual(['enablePermission']);
    expect(view.actions.map((action) => action.token)).toEqual([undefined, { symbol: 'USDC', decimals: 6 }]);
  });
});
