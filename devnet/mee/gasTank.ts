import * as v from 'valibot';
import { type Address, isAddressEqual, type LocalAccount, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import { nonceKey } from '../../src/protocol/account/nonce';
import { entryPointAbi } from '../../src/protocol/constants/abis';
import { entryPointAddress } from '../../src/protocol/constants/addresses';
import { validationModes } from '../../src/protocol/constants/modes';
import { superTransactionProof, superTransactionRoot } from '../../src/protocol/mee/merkle';
import { chainOf, type NodeContext } from './chain';
import { NodeError } from './nodeError';
import { packRoot } from './signature';
import { leavesOf, type Supertransaction } from './supertransaction';

/** A smart account that pays the node for other accounts, on the word of its owner, the sponsor. */
export type GasTank = { address: Address; chainId: number; owner: LocalAccount };

const signedQuote = v.looseObject({
  hash: v.string(),
  userOps: v.pipe(v.array(v.looseObject({ userOp: v.looseObject({}) })), v.minLength(1)),
});

let hint = BigInt(Date.now());

/**
 * A nonce that no other operation of the account has: the sponsor's answer of `GET sponsorship/nonce`.
 *
 * @returns decimal text
 */
export async function freeNonce(
  context: NodeContext,
  chainId: number,
  account: Address,
): Promise<{ nonce: string }> {
  hint += 1n;
  const nonce = await readContract(chainOf(context, chainId).client, {
    address: entryPointAddress,
    abi: entryPointAbi,
    functionName: 'getNonce',
    args: [account, nonceKey({ hint, mode: validationModes.validate, validator: zeroAddress })],
  });
  return { nonce: nonce.toString() };
}

/**
 * Lets the sponsor sign operation 0 of a quote: the sponsor's answer of `POST sponsorship/sign`.
 *
 * @param find finds a quote of this node by its hash
 * @returns the quote as it came, with the signature
 * @throws NodeError 400 when the quote isn't this node's, or doesn't draw on the tank
 */
export async function sponsorQuote(
  tank: GasTank,
  body: unknown,
  find: (hash: string) => Supertransaction | undefined,
): Promise<unknown> {
  const parsed = v.safeParse(signedQuote, body);
  if (!parsed.success) throw new NodeError(400, 'The body is no quote.');
  const quote = parsed.output;
  const supertransaction = find(quote.hash);
  const payment = supertransaction?.ops[0];
  if (supertransaction === undefined || payment === undefined) {
    throw new NodeError(400, `No quote of this node has the hash ${quote.hash}.`);
  }
  if (supertransaction.paidBy !== 'gasTank' || !isAddressEqual(payment.userOp.sender, tank.address)) {
    throw new NodeError(400, `The quote does not draw on the gas tank ${tank.address}.`);
  }
  const leaves = leavesOf(supertransaction.ops);
  const root = superTransactionRoot(leaves);
  const signed = await tank.owner.signMessage({ message: { raw: root } });
  const proof = superTransactionProof(leaves, payment.meeUserOpHash);
  const signature = packRoot(root, payment, proof, signed);
  const [first, ...rest] = quote.userOps;
  return { ...quote, userOps: [{ ...first, userOp: { ...first?.userOp, signature } }, ...rest] };
}
