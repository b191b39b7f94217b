import type { Hex } from 'viem';
import { encodeJson } from '../../protocol/mee/codec';
import { buildExecRequest } from '../../protocol/mee/sign';
import type { VerifiedQuote } from '../../protocol/mee/verify';
import type { Submission } from '../../storage/records';

/** A signed supertransaction as it is stored and sent. */
export const submissionOf = (quote: VerifiedQuote, signature: Hex): Submission => ({
  hash: quote.hash,
  body: encodeJson(buildExecRequest(quote, signature)),
  upperBound: Math.max(...quote.request.userOps.map((userOp) => userOp.upperBoundTimestamp)),
  operations: quote.response.userOps.flatMap((quoted, index) => {
    const userOpHash = quote.userOpHashes[index];
    if (userOpHash === undefined) return [];
    return [{ chainId: Number(quoted.chainId), nonce: BigInt(quoted.userOp.nonce), userOpHash }];
  }),
});
