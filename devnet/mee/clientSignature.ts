import { type Address, decodeAbiParameters, type Hex, parseAbiParameters, size, slice } from 'viem';
import { NodeError } from './nodeError';
import type { QuoteType } from './wire';

/** First bytes of a signature over a supertransaction, by what carries its hash. */
export const signaturePrefixes = {
  simple: '0x177eee00',
  onchain: '0x177eee01',
  permit: '0x177eee02',
} as const satisfies Record<QuoteType, Hex>;

const permitParameters = parseAbiParameters(
  'address token, address spender, bytes32 domainSeparator, bytes32 permitTypehash, uint256 amount, uint256 chainId, uint256 nonce, uint256 v, bytes32 r, bytes32 s',
);
const transactionParameters = parseAbiParameters('bytes32 hash, uint256 chainId');

/** A permit whose deadline is the hash of the supertransaction. */
export type SignedPermit = {
  token: Address;
  spender: Address;
  domainSeparator: Hex;
  amount: bigint;
  nonce: bigint;
  v: bigint;
  r: Hex;
  s: Hex;
};

/** What the client hands in with a quote. */
export type ClientSignature =
  | { carrier: 'simple'; signature: Hex }
  | { carrier: 'permit'; permit: SignedPermit }
  | { carrier: 'onchain'; transactionHash: Hex; chainId: number };

const sizes = { simple: 4 + 65, onchain: 4 + 64, permit: 4 + 320 } as const;

/**
 * Reads the signature of a quote.
 *
 * @throws NodeError 400 when it is of another kind than the quote, or of another length
 */
export function readClientSignature(quoteType: QuoteType, signature: Hex): ClientSignature {
  const prefix = signaturePrefixes[quoteType];
  if (size(signature) !== sizes[quoteType] || slice(signature, 0, 4).toLowerCase() !== prefix) {
    const rest = sizes[quoteType] - 4;
    throw new NodeError(
      400,
      `A quote of type ${quoteType} takes a signature of ${prefix} and ${rest} bytes.`,
    );
  }
  const body = slice(signature, 4);
  if (quoteType === 'simple') return { carrier: 'simple', signature: body };
  if (quoteType === 'onchain') {
    const [transactionHash, chainId] = decodeAbiParameters(transactionParameters, body);
    return { carrier: 'onchain', transactionHash, chainId: Number(chainId) };
  }
  const [token, spender, domainSeparator, , amount, , nonce, v, r, s] = decodeAbiParameters(
    permitParameters,
    body,
  );
  return { carrier: 'permit', permit: { token, spender, domainSeparator, amount, nonce, v, r, s } };
}
