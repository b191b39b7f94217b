import type { Address } from 'viem';
import type { ComposableCall } from '../protocol/actions/composableCall';
import type { FunctionSignature } from '../protocol/actions/functionSignature';
import {
  equalTo,
  greaterThanOrEqualTo,
  inRange,
  lessThanOrEqualTo,
  runtimeAllowance,
  runtimeCall,
  runtimeErc20Balance,
  runtimeNativeBalance,
} from '../protocol/actions/runtime';
import { composableFunctionCall as functionCall } from '../protocol/actions/runtimeArguments';
import { withInputErrors } from './latchkeyError';

export type { ComposableCall };

/** Values that the account reads when a call runs, for arguments of {@link composableFunctionCall}. */
export const runtimeValues = {
  /** ERC-20 `balanceOf`. */
  erc20Balance: runtimeErc20Balance,
  /** ERC-20 `allowance`. */
  allowance: runtimeAllowance,
  /** Balance of the chain's own coin; needs an account of version 2.2.1. */
  nativeBalance: runtimeNativeBalance,
  /** One word that a view function answers. */
  call: runtimeCall,
};

/** Conditions on a value that is read when a call runs. */
export const constraints = { equalTo, greaterThanOrEqualTo, lessThanOrEqualTo, inRange };

/**
 * A call of an instruction of `prepare` whose arguments may be read when it runs.
 * @throws LatchkeyError -32602 when the arguments don't fit the function
 *
 * @example
 * const sweep = composableFunctionCall({
 *   to: usdc,
 *   functionSignature: 'transfer(address,uint256)',
 *   args: [vault, runtimeValues.erc20Balance({ token: usdc, account })],
 * });
 */
export const composableFunctionCall = (parameters: {
  to: Address;
  /** Wei. */
  value?: bigint;
  functionSignature: FunctionSignature;
  args: readonly unknown[];
}): ComposableCall => withInputErrors(() => functionCall(parameters));
