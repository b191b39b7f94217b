import { type Address, isAddressEqual } from 'viem';
import { asFixedCall, type ComposableCall } from '../../../protocol/actions/composableCall';
import { readTransferFrom } from '../../../protocol/actions/transferFrom';
import { meeVersions } from '../../../protocol/constants/versions';
import type { ReviewedChain, ReviewedInstruction, ReviewStep } from '../../../rpc/popup/reviewParts';
import type { OwnerPlan } from '../../../storage/records';
import type { ViewContext } from '../view';
import { callsOf, reviewCall } from './calls';

type Reviewed = Omit<OwnerPlan, 'feeEstimate' | 'feeMax'> & { smartSession: Address };

type Purpose = 'pullFunds' | 'installSmartSessions' | 'enablePermission' | 'runInstructions';

/** What a call is for, told by its bytes alone: nothing that a site asks for may go to these contracts. */
const purposeOf = (call: ComposableCall, plan: Reviewed, isFirst: boolean): Purpose => {
  const { to } = call;
  if (typeof to !== 'string') return 'runInstructions';
  const { validatorAddress } = meeVersions[plan.version];
  if (isAddressEqual(to, plan.account) || isAddressEqual(to, validatorAddress)) return 'installSmartSessions';
  if (isAddressEqual(to, plan.smartSession)) return 'enablePermission';
  return isFirst && pullsFunds(call, to, plan) ? 'pullFunds' : 'runInstructions';
};

const pullsFunds = (call: ComposableCall, to: Address, { trigger, owner }: Reviewed): boolean => {
  if (!trigger || trigger.kind === 'native' || !isAddressEqual(to, trigger.token)) return false;
  if (trigger.useMaxAvailableFunds) return true;
  const fixed = asFixedCall(call);
  const moved = fixed && readTransferFrom(fixed.data);
  return Boolean(moved && isAddressEqual(moved.from, owner) && moved.amount === trigger.amount);
};

type PlacedCall = { chainId: number; call: ComposableCall; purpose: Purpose };

const placedCalls = (plan: Reviewed): readonly PlacedCall[] =>
  plan.operations.flatMap(({ chainId, callData }, index) => {
    const isFirst =
      plan.trigger?.chainId === chainId &&
      plan.operations.findIndex((operation) => operation.chainId === chainId) === index;
    return callsOf(callData).map((call, position) => ({
      chainId,
      call,
      purpose: purposeOf(call, plan, isFirst && position === 0),
    }));
  });

/** What the account is made to do once, besides what a permission needs; read from the calldata. */
export const reviewInstructions = (
  plan: Reviewed,
  { tokens, chainName }: ViewContext,
): readonly ReviewedInstruction[] => {
  const asked = placedCalls(plan).filter(({ purpose }) => purpose === 'runInstructions');
  return [...new Set(asked.map(({ chainId }) => chainId))].map((chainId) => ({
    chainId,
    chainName: chainName(chainId),
    calls: asked
      .filter((placed) => placed.chainId === chainId)
      .map(({ call }) => reviewCall(call, { chainId, tokens })),
  }));
};

const deployStep = { none: [], initCode: ['deployAccount'], delegate: ['delegateAccount'] } as const;

/** Every chain of a plan with what happens there, in order; read from the calldata. */
export const reviewChains = (
  plan: Reviewed,
  chainName: (chainId: number) => string,
  rename: (purpose: Purpose) => ReviewStep = (purpose) => purpose,
): readonly ReviewedChain[] => {
  const placed = placedCalls(plan);
  return plan.chains.map(({ chainId, deploy }) => {
    const purposes = placed.filter((one) => one.chainId === chainId).map(({ purpose }) => rename(purpose));
    const cleans = plan.cleanUps.some((cleanUp) => cleanUp.chainId === chainId);
    const steps: ReviewStep[] = [...deployStep[deploy], ...purposes, ...(cleans ? ['cleanUp' as const] : [])];
    return { chainId, chainName: chainName(chainId), steps: [...new Set(steps)] };
  });
};
