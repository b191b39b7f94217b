import { type Address, toFunctionSelector, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  entryPointAddress,
  fallbackTargetAddress,
  policyAddresses,
  smartSessionAddress,
} from '../../protocol/constants/addresses';
import { validatorAddresses } from '../../protocol/constants/versions';
import { encodePolicy } from '../../protocol/policies/registry';
import type { RequestedAction } from '../../rpc/dapp/actions';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import { toRpcError } from '../errors/toRpcError';
import { counter, increment, prepareParams, token } from '../testing/records';
import { chainsOfPrepare, checkPrepare } from './checkPrepare';

type Action = RequestedAction;

const now = 1_000_000;
const moment = { now, latest: now };
const tank = { address: token, token, chainId: 8453 };
const most = { useMaxAvailableFunds: false };
const action = (change: Partial<Action> = {}): Action => ({
  actionTarget: counter,
  actionTargetSelector: increment,
  actionPolicies: [encodePolicy({ type: 'usageLimit', limit: 3n })],
  ...change,
});
const asking = (...actions: readonly Action[]) =>
  prepareParams({
    enableSession: { batchActions: true, actions: [{ chainId: 8453, actions: [...actions] }] },
  });

const refusalOf = (params: PrepareParams) => {
  try {
    checkPrepare(params, moment);
  } catch (error) {
    return toRpcError(error).toJSON();
  }
  return undefined;
};

