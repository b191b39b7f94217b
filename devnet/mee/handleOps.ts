import { encodeFunctionData, type Hex, type Log, parseEventLogs, type StateOverride } from 'viem';
import { entryPoint07Abi } from 'viem/account-abstraction';
import { getTransactionCount, sendTransaction, simulateBlocks } from 'viem/actions';
import { entryPointAddress } from '../../src/protocol/constants/addresses';
import { minedReceipt } from '../contracts/receipt';
import { delegationCode } from './authorization';
import type { ConnectedChain } from './chain';
import { bundleGasFor } from './gas';
import { describeRevert, type RevertReason } from './revertReason';
import type { SuperOp } from './supertransaction';
import { maxGasOf, packUserOp } from './userOp';

/** How EntryPoint took an operation: refused as a whole, or run with or without success. */
export type Outcome =
  | { kind: 'refused'; reason: RevertReason }
  | { kind: 'reverted'; reason: RevertReason }
  | { kind: 'success' };

/** The outcome on chain. `gasUsed` is that of the whole transaction (units). */
export type MinedOutcome = Outcome & { transactionHash: Hex; gasUsed: bigint };

const nobody: RevertReason = { text: 'EntryPoint reported nothing about the operation', names: [] };

function encodeHandleOps(chain: ConnectedChain, op: SuperOp, signature: Hex): Hex {
  return encodeFunctionData({
    abi: entryPoint07Abi,
    functionName: 'handleOps',
    args: [[packUserOp(op.userOp, signature)], chain.client.account.address],
  });
}

function readOutcome(op: SuperOp, logs: Log[]): Outcome {
  const own = parseEventLogs({
    abi: entryPoint07Abi,
    eventName: ['UserOperationEvent', 'UserOperationRevertReason'],
    logs,
  }).filter(({ args }) => args.userOpHash === op.userOpHash);
  const reverted = own.find((log) => log.eventName === 'UserOperationRevertReason');
  if (reverted !== undefined) return { kind: 'reverted', reason: describeRevert(reverted.args.revertReason) };
  const done = own.find((log) => log.eventName === 'UserOperationEvent');
  if (done === undefined) return { kind: 'refused', reason: nobody };
  return done.args.success ? { kind: 'success' } : { kind: 'reverted', reason: describeRevert('0x') };
}

const delegationOf = ({ userOp: { sender }, authorization }: SuperOp): StateOverride =>
  authorization === undefined ? [] : [{ address: sender, code: delegationCode(authorization) }];

/** Runs the operation on top of the latest block as a block at `time` (unix seconds) would. Nothing is sent. */
export async function simulateHandleOps(
  chain: ConnectedChain,
  op: SuperOp,
  signature: Hex,
  time: bigint,
): Promise<Outcome> {
  const { address } = chain.client.account;
  const call = { account: address, to: entryPointAddress, data: encodeHandleOps(chain, op, signature) };
  const [block] = await simulateBlocks(chain.client, {
    blocks: [
      {
        blockOverrides: { time },
        stateOverrides: delegationOf(op),
        calls: [{ ...call, gas: bundleGasFor(maxGasOf(op.userOp)) }],
      },
    ],
  });
  const result = block?.calls[0];
  if (result?.status !== 'success') return { kind: 'refused', reason: describeRevert(result?.data ?? '0x') };
  return readOutcome(op, result.logs ?? []);
}

/**
 * Sends the operation from the node's account and waits until it is mined.
 *
 * @param onSent called with the transaction hash as soon as the chain has the transaction
 */
export async function sendHandleOps(
  chain: ConnectedChain,
  op: SuperOp,
  signature: Hex,
  onSent: (transactionHash: Hex) => void,
): Promise<MinedOutcome> {
  const transactionHash = await chain.sendInTurn(async () => {
    const { address } = chain.client.account;
    return sendTransaction(chain.client, {
      chain: null,
      to: entryPointAddress,
      data: encodeHandleOps(chain, op, signature),
      gas: bundleGasFor(maxGasOf(op.userOp)),
      ...(op.authorization === undefined ? {} : { authorizationList: [op.authorization] }),
      nonce: await getTransactionCount(chain.client, { address, blockTag: 'pending' }),
    });
  });
  onSent(transactionHash);
  const receipt = await minedReceipt(chain.client, transactionHash);
  const outcome: Outcome =
    receipt.status === 'success'
      ? readOutcome(op, receipt.logs)
      : { kind: 'refused', reason: { text: 'the handleOps transaction reverted', names: [] } };
  return { ...outcome, transactionHash, gasUsed: receipt.gasUsed };
}
