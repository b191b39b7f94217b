import type { Hex } from 'viem';
import type { RpcError } from '../../rpc/errors';
import type { Submission } from '../../storage/records';
import { internalError, invalidParams, unavailable } from '../errors/rpcErrors';
import { isSendable } from './submission';

/** Reasons of requests that ran out of time, as opposed to those that failed. */
const expiryReasons: readonly string[] = [
  'APPROVAL_EXPIRED',
  'NOT_SENT_IN_TIME',
  'NOT_EXECUTED_IN_TIME',
  'OWNER_TRANSACTION_LATE',
];

/** Whether an error ends its request as expired. */
export const isExpiry = (error: RpcError): boolean => expiryReasons.includes(error.data.reason);

export const approvalExpired = (): RpcError =>
  unavailable({
    reason: 'APPROVAL_EXPIRED',
    message: 'Too much time has passed since the approval, so nothing was signed.',
    action: 'Ask for the permission again.',
  });

const notSentInTime = (): RpcError =>
  unavailable({
    reason: 'NOT_SENT_IN_TIME',
    message: "The MEE node didn't take the request before its time bound.",
    action: 'Check the node address in the settings, then make a new request.',
  });

/** Nothing is sent later by itself: what a closed browser left unsent is over. */
export const interrupted = (): RpcError =>
  unavailable({
    reason: 'INTERRUPTED',
    message: 'The browser was closed before the request was sent.',
    action: 'Make a new request.',
  });

/** Why a submission didn't reach the node. */
export const notSent = (submission: Submission): RpcError =>
  isSendable(submission) ? notSentInTime() : interrupted();

export const notExecutedInTime = (): RpcError =>
  unavailable({
    reason: 'NOT_EXECUTED_IN_TIME',
    message: 'The MEE node executed nothing before the time bound.',
    action: 'Make a new request.',
  });

/** The node stopped reporting, and some operations are on chain. */
export const nodeSilent = (included: readonly boolean[]): RpcError =>
  unavailable({
    reason: 'NODE_SILENT',
    message: 'The MEE node stopped reporting; a part of the request was executed.',
    action: 'Look at the account on a block explorer before asking again.',
    details: { included },
  });

export const boundsOver = (): RpcError =>
  unavailable({
    reason: 'BOUNDS_OVER',
    message: 'The upper time bound of the request is over.',
    action: 'Make a new request with a later bound.',
  });

/** Before signing, the node asks for more than the person approved. Amounts in base units. */
export const feeChanged = (approved: bigint, asked: bigint): RpcError =>
  unavailable({
    reason: 'FEE_CHANGED',
    message: "The node's fee rose above the most that was approved, so nothing was signed.",
    action: 'Ask again and review the new fee.',
    details: { approved: approved.toString(), asked: asked.toString() },
  });

export const chainUnsupported = (chainId: number): RpcError =>
  unavailable({
    reason: 'NODE_CHAIN_UNSUPPORTED',
    message: `The MEE node doesn't serve chain ${chainId}.`,
    action: 'Use another chain, or another node in the settings.',
    details: { chainId },
  });

export const feeChainUnsupported = (chainId: number): RpcError =>
  unavailable({
    reason: 'FEE_CHAIN_UNSUPPORTED',
    message: `The MEE node takes no fees on chain ${chainId}.`,
    action: 'Choose a fee token on another chain.',
    details: { chainId },
  });

export const feeTokenMissing = (): RpcError =>
  invalidParams({
    reason: 'FEE_TOKEN_MISSING',
    message: 'The permission pays no fees, so every use must be sponsored.',
    action: 'Use it with sponsorship: true.',
  });

/** The owner's own transaction is mined and failed: nothing of the request can run. */
export const ownerTransactionFailed = (chainId: number, transactionHash: Hex): RpcError =>
  unavailable({
    reason: 'OWNER_TRANSACTION_FAILED',
    message: `The owner's transaction was executed and failed on chain ${chainId}.`,
    action: 'Look at the transaction on a block explorer before asking again.',
    details: { chainId, transactionHash },
  });

/** It may still be mined; the node then finds nothing to do with it any more. */
export const ownerTransactionLost = (chainId: number, transactionHash: Hex): RpcError =>
  unavailable({
    reason: 'OWNER_TRANSACTION_LATE',
    message: `The owner's transaction isn't settled on chain ${chainId} in time.`,
    action: 'Look at the transaction on a block explorer before asking again.',
    details: { chainId, transactionHash },
  });

/** The token knew permits when the review was made. */
export const permitGone = (chainId: number, token: Hex): RpcError =>
  unavailable({
    reason: 'PERMIT_UNAVAILABLE',
    message: 'The token no longer takes a permit, so nothing was signed.',
    action: 'Ask again; the owner then approves on chain.',
    details: { chainId, token },
  });

export const recordIncomplete = (): RpcError =>
  internalError({
    reason: 'RECORD_INCOMPLETE',
    message: 'A part of the stored request is missing.',
    action: 'Make a new request.',
  });

/** The node says that it was executed, and the chain doesn't hold all of it. What is there can be used. */
export const notEnabled = (chainIds: readonly number[], partly: boolean): RpcError =>
  unavailable({
    reason: partly ? 'PARTLY_ENABLED' : 'PERMISSION_NOT_ENABLED',
    message: partly
      ? `Only a part of the permission is enabled; it lacks something on chain ${chainIds.join(', ')}.`
      : `The permission isn't enabled on chain ${chainIds.join(', ')}.`,
    action: partly
      ? 'Use what is enabled, or ask for what is missing again.'
      : 'Ask for the permission again.',
    details: { chainIds },
  });

export const notRemoved = (chainIds: readonly number[]): RpcError =>
  unavailable({
    reason: 'PERMISSION_NOT_REMOVED',
    message: `The permission is still enabled on chain ${chainIds.join(', ')}; its key is destroyed.`,
    action: 'Revoke it again.',
    details: { chainIds },
  });

export const accountChanged = (chainIds: readonly number[]): RpcError =>
  unavailable({
    reason: 'ACCOUNT_CHANGED',
    message: `The account changed on chain ${chainIds.join(', ')} after this was reviewed.`,
    action: 'Ask again; the new review shows what is left to do.',
    details: { chainIds },
  });

export const notDelegated = (chainIds: readonly number[]): RpcError =>
  unavailable({
    reason: 'DELEGATION_MISSING',
    message: `The owner's address isn't delegated on chain ${chainIds.join(', ')}, although the node says so.`,
    action: 'Ask again; another transaction of the owner may have come between.',
    details: { chainIds },
  });
