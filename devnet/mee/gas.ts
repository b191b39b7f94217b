import { concatHex, formatUnits, type Hex, numberToHex } from 'viem';
import { getBlock } from 'viem/actions';
import type { ConnectedChain } from './chain';
import type { QuoteType } from './wire';

const defaultVerificationGas = 150_000n;
const deploymentGas = 500_000n;
const sessionGas = 300_000n;
/** What reading a permit, or the owner's transaction, takes on top. */
const carrierGas = { simple: 0n, permit: 150_000n, onchain: 700_000n };
const paymasterGas = { verification: 300_000n, postOp: 60_000n };
const priorityFee = 1_000_000n;

/** Gas that each operation is charged for its place in the bundle (units). */
export const preVerificationGas = 60_000n;

/** Verification gas of an operation (units): what the client asks, plus what its kind needs on top. */
export function verificationGasFor(
  requested: bigint | undefined,
  kind: { deploys: boolean; bySession: boolean; signedBy: QuoteType },
): bigint {
  return (
    (requested ?? defaultVerificationGas) +
    (kind.deploys ? deploymentGas : 0n) +
    (kind.bySession ? sessionGas : 0n) +
    carrierGas[kind.signedBy]
  );
}

/** A measured amount of gas with room for what differs at execution (units). */
export function withHeadroom(measured: bigint): bigint {
  return (measured * 5n) / 4n + 100_000n;
}

/** Fees per gas in wei. Both are zero where the node itself pays, so that EntryPoint asks nobody for a deposit. */
export type GasFees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint };

/** What an operation on this chain offers per gas. */
export async function readGasFees(chain: ConnectedChain): Promise<GasFees> {
  if (chain.paymaster === undefined) return { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
  const { baseFeePerGas } = await getBlock(chain.client);
  return { maxFeePerGas: 2n * (baseFeePerGas ?? 0n) + priorityFee, maxPriorityFeePerGas: priorityFee };
}

/** `paymasterAndData` of EntryPoint v0.7: paymaster, its verification gas, its post-operation gas; no data. */
export function paymasterAndDataOf(chain: ConnectedChain): Hex {
  if (chain.paymaster === undefined) return '0x';
  return concatHex([
    chain.paymaster,
    numberToHex(paymasterGas.verification, { size: 16 }),
    numberToHex(paymasterGas.postOp, { size: 16 }),
  ]);
}

/** Gas limit of the transaction that carries one operation whose own limits sum to `maxGas` (units). */
export function bundleGasFor(maxGas: bigint): bigint {
  return ((maxGas + paymasterGas.verification + paymasterGas.postOp) * 11n) / 10n + 200_000n;
}

/** The node's price at its fixed test rate: a flat part and a part by gas, as text and in the token's units. */
export type Fee = { amount: bigint; text: string };

/** Fee for `gas` units in a token with that many decimals: 0.01 token and 0.004 for every million of gas. */
export function feeFor(gas: bigint, decimals: number): Fee {
  const nanoTokens = 10_000_000n + gas * 4n;
  const amount = (nanoTokens * 10n ** BigInt(decimals)) / 1_000_000_000n;
  return { amount, text: formatUnits(amount, decimals) };
}
