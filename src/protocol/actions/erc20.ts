import type { Hex } from 'viem';
import { parseAddress } from '../address';
import type { Policy, UniversalRule } from '../policies/policy';
import { PolicyError } from '../policies/policyError';
import { toWord } from '../word';
import type { SessionAction } from './action';
import { calldataArgument } from './argument';
import { buildCustomAction } from './custom';
import { choosePolicies, type LimitOptions, limitPolicies } from './limitOptions';

/** Options of the ERC-20 actions; amounts in the token's smallest unit, times in unix seconds. */
export type Erc20ActionParameters = LimitOptions & {
  chainIds: readonly number[];
  /** The token. */
  contractAddress: string;
  /** Only this recipient (approve: spender). */
  recipientAddress?: string;
  /** Most per call. */
  amountLimitPerAction?: bigint;
  /** Most over all calls; also the most per call where `amountLimitPerAction` is absent. */
  maxAmountLimit?: bigint;
  /** Policies instead of the options above. */
  policies?: readonly Policy[];
};

/** Which arguments of the function are the recipient and the amount (1-based). */
export type Erc20Function = { selector: Hex; recipient: number; amount: number };

/**
 * An action on an ERC-20 function, from options or from policies, never from both and never from neither.
 * @throws ActionError, PolicyError, AddressError
 */
export function buildErc20Action(target: Erc20Function, parameters: Erc20ActionParameters): SessionAction[] {
  return buildCustomAction({
    chainIds: parameters.chainIds,
    contractAddress: parameters.contractAddress,
    functionSignature: target.selector,
    policies: policiesOf(target, parameters),
    ...(parameters.now === undefined ? {} : { now: parameters.now }),
  });
}

function policiesOf(target: Erc20Function, parameters: Erc20ActionParameters): readonly Policy[] {
  const fromOptions = [...universalFrom(target, parameters), ...limitPolicies(parameters)];
  return choosePolicies(fromOptions, parameters.policies);
}

function universalFrom(target: Erc20Function, parameters: Erc20ActionParameters): readonly Policy[] {
  const rules = [...recipientRule(target, parameters), ...amountRule(target, parameters)];
  return rules.length === 0 ? [] : [{ type: 'universal', valueLimitPerUse: 0n, rules }];
}

function recipientRule(
  { recipient }: Erc20Function,
  { recipientAddress }: Erc20ActionParameters,
): readonly UniversalRule[] {
  if (recipientAddress === undefined) return [];
  return [
    {
      condition: 'equal',
      calldataOffset: calldataArgument(recipient),
      comparisonValue: toWord(BigInt(parseAddress(recipientAddress, 'recipient'))),
      isLimited: false,
      usage: { limit: 0n, used: 0n },
    },
  ];
}

function amountRule({ amount }: Erc20Function, parameters: Erc20ActionParameters): readonly UniversalRule[] {
  const { amountLimitPerAction, maxAmountLimit } = parameters;
  const perAction = amountLimitPerAction ?? maxAmountLimit;
  if (perAction === undefined) return [];
  assertAmount('amountLimitPerAction', amountLimitPerAction);
  assertAmount('maxAmountLimit', maxAmountLimit);
  return [
    {
      condition: 'lessThanOrEqual',
      calldataOffset: calldataArgument(amount),
      comparisonValue: toWord(perAction),
      isLimited: maxAmountLimit !== undefined,
      usage: { limit: maxAmountLimit ?? 0n, used: 0n },
    },
  ];
}

function assertAmount(field: string, amount: bigint | undefined): void {
  if (amount === undefined || (amount >= 1n && amount < 2n ** 256n)) return;
  throw new PolicyError('AMOUNT_RANGE', {
    shortMessage: `${field} must be from 1 to 2^256 - 1 of the smallest unit.`,
    details: `Got ${amount}.`,
    action: 'Give an amount, or leave the option out.',
  });
}
