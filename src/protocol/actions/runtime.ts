import { type Address, encodeFunctionData, type Hex, zeroAddress } from 'viem';
import { decodeNonce } from '../account/nonce';
import { accountAbi, entryPointAbi, tokenReadsAbi } from '../constants/abis';
import { entryPointAddress } from '../constants/addresses';
import { validatorModuleType } from '../constants/modes';
import { toWord } from '../word';
import type { BalanceInput, Constraint, StaticCallInput } from './composableCall';

type Constrained = { constraints?: readonly Constraint[] };

/** Holds when the word equals the number. */
export function equalTo(value: bigint): Constraint {
  return { type: 'equal', value: toWord(value) };
}

/** Holds when the word, read as unsigned, is at least the number. */
export function greaterThanOrEqualTo(value: bigint): Constraint {
  return { type: 'greaterThanOrEqual', value: toWord(value) };
}

/** Holds when the word, read as unsigned, is at most the number. */
export function lessThanOrEqualTo(value: bigint): Constraint {
  return { type: 'lessThanOrEqual', value: toWord(value) };
}

/** Holds when the word, read as unsigned, is between the numbers, both included. */
export function inRange(lower: bigint, upper: bigint): Constraint {
  return { type: 'inRange', lower: toWord(lower), upper: toWord(upper) };
}

/** The answer of any view call when the call runs; static types of one word only. */
export function runtimeCall(parameters: { target: Address; data: Hex } & Constrained): StaticCallInput {
  const { target, data, constraints = [] } = parameters;
  return { kind: 'staticCall', target, data, constraints };
}

/** ERC-20 `balanceOf` when the call runs. */
export function runtimeErc20Balance(
  parameters: { token: Address; account: Address } & Constrained,
): BalanceInput {
  const { token, account, constraints = [] } = parameters;
  return { kind: 'balance', token, account, constraints };
}

/** Native balance (wei) when the call runs; composability 1.1.0 only. */
export function runtimeNativeBalance(parameters: { account: Address } & Constrained): BalanceInput {
  return runtimeErc20Balance({ ...parameters, token: zeroAddress });
}

/** ERC-20 `allowance` when the call runs. */
export function runtimeAllowance(
  parameters: { token: Address; owner: Address; spender: Address } & Constrained,
): StaticCallInput {
  const { token, owner, spender, ...rest } = parameters;
  const data = encodeFunctionData({
    abi: tokenReadsAbi,
    functionName: 'allowance',
    args: [owner, spender],
  });
  return runtimeCall({ target: token, data, ...rest });
}

/** The condition that an operation with this nonce has run: EntryPoint counts one more under its key. */
export function nonceReached({ account, nonce }: { account: Address; nonce: bigint }): StaticCallInput {
  const data = encodeFunctionData({
    abi: entryPointAbi,
    functionName: 'getNonce',
    args: [account, decodeNonce(nonce).key],
  });
  return runtimeCall({
    target: entryPointAddress,
    data,
    constraints: [greaterThanOrEqualTo(nonce + 1n)],
  });
}

/** The condition that a validator is installed on the account (ERC-7579 `isModuleInstalled`). */
export function validatorInstalled({
  account,
  module,
}: {
  account: Address;
  module: Address;
}): StaticCallInput {
  const data = encodeFunctionData({
    abi: accountAbi,
    functionName: 'isModuleInstalled',
    args: [validatorModuleType, module, '0x'],
  });
  return runtimeCall({ target: account, data, constraints: [equalTo(1n)] });
}
