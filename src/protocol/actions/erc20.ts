import type { Hex } from 'viem';
import { parseAddress } from '../address';
import type { Policy, UniversalRule } from '../policies/policy';
import { PolicyError } from '../policies/policyError';
import { toWord } from '../word';
import type { SessionAction } from './action';
import { calldataArgument } from './argument';
import { buildCustomAction } from './custom';

const oneDay = 86_400;

/** Options of the ERC-20 actions; amounts in the token's smallest unit, times in unix seconds. */
export type Erc20ActionParameters = {
  chainIds: readonly number[];
  /** The token. */
  contractAddress: string;
  /** Only this recipient (approve: spender). */
  recipientAddress?: string;
  /** Most per call. */
  amountLimitPerAction?: bigint;
  /** Most over all calls; also the most per call where `amountLimitPerAction` is absent. */
  maxAmountLimit?: bigint;
  /** Most calls. */
  usageLimit?: bigint;
  /** 0 means no start; absent with `validUntil` means `now`. */
  validAfter?: number;
  /** 0 means no end; absent with `validAfter` means one day after the start. */
  validUntil?: number;
  /** Unix seconds; needed where `validUntil` comes without `validAfter`. A time frame already over is refused. */
  now?: number;
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
  const fromOptions = [
    ...universalFrom(target, parameters),
    ...usageFrom(parameters),
    ...timeframeFrom(parameters),
  ];
  const { policies } = parameters;
  if (policies === undefined) return fromOptions;
  if (fromOptions.length > 0) {
    throw new PolicyError('POLICIES_AND_OPTIONS', {
      shortMessage: 'Policies and limit options are both given; only one of them could count.',
      action: 'Put every limit in the policies, or leave the policies out.',
    });
  }
  return policies;
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

function usageFrom({ usageLimit }: Erc20ActionParameters): readonly Policy[] {
  return usageLimit === undefined ? [] : [{ type: 'usageLimit', limit: usageLimit }];
}

function timeframeFrom({ validAfter, validUntil, now }: Erc20ActionParameters): readonly Policy[] {
  if (validAfter === undefined && validUntil === undefined) return [];
  const start = validAfter ?? now;
  if (start === undefined) {
    throw new PolicyError('TIMEFRAME_START', {
      shortMessage: 'The time frame has an end but no start.',
      action: 'Give validAfter (0 for no start), or the current time.',
    });
  }
  return [{ type: 'timeframe', validAfter: start, validUntil: validUntil ?? start + oneDay }];
}
