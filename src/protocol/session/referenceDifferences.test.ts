import { addPaymentPolicyForActions, buildSessionAction } from '@biconomy/abstractjs';
import { describe, expect, it } from 'vitest';
import type { SessionAction } from '../actions/action';
import type { Erc20ActionParameters } from '../actions/erc20';
import { buildTransferAction } from '../actions/transfer';
import type { Policy } from '../policies/policy';
import { decodePolicy } from '../policies/registry';
import { asAction, type RecordedAction } from '../testing/vectors';
import { withFeeBudget } from './payment';

const token = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const other = '0x2093c05666E439c2a951052c3532F72ea0e1AB99';
const base = { chainIds: [8453], contractAddress: token } as const;
type Options = Partial<Erc20ActionParameters>;

const theirAction = (options: Options): RecordedAction => {
  const data = { ...base, ...options } as Parameters<typeof buildSessionAction>[0]['data'];
  const [group] = buildSessionAction({ type: 'transfer', data } as Parameters<typeof buildSessionAction>[0]);
  return group?.actions[0] ?? expect.unreachable();
};
const policiesOf = ({
  actionPolicies,
}: {
  actionPolicies: RecordedAction['actionPolicies'];
}): readonly Policy[] =>
  asAction({ actionTarget: token, actionTargetSelector: '0xa9059cbb', actionPolicies }).actionPolicies.map(
    decodePolicy,
  );
const sudo = [{ type: 'sudo' }];

describe('where the reference client grants everything, the request is refused', () => {
  it.each<[string, Options, string]>([
    [
      'a recipient with a wrong checksum',
      { recipientAddress: '0x833589fcD6eDb6E08f4c7C32D4f71b54bdA02913' },
      'INVALID_ADDRESS',
    ],
    ['a total of zero', { maxAmountLimit: 0n }, 'AMOUNT_RANGE'],
    ['an amount per call of zero', { amountLimitPerAction: 0n }, 'AMOUNT_RANGE'],
    ['zero calls', { usageLimit: 0n }, 'USAGE_LIMIT_RANGE'],
    ['an empty list of policies', { policies: [] }, 'NO_POLICIES'],
    ['nothing', {}, 'NO_POLICIES'],
  ])('for %s', (_name, options, code) => {
    expect(policiesOf(theirAction(options))).toEqual(sudo);
    expect(() => buildTransferAction({ ...base, ...options })).toThrow(expect.objectContaining({ code }));
  });
});

describe('where the reference client changes what was asked, the request is refused', () => {
  it('for a spending limit of another token', () => {
    const policies = [
      { type: 'spendingLimits' as const, tokenLimits: [{ token: other, limit: 5n }] },
    ] as const;
    expect(policiesOf(theirAction({ policies }))).toEqual([
      { type: 'spendingLimits', tokenLimits: [{ token, limit: 5n }] },
    ]);
    expect(() => buildTransferAction({ ...base, policies })).toThrow(
      expect.objectContaining({ code: 'POLICY_UNFIT' }),
    );
  });

  it('for policies beside limits, which it drops', () => {
    const options = { policies: [{ type: 'sudo' as const }], maxAmountLimit: 5n };
    expect(policiesOf(theirAction(options))).toEqual(sudo);
    expect(() => buildTransferAction({ ...base, ...options })).toThrow(
      expect.objectContaining({ code: 'POLICIES_AND_OPTIONS' }),
    );
  });
});

describe('a fee budget beside a transfer of the fee token', () => {
  const budget = 5n;
  const theirs = (group: SessionAction) => {
    const actions = group.actions.map(({ actionPolicies, ...action }) => ({
      ...action,
      actionPolicies: actionPolicies.map((policy) => ({ ...policy, address: policy.policy })),
    }));
    const feeToken = { address: token, chainId: 8453 } as const;
    const [merged] = addPaymentPolicyForActions([{ chainId: 8453, actions }], feeToken, budget);
    return merged?.actions.map(policiesOf) ?? [];
  };
  const asked = (options: Options) => buildTransferAction({ ...base, ...options })[0] ?? expect.unreachable();
  const ours = ({ actions }: SessionAction) =>
    withFeeBudget(actions, { token, maxPaymentAmount: budget }).actions.map(policiesOf);

  it('does not limit full access to the budget', () => {
    const group = asked({ policies: [{ type: 'sudo' }] });
    expect(theirs(group)).toMatchObject([sudo, [{ type: 'universal' }]]);
    expect(ours(group)).toEqual([sudo]);
  });

  it('writes no total where none is counted', () => {
    const group = asked({ amountLimitPerAction: 10n });
    expect(theirs(group)[0]?.[0]).toMatchObject({ rules: [{ isLimited: false, usage: { limit: budget } }] });
    expect(ours(group)[0]?.[0]).toMatchObject({ rules: [{ isLimited: false, usage: { limit: 0n } }] });
  });

  it('does not overflow', () => {
    const group = asked({ maxAmountLimit: 2n ** 256n - 1n });
    expect(() => theirs(group)).toThrow();
    expect(() => ours(group)).not.toThrow();
  });
});
