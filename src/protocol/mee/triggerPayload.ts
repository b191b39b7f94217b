import {
  type Address,
  concatHex,
  encodeFunctionData,
  type Hex,
  type TypedDataDomain,
  zeroAddress,
} from 'viem';
import type { Call } from '../actions/call';
import { sameAddress } from '../address';
import { erc20SpendAbi } from '../constants/abis';
import type { MeeVersionConfig } from '../constants/versions';
import { forwardCall } from './batch';
import { QuoteRequestError } from './quoteRequestError';
import { assertSigning } from './signing';
import type { PlannedTrigger, RequestedTrigger } from './trigger';
import type { VerifiedQuote } from './verify';

/**
 * The trigger with the fee of the verified quote on top, where the fee is taken from the owner in the same token or
 * native coin. With `useMaxAvailableFunds` the amount holds the fee already.
 * @throws QuoteRequestError `TRIGGER_APPROVAL` when the approval asked for is smaller than what is needed
 */
export function settleTrigger(trigger: PlannedTrigger, quote: VerifiedQuote): RequestedTrigger {
  const { request, useMaxAvailableFunds } = trigger;
  const amount = request.amount + (useMaxAvailableFunds ? 0n : feeInside(request, quote));
  if (request.approvalAmount !== undefined && request.approvalAmount < amount) {
    throw new QuoteRequestError('TRIGGER_APPROVAL', {
      shortMessage: 'The approval asked for is smaller than the amount with its fee.',
      details: `${request.approvalAmount} asked, ${amount} needed.`,
      action: 'Ask for a larger approval, or leave it out.',
    });
  }
  return { ...request, amount };
}

function feeInside({ tokenAddress, chainId }: RequestedTrigger, { fee }: VerifiedQuote): bigint {
  return sameAddress(fee.token, tokenAddress) && fee.chainId === chainId ? fee.amount : 0n;
}

const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

/**
 * The permit (EIP-2612) that the owner signs: the account may spend the settled amount, and the deadline is the hash
 * of the supertransaction.
 * @throws SigningKindError unless the quote is of a permit
 */
export function permitTypedData(
  quote: VerifiedQuote,
  permit: {
    domain: TypedDataDomain;
    owner: Address;
    account: Address;
    nonce: bigint;
    trigger: RequestedTrigger;
  },
) {
  assertSigning(quote, 'permit');
  const { domain, owner, account, nonce, trigger } = permit;
  return {
    domain,
    types: permitTypes,
    primaryType: 'Permit',
    message: {
      owner,
      spender: account,
      value: allowanceOf(trigger),
      nonce,
      deadline: BigInt(quote.hash),
    },
  } as const;
}

/**
 * The transaction that the owner sends: an approval of the account, or native coin through the forwarder, with the
 * hash of the supertransaction behind its calldata.
 * @throws SigningKindError unless the quote is of a transaction
 */
export function triggerTransaction(
  quote: VerifiedQuote,
  { account, suite, trigger }: { account: Address; suite: MeeVersionConfig; trigger: RequestedTrigger },
): Call {
  assertSigning(quote, 'onchain');
  const call = triggerCall(trigger, account, suite.ethForwarderAddress);
  return { ...call, data: withHash(call.data, quote.hash) };
}

/** What is permitted or approved. */
export function allowanceOf({ amount, approvalAmount }: RequestedTrigger): bigint {
  return approvalAmount ?? amount;
}

function triggerCall(trigger: RequestedTrigger, account: Address, forwarder: Address): Call {
  const { tokenAddress, amount, recipientAddress = account } = trigger;
  if (tokenAddress === zeroAddress) return forwardCall({ to: recipientAddress, value: amount }, forwarder);
  const data = encodeFunctionData({
    abi: erc20SpendAbi,
    functionName: 'approve',
    args: [account, allowanceOf(trigger)],
  });
  return { to: tokenAddress, value: 0n, data };
}

function withHash(data: Hex, hash: Hex): Hex {
  return concatHex([data, hash]);
}
