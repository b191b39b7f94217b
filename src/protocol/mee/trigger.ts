import { type Address, zeroAddress } from 'viem';
import { greaterThanOrEqualTo, runtimeAllowance } from '../actions/runtime';
import { composableFunctionCall } from '../actions/runtimeArguments';
import { encodeTransferFrom } from '../actions/transferFrom';
import { transferGasLimit } from './gas';
import type { Instruction } from './instruction';
import { runtimeMark, transferMetadata } from './metadata';
import type { PlannedTrigger } from './quotePlan';
import { QuoteRequestError } from './quoteRequestError';

export type { PlannedTrigger, QuoteType, RequestedTrigger } from './quotePlan';

/** Money that the owner's own address brings into a supertransaction. */
export type TokenTrigger = {
  /** ERC-20, or the zero address for native coin. */
  tokenAddress: Address;
  chainId: number;
  /** What arrives, in the token's smallest unit, without the fee; with `useMaxAvailableFunds` all that the owner has. */
  amount: bigint;
  /** Everything the owner has arrives, less the fee that is taken from it. */
  useMaxAvailableFunds?: boolean;
  /** What is permitted or approved instead of just enough. */
  approvalAmount?: bigint;
  /** Who gets the money; the account by default. */
  recipientAddress?: Address;
  /** Gas of the transfer. */
  gasLimit?: bigint;
};

/**
 * Fixes how a trigger is used. Native coin always takes a transaction.
 * @param quoteType `permit` only where `permitRoute` says so
 * @throws QuoteRequestError `TRIGGER_AMOUNT`, `TRIGGER_NATIVE_PERMIT`
 */
export function planTrigger(
  trigger: TokenTrigger,
  { quoteType, owner }: Pick<PlannedTrigger, 'quoteType' | 'owner'>,
): PlannedTrigger {
  const { tokenAddress, chainId, amount, approvalAmount, recipientAddress, gasLimit } = trigger;
  if (amount < 1n || amount >= 2n ** 256n) throw amountRefused(amount);
  if (quoteType === 'permit' && tokenAddress === zeroAddress) {
    throw new QuoteRequestError('TRIGGER_NATIVE_PERMIT', {
      shortMessage: 'Native coin has no permit.',
      action: 'Send it by a transaction.',
    });
  }
  return {
    quoteType,
    owner,
    useMaxAvailableFunds: trigger.useMaxAvailableFunds ?? false,
    request: {
      tokenAddress,
      chainId,
      gasLimit: gasLimit ?? transferGasLimit,
      amount,
      ...(approvalAmount === undefined ? {} : { approvalAmount }),
      ...(recipientAddress === undefined ? {} : { recipientAddress }),
    },
  };
}

/**
 * The instruction that moves the owner's tokens by the allowance that the trigger gives the account; null for native
 * coin, which the trigger itself brings. With `useMaxAvailableFunds` the amount is the allowance left when it runs.
 */
export function triggerInstruction(
  trigger: PlannedTrigger,
  { account, composable }: { account: Address; composable: boolean },
): Instruction | null {
  const { owner, request, useMaxAvailableFunds } = trigger;
  const { tokenAddress: token, chainId, gasLimit, amount, recipientAddress: recipient = account } = request;
  if (token === zeroAddress) return null;
  const metadata = [
    transferMetadata({
      tokenAddress: token,
      fromAddress: owner,
      toAddress: recipient,
      amount: useMaxAvailableFunds ? runtimeMark : amount,
      chainId,
    }),
  ];
  if (!composable && !useMaxAvailableFunds) {
    const data = encodeTransferFrom(owner, recipient, amount);
    return { chainId, composable: false, metadata, calls: [{ to: token, value: 0n, data, gasLimit }] };
  }
  const allowance = runtimeAllowance({
    token,
    owner,
    spender: account,
    constraints: [greaterThanOrEqualTo(1n)],
  });
  const call = composableFunctionCall({
    to: token,
    functionSignature: 'transferFrom(address,address,uint256)',
    args: [owner, recipient, useMaxAvailableFunds ? allowance : amount],
  });
  return { chainId, composable: true, metadata, calls: [{ ...call, gasLimit }] };
}

/**
 * The most native coin that an owner can bring and still pay for the transaction: the gas is counted twice at twice
 * the price.
 * @param parameters all in wei, `gas` in units
 * @throws QuoteRequestError `TRIGGER_AMOUNT` when nothing is left
 */
export function maxNativeAmount(parameters: { balance: bigint; gas: bigint; gasPrice: bigint }): bigint {
  const left = parameters.balance - 4n * parameters.gas * parameters.gasPrice;
  if (left > 0n) return left;
  throw amountRefused(left);
}

function amountRefused(amount: bigint): QuoteRequestError {
  return new QuoteRequestError('TRIGGER_AMOUNT', {
    shortMessage: 'There is no amount to bring into the account.',
    details: `Got ${amount}.`,
    action: "Give an amount above 0 that the owner's address has.",
  });
}
