import { nativeTransferSelector } from '../constants/modes';
import type { Policy } from '../policies/policy';
import type { SessionAction } from './action';
import { buildCustomAction } from './custom';
import { choosePolicies, type LimitOptions, limitPolicies } from './limitOptions';

/** Options of a plain transfer of native coin; amounts in wei, times in unix seconds. */
export type NativeTransferParameters = LimitOptions & {
  chainIds: readonly number[];
  /** The only recipient: SmartSession files a plain transfer under the address that it goes to. */
  recipientAddress: string;
  /** Most over all transfers. */
  valueLimit?: bigint;
  /** Policies instead of the options above. */
  policies?: readonly Policy[];
};

/**
 * An action that sends native coin to one address, with fewer than four bytes of calldata.
 * @throws ActionError, PolicyError, AddressError
 */
export function buildNativeTransferAction(parameters: NativeTransferParameters): SessionAction[] {
  const { chainIds, recipientAddress, valueLimit, policies, now } = parameters;
  const value: readonly Policy[] =
    valueLimit === undefined ? [] : [{ type: 'valueLimit', limit: valueLimit }];
  return buildCustomAction({
    chainIds,
    contractAddress: recipientAddress,
    functionSignature: nativeTransferSelector,
    policies: choosePolicies([...value, ...limitPolicies(parameters)], policies),
    ...(now === undefined ? {} : { now }),
  });
}