describe('what a PREPARE asks for', () => {
  it('is joined per chain, with the claims of the dapp beside it', () => {
    const other = action({
      actionTarget: token,
      actionTargetSelector: toFunctionSelector('approve(address,uint256)'),
    });
    const params = prepareParams({
      enableSession: {
        batchActions: true,
        actions: [
          { chainId: 8453, actions: [action({ signature: 'incrementCount()' })] },
          { chainId: 10, actions: [action()] },
          { chainId: 8453, actions: [other] },
        ],
      },
    });
    const asked = checkPrepare(params, moment);
    expect(asked.map(({ chainId, signatures }) => ({ chainId, signatures }))).toEqual([
      { chainId: 8453, signatures: ['incrementCount()', null] },
      { chainId: 10, signatures: [null] },
    ]);
    expect(asked[0]?.actions.map(({ actionTarget }) => actionTarget)).toEqual([counter, token]);
    expect(asked[0]?.actions[0]).not.toHaveProperty('signature');
  });

  it('may not name a function twice, in one entry or in two of one chain', () => {
    const twice = prepareParams({
      enableSession: {
        batchActions: true,
        actions: [
          { chainId: 8453, actions: [action()] },
          { chainId: 8453, actions: [action()] },
        ],
      },
    });
    for (const params of [asking(action(), action()), twice]) {
      const refusal = refusalOf(params);
      expect(refusal).toMatchObject({ code: -32602, data: { reason: 'DUPLICATE_ACTION' } });
      expect(refusal?.message).toContain(counter);
      expect(refusal?.message).toContain(increment);
    }
  });

  it.each([
    zeroAddress,
    fallbackTargetAddress,
    smartSessionAddress,
    entryPointAddress,
    ...validatorAddresses,
  ])('may not call %s', (target: Address) => {
    expect(refusalOf(asking(action({ actionTarget: target })))).toMatchObject({
      code: -32602,
      data: { reason: 'ESCALATION_TARGET' },
    });
  });

  it('needs policies that are known, readable and sound', () => {
    const unknown = { policy: counter, initData: '0x' } as const;
    expect(refusalOf(asking(action({ actionPolicies: [unknown] })))).toMatchObject({
      code: -32602,
      data: { reason: 'POLICY_UNKNOWN' },
    });
    const short = { policy: policyAddresses.usageLimit, initData: '0x01' } as const;
    const zero = { policy: policyAddresses.usageLimit, initData: `0x${'00'.repeat(16)}` } as const;
    for (const encoded of [short, zero]) {
      expect(refusalOf(asking(action({ actionPolicies: [encoded] })))).toMatchObject({ code: -32602 });
    }
    const limit = encodePolicy({ type: 'usageLimit', limit: 1n });
    expect(refusalOf(asking(action({ actionPolicies: [limit, limit] })))).toMatchObject({
      data: { reason: 'POLICY_DUPLICATE' },
    });
  });

  it.each([
    'decrementCount()',
    '0xe5071b8e',
    'function incrementCount()',
    'incrementCount',
    'incrementCount(',
    'x',
  ])('may not claim to be %s', (signature) => {
    expect(refusalOf(asking(action({ signature })))).toMatchObject({ code: -32602 });
  });

  it('may not be over before it begins', () => {
    const ending = (validUntil: number) =>
      asking(action({ actionPolicies: [encodePolicy({ type: 'timeframe', validAfter: 1, validUntil })] }));
    expect(refusalOf(ending(now))).toMatchObject({ code: -32602, data: { reason: 'TIMEFRAME_OVER' } });
    expect(refusalOf(ending(now + 1))).toBeUndefined();
    expect(refusalOf(ending(0))).toBeUndefined();
  });

  it.each([
    [{ sponsorshipOptions: { url: 'https://tank.example', gasTank: tank } }, 'SPONSORSHIP_OFF'],
    [{ trigger: { tokenAddress: token, chainId: 8453, useMaxAvailableFunds: false } }, 'TRIGGER_AMOUNT'],
    [
      { trigger: { tokenAddress: token, chainId: 8453, amount: 1n, useMaxAvailableFunds: true } },
      'TRIGGER_AMOUNT',
    ],
    [
      { delegate: true, trigger: { ...{ tokenAddress: token, chainId: 8453 }, amount: 1n, ...most } },
      'TRIGGER_WITH_DELEGATE',
    ],
    [
      { cleanUps: [{ tokenAddress: token, chainId: 8453, recipientAddress: zeroAddress }] },
      'CLEAN_UP_RECIPIENT',
    ],
    [
      {
        instructions: [{ chainId: 8453, calls: [{ to: entryPointAddress, value: 0n, data: '0x' as const }] }],
      },
      'ESCALATION_TARGET',
    ],
  ])('is refused for its funding or calls: %o', (change, reason) => {
    expect(refusalOf(prepareParams(change))).toMatchObject({ code: -32602, data: { reason } });
  });

  it('names who pays', () => {
    const { feeToken: _none, ...unpaid } = prepareParams();
    expect(refusalOf(unpaid)).toMatchObject({ data: { reason: 'FEE_TOKEN_MISSING' } });
    expect(refusalOf({ ...unpaid, sponsorship: true })).toBeUndefined();
  });

  it('touches the chains that it names, each once', () => {
    const params = prepareParams({
      instructions: [{ chainId: 10, calls: [] }],
      cleanUps: [{ tokenAddress: token, chainId: 5, recipientAddress: token }],
      trigger: { tokenAddress: token, chainId: 10, amount: 1n, useMaxAvailableFunds: false },
    });
    expect(chainsOfPrepare(params)).toEqual([8453, 10, 5]);
  });

  it('needs a fee budget above 0', () => {
    const { enableSession } = prepareParams();
    const budget = (maxPaymentAmount: bigint) =>
      refusalOf(
        prepareParams({
          enableSession: { actions: [], batchActions: true, ...enableSession, maxPaymentAmount },
        }),
      );
    expect(budget(0n)).toMatchObject({ code: -32602, data: { reason: 'FEE_BUDGET_ZERO' } });
    expect(budget(1n)).toBeUndefined();
  });

  it("names its fee budget when fees are paid in a chain's own coin", () => {
    const { enableSession } = prepareParams();
    const native = { feeToken: { address: zeroAddress, chainId: 8453 } };
    const refusal = refusalOf(prepareParams(native));
    expect(refusal).toMatchObject({ code: -32602, data: { reason: 'FEE_BUDGET_NEEDED' } });
    expect(refusal?.data?.action).toContain('maxPaymentAmount');
    const budgeted = { actions: [], batchActions: true, ...enableSession, maxPaymentAmount: 10n ** 16n };
    expect(refusalOf(prepareParams({ ...native, enableSession: budgeted }))).toBeUndefined();
    const { enableSession: _none, ...unasked } = prepareParams(native);
    expect(refusalOf(unasked)).toBeUndefined();
  });

  it.each([
    [{ lowerBoundTimestamp: now + 10, upperBoundTimestamp: now + 10 }, 'BOUNDS_REVERSED'],
    [{ lowerBoundTimestamp: now - 10, upperBoundTimestamp: now }, 'BOUNDS_OVER'],
    [{ upperBoundTimestamp: now + 86_401 }, 'BOUNDS_TOO_FAR'],
    [{ lowerBoundTimestamp: now * 1_000 }, 'BOUNDS_TOO_FAR'],
  ])('may not have the bounds %o', (bounds, reason) => {
    expect(refusalOf(prepareParams(bounds))).toMatchObject({ code: -32602, data: { reason } });
  });
});
