import { type Address, zeroAddress } from 'viem';
import { type ComposableCall, fixedCall, type RuntimeValue } from '../actions/composableCall';
import { nonceReached, runtimeErc20Balance, runtimeNativeBalance } from '../actions/runtime';
import { composableFunctionCall } from '../actions/runtimeArguments';
import type { MeeVersionConfig } from '../constants/versions';
import { forwardCall } from './batch';
import { runtimeMark, transferMetadata } from './metadata';
import { operationOf } from './operation';
import type { PlannedUserOp } from './quotePlan';
import { QuoteRequestError } from './quoteRequestError';
import { nonceOverride } from './simulation';

/** Money that is sent away when the operations before it have run, successfully or not. */
export type CleanUp = {
  /** ERC-20, or the zero address for native coin. */
  tokenAddress: Address;
  chainId: number;
  recipientAddress: Address;
  /** Smallest unit; absent or 0 means the whole balance when it runs. Native coin: needs composability 1.1.0 then. */
  amount?: bigint | RuntimeValue;
  gasLimit?: bigint;
  /** Operations of the same chain that must have run, counted from 0 without the payment; the chain's last by default. */
  dependsOn?: readonly number[];
};

export type CleanUpContext = {
  account: Address;
  /** The owner's address, named as sender in the note of the operation. */
  owner: Address;
  suite: MeeVersionConfig;
  /** The operations that clean-ups may depend on. */
  userOps: readonly Pick<PlannedUserOp, 'chainId' | 'nonce'>[];
  /** Unix seconds of the quote; a clean-up may run a while longer. */
  bounds: { lower: number; upper: number };
};

/** Seconds that a clean-up may run longer than the operations before it. */
const extraTime = 90;

/**
 * A clean-up as an operation that has no nonce yet.
 * @throws QuoteRequestError `CLEAN_UP_DEPENDENCY`; CalldataError where the account's version can't read native coin
 */
export function cleanUpOperation(cleanUp: CleanUp, context: CleanUpContext): Omit<PlannedUserOp, 'nonce'> {
  const { chainId, tokenAddress, recipientAddress, gasLimit } = cleanUp;
  const { account, owner, suite, bounds } = context;
  const amount = amountOf(cleanUp, account);
  const nonces = dependenciesOf(cleanUp, context);
  const call: ComposableCall = {
    ...transferOf(cleanUp, amount, suite.ethForwarderAddress),
    trailing: nonces.map((nonce) => nonceReached({ account, nonce })),
  };
  const operation = operationOf(
    {
      chainId,
      composable: true,
      calls: [{ ...call, ...(gasLimit === undefined ? {} : { gasLimit }) }],
      metadata: [
        transferMetadata({
          tokenAddress,
          fromAddress: owner,
          toAddress: recipientAddress,
          amount: typeof amount === 'bigint' ? amount : runtimeMark,
          chainId,
        }),
      ],
      overrides: {
        tokenOverrides: [
          {
            tokenAddress,
            accountAddress: account,
            balance: typeof amount === 'bigint' ? amount : 1n,
            chainId,
          },
        ],
        customOverrides: nonces.map((nonce) => nonceOverride({ account, chainId, nonce })),
      },
    },
    suite.composabilityVersion,
  );
  return { ...operation, isCleanUp: true, bounds: { ...bounds, upper: bounds.upper + extraTime } };
}

function amountOf({ amount, tokenAddress: token }: CleanUp, account: Address): bigint | RuntimeValue {
  if (amount !== undefined && amount !== 0n) return amount;
  return token === zeroAddress ? runtimeNativeBalance({ account }) : runtimeErc20Balance({ token, account });
}

function transferOf(
  { tokenAddress, recipientAddress }: CleanUp,
  amount: bigint | RuntimeValue,
  forwarder: Address,
): ComposableCall {
  if (tokenAddress === zeroAddress) {
    return { ...fixedCall(forwardCall({ to: recipientAddress, value: 0n }, forwarder)), value: amount };
  }
  return composableFunctionCall({
    to: tokenAddress,
    functionSignature: 'transfer(address,uint256)',
    args: [recipientAddress, amount],
  });
}

function dependenciesOf({ chainId, dependsOn }: CleanUp, { userOps }: CleanUpContext): readonly bigint[] {
  const lastOfChain = userOps.findLastIndex((userOp) => userOp.chainId === chainId);
  const indexes = dependsOn === undefined || dependsOn.length === 0 ? [lastOfChain] : dependsOn;
  return indexes.map((index) => {
    const found = userOps[index];
    if (found?.chainId === chainId) return found.nonce;
    throw new QuoteRequestError('CLEAN_UP_DEPENDENCY', {
      shortMessage: 'A clean-up can only wait for an operation of its own chain.',
      details: `Operation ${index} is not on chain ${chainId}.`,
      action: 'Name an operation of that chain, counted from 0 without the payment.',
    });
  });
}
