import type { AbiFunction, AbiParameter } from 'viem';
import { parseAbiItem, toFunctionSignature } from 'viem/utils';
import type { ActionData, SessionAction } from '../protocol/actions/action';
import { buildApproveAction } from '../protocol/actions/approve';
import { calldataArgument as offsetOf } from '../protocol/actions/argument';
import { batchActions } from '../protocol/actions/batch';
import { buildCustomAction } from '../protocol/actions/custom';
import type { Erc20ActionParameters } from '../protocol/actions/erc20';
import type { LimitOptions } from '../protocol/actions/limitOptions';
import { buildNativeTransferAction, type NativeTransferParameters } from '../protocol/actions/native';
import { buildTransferAction } from '../protocol/actions/transfer';
import { buildTransferFromAction } from '../protocol/actions/transferFrom';
import type { EncodedPolicy, Policy } from '../protocol/policies/policy';
import { decodePolicy, encodePolicy } from '../protocol/policies/registry';
import { withInputErrors } from './latchkeyError';

/** One function of one contract, its policies, and what the dapp says the function is. */
export type RequestedAction = ActionData & { signature?: string };

/** Actions asked for on one chain. */
export type RequestedSession = { chainId: number; actions: readonly RequestedAction[] };

/** Options of an ERC-20 action: amounts in the token's smallest unit, times in unix seconds. */
type TokenActionData = Omit<Erc20ActionParameters, 'now'>;

type CustomActionData = {
  chainIds: readonly number[];
  contractAddress: string;
  /** A selector, a human-readable signature (`transfer(address to, uint256 amount)`) or an ABI item. */
  functionSignature: string | AbiFunction;
  /** At least one, plain or from {@link buildActionPolicy}. Full access must say `{ type: 'sudo' }`. */
  policies: readonly (Policy | EncodedPolicy)[];
};

export type SessionActionParameters =
  | { type: 'custom'; data: CustomActionData }
  | { type: 'transfer' | 'transferFrom' | 'approve'; data: TokenActionData }
  | { type: 'nativeTransfer'; data: Omit<NativeTransferParameters, 'now'> }
  | { type: 'batch'; data: { actions: readonly RequestedSession[] } };

const maxSignatureLength = 256;
const tokenActions = {
  transfer: buildTransferAction,
  transferFrom: buildTransferFromAction,
  approve: buildApproveAction,
};

const plainPolicy = (policy: Policy | EncodedPolicy): Policy =>
  'type' in policy ? policy : decodePolicy(policy);

/** The signature in canonical form, where the dapp gave more than a selector. Reads what `buildCustomAction` took. */
const signatureOf = (given: string | AbiFunction): { signature?: string } => {
  if (typeof given === 'string' && given.startsWith('0x')) return {};
  const item =
    typeof given === 'string' ? parseAbiItem(`function ${given.replace(/^function /, '')}`) : given;
  if (item.type !== 'function') return {};
  const signature = toFunctionSignature(item);
  return signature.length <= maxSignatureLength ? { signature } : {};
};

const buildCustom = (data: CustomActionData): RequestedSession[] => {
  const sessions = buildCustomAction({ ...data, policies: data.policies.map(plainPolicy) });
  const named = signatureOf(data.functionSignature);
  return sessions.map(({ chainId, actions }) => ({
    chainId,
    actions: actions.map((action) => ({ ...action, ...named })),
  }));
};

const secondsNow = (): number => Math.floor(Date.now() / 1000);

/** Times to build by. A start that isn't named is left open: the clock of the page may be ahead of the chain's. */
const timed = <T extends LimitOptions>(data: T): T & LimitOptions => ({
  ...data,
  ...(data.validUntil !== undefined && data.validAfter === undefined ? { validAfter: 0 } : {}),
  now: secondsNow(),
});

const build = (parameters: SessionActionParameters): RequestedSession[] => {
  switch (parameters.type) {
    case 'custom':
      return buildCustom(parameters.data);
    case 'batch':
      return batchActions(parameters.data.actions satisfies readonly SessionAction[]);
    case 'nativeTransfer':
      return buildNativeTransferAction(timed(parameters.data));
    default:
      return tokenActions[parameters.type](timed(parameters.data));
  }
};

/**
 * Builds what a permission asks for, one entry per chain; entries of several calls go into one list.
 * @throws LatchkeyError -32602 with the reason
 */
export const buildSessionAction = (parameters: SessionActionParameters): RequestedSession[] =>
  withInputErrors(() => build(parameters));

/**
 * Encodes a policy as its contract reads it.
 * @throws LatchkeyError -32602 for values that the contract would refuse or that would mean something else
 */
export const buildActionPolicy = (policy: Policy): EncodedPolicy =>
  withInputErrors(() => encodePolicy(policy));

/**
 * Offset of the n-th argument (1-based) for a universal rule, in bytes after the selector.
 * Pass the function's inputs when a tuple or a fixed array stands before it.
 * @throws LatchkeyError -32602 `ARGUMENT_POSITION`
 */
export const calldataArgument = (position: number, inputs?: readonly AbiParameter[]): bigint =>
  withInputErrors(() => offsetOf(position, inputs));
