import { encodeJson } from '../../protocol/mee/codec';
import type { ExecRequest } from '../../protocol/mee/exec';
import type { VerifiedQuote } from '../../protocol/mee/verify';
import type { OwnerTransaction, Submission, SubmittedOperation } from '../../storage/records';

const roleOf = ({ request, sponsored }: VerifiedQuote, index: number): Pick<SubmittedOperation, 'role'> => {
  if (index === 0) return sponsored ? { role: 'sponsor' } : {};
  return request.userOps[index - 1]?.isCleanUpUserOp ? { role: 'cleanUp' } : {};
};

/** A signed supertransaction as it is stored and sent. */
export const submissionOf = (
  quote: VerifiedQuote,
  body: ExecRequest,
  ownerTransaction?: OwnerTransaction,
): Submission => ({
  hash: quote.hash,
  body: encodeJson(body),
  upperBound: Math.max(...quote.request.userOps.map((userOp) => userOp.upperBoundTimestamp)),
  operations: quote.response.userOps.flatMap((quoted, index) => {
    const userOpHash = quote.userOpHashes[index];
    if (userOpHash === undefined) return [];
    const { chainId, userOp } = quoted;
    return [{ chainId: Number(chainId), nonce: BigInt(userOp.nonce), userOpHash, ...roleOf(quote, index) }];
  }),
  ...(ownerTransaction === undefined ? {} : { ownerTransaction }),
});

/** Whether the signed bytes are still there. */
export const isSendable = ({ body }: Submission): boolean => body !== '';
