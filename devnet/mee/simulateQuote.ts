import {
  type Address,
  encodeFunctionData,
  type Hex,
  numberToHex,
  parseAbi,
  type StateOverride,
  slice,
} from 'viem';
import { simulateBlocks } from 'viem/actions';
import { entryPointAddress } from '../../src/protocol/constants/addresses';
import { encodeUseSignature } from '../../src/protocol/session/signature';
import { type ConnectedChain, nextBlockTime } from './chain';
import { NodeError } from './nodeError';
import { describeRevert } from './revertReason';
import { hashOp, type OpDraft } from './supertransaction';
import type { TriggerCall } from './trigger';
import { packUserOp } from './userOp';

const validatorAbi = parseAbi([
  'struct PackedUserOperation { address sender; uint256 nonce; bytes initCode; bytes callData; bytes32 accountGasLimits; uint256 preVerificationGas; bytes32 gasFees; bytes paymasterAndData; bytes signature; }',
  'function validateUserOp(PackedUserOperation userOp, bytes32 userOpHash) returns (uint256)',
]);

/** Gas that one operation used in the simulation (units). */
export type MeasuredGas = { deployment: bigint; validation: bigint; execution: bigint };

type Step = { part: keyof MeasuredGas; from: Address; to: Address; data: Hex };

/** The validator that a nonce names: hint(3) ‖ mode(1) ‖ validator(20) ‖ sequence(8). */
const validatorOf = (nonce: bigint): Address => slice(numberToHex(nonce, { size: 32 }), 4, 24);

async function stepsOf(chain: ConnectedChain, draft: OpDraft): Promise<Step[]> {
  const { sender, initCode, callData } = draft.userOp;
  const steps: Step[] = [];
  if (initCode !== '0x') {
    const [to, data] = [slice(initCode, 0, 20), slice(initCode, 20)];
    steps.push({ part: 'deployment', from: entryPointAddress, to, data });
  }
  if (draft.permissionId !== undefined) {
    const data = await probeValidation(chain, draft, draft.permissionId);
    steps.push({ part: 'validation', from: sender, to: validatorOf(draft.userOp.nonce), data });
  }
  steps.push({ part: 'execution', from: entryPointAddress, to: sender, data: callData });
  return steps;
}

/** Runs a session's policies under a signature of the node's own: that it isn't the session's is found last and is no revert. */
async function probeValidation(chain: ConnectedChain, draft: OpDraft, permissionId: Hex): Promise<Hex> {
  const { userOpHash } = hashOp(draft);
  const signature = await chain.client.account.sign({ hash: userOpHash });
  const packed = packUserOp(draft.userOp, encodeUseSignature(permissionId, signature));
  return encodeFunctionData({
    abi: validatorAbi,
    functionName: 'validateUserOp',
    args: [packed, userOpHash],
  });
}

/** What is in place before the first operation: state that is pretended, and a transaction of the owner's. */
export type Scene = { pretence: StateOverride; trigger?: TriggerCall | undefined };

/**
 * Runs the operations of one chain one after the other on top of the latest block: deployment, session policies,
 * execution. Nothing is sent.
 *
 * @returns the gas of each operation, in their order
 * @throws NodeError 400 with the reason and the place of the operation in the quote
 */
export async function simulateQuote(
  chain: ConnectedChain,
  ops: readonly { index: number; draft: OpDraft }[],
  { pretence, trigger }: Scene,
): Promise<readonly MeasuredGas[]> {
  const steps = await Promise.all(ops.map(({ draft }) => stepsOf(chain, draft)));
  const time = await nextBlockTime(chain);
  const calls = steps.flat().map(({ from, to, data }) => ({ account: from, to, data, value: 0n }));
  if (trigger !== undefined) calls.unshift({ account: trigger.from, ...trigger });
  const [block] = await simulateBlocks(chain.client, {
    blocks: [{ blockOverrides: { time }, stateOverrides: pretence, calls }],
  });
  const results = [...(block?.calls ?? [])];
  const take = (place: string): bigint => {
    const result = results.shift();
    if (result?.status === 'success') return result.gasUsed;
    const reason = describeRevert(result?.data ?? '0x').text;
    throw new NodeError(400, `Simulation failed: ${place} on chain ${chain.chainId}: ${reason}`);
  };
  if (trigger !== undefined) take('the trigger');
  return steps.map((own, place) => {
    const measured: MeasuredGas = { deployment: 0n, validation: 0n, execution: 0n };
    for (const { part } of own) measured[part] = take(`userOps[${ops[place]?.index ?? place}]`);
    return measured;
  });
}
