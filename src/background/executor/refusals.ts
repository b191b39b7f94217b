import type { RpcError } from '../../rpc/errors';
import { unavailable } from '../errors/rpcErrors';

/** Reasons of requests that ran out of time, as opposed to those that failed. */
const expiryReasons: readonly string[] = ['APPROVAL_EXPIRED', 'NOT_SENT_IN_TIME', 'NOT_EXECUTED_IN_TIME'];

/** Whether an error ends its request as expired. */
export const isExpiry = (error: RpcError): boolean => expiryReasons.includes(error.data.reason);

export const approvalExpired = (): RpcError =>
  unavailable({
    reason: 'APPROVAL_EXPIRED',
    message: 'Too much time has passed since the approval, so nothing was signed.',
    action: 'Ask for the permission again.',
  });

export const notSentInTime = (): RpcError =>
  unavailable({
    reason: 'NOT_SENT_IN_TIME',
    message: "The MEE node didn't take the request before its time bound.",
    action: 'Check the node address in the settings, then make a new request.',
  });

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

export const notEnabled = (chainIds: readonly number[]): RpcError =>
  unavailable({
    reason: 'PERMISSION_NOT_ENABLED',
    message: `The permission isn't enabled on chain ${chainIds.join(', ')}, although the node says so.`,
    action: 'Ask for the permission again.',
    details: { chainIds },
  });
