import type { Hex } from 'viem';
import { chainOf, type NodeContext } from './chain';
import { readClientSignature } from './clientSignature';
import { NodeError } from './nodeError';
import { type Carrier, packOpSignature } from './signature';
import type { SuperOp, Supertransaction } from './supertransaction';
import { readTriggerTransaction } from './triggerTransaction';
import type { ExecRequest } from './wire';

/** What a client handed in with a quote. */
export type Submission = {
  carrier: Carrier;
  /** Signatures that operations brought along, by their place. */
  own: ReadonlyMap<number, Hex>;
};

function ownSignatures({ userOps }: ExecRequest): Map<number, Hex> {
  return new Map(
    userOps.flatMap(({ userOp: { signature } }, index) =>
      signature === undefined || signature === '0x' ? [] : [[index, signature] as const],
    ),
  );
}

/**
 * Reads what a client hands in, and for an on-chain trigger the owner's transaction.
 *
 * @throws NodeError 400 when a signature is of the wrong kind or missing
 */
export async function readSubmission(
  context: NodeContext,
  supertransaction: Supertransaction,
  request: ExecRequest,
): Promise<Submission> {
  const { quoteType, hash, paidBy } = supertransaction;
  const own = ownSignatures(request);
  if (paidBy === 'gasTank' && !own.has(0)) {
    throw new NodeError(400, 'userOps[0]: the sponsor has not signed it.');
  }
  const signed = readClientSignature(quoteType, request.signature);
  if (signed.carrier !== 'onchain') return { carrier: signed, own };
  const chain = chainOf(context, signed.chainId);
  const rawTransaction = await readTriggerTransaction(chain, signed.transactionHash, hash);
  return { carrier: { carrier: 'onchain', rawTransaction }, own };
}

/** The signature under which an operation goes to EntryPoint: its own, or its part of the supertransaction's. */
export function signatureOf(
  supertransaction: Supertransaction,
  { own, carrier }: Submission,
  op: SuperOp,
  index: number,
): Hex {
  return own.get(index) ?? packOpSignature(supertransaction, op, carrier);
}
