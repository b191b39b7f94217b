import { concatHex, type Hex, isAddressEqual } from 'viem';
import type { Devnet } from '../../devnet/devnet';
import { callsOf } from '../../src/background/sessions/review/calls';
import { smartSessionAddress } from '../../src/protocol/constants/addresses';
import { parseQuoteResponse, type QuoteResponse } from '../../src/protocol/mee/quoteResponse';
import { decodeEnableSessions } from '../../src/protocol/session/enable';
import type { Session } from '../../src/protocol/session/session';

/** The signed supertransaction of that hash, as it reached the node to be executed. */
export const sentAs = ({ requests }: Devnet, hash: Hex | undefined): QuoteResponse => {
  const bodies = requests
    .filter(({ path }) => path.endsWith('/exec'))
    .map(({ body }) => parseQuoteResponse(body));
  const sent = bodies.find((body) => body.hash === hash);
  if (!sent) throw new Error(`Nothing of the hash ${hash} was sent.`);
  return sent;
};

/** Its operations without the payment. */
export const operationsOf = ({ userOps }: QuoteResponse): QuoteResponse['userOps'] => userOps.slice(1);

/** What it pays the node, in the smallest unit of its fee token. */
export const feeOf = ({ paymentInfo }: QuoteResponse): bigint => BigInt(paymentInfo.tokenWeiAmount);

/** The sessions that an operation enables, decoded from its calldata. */
export const sessionsOf = ({ userOp }: QuoteResponse['userOps'][number]): readonly Session[] =>
  callsOf(userOp.callData).flatMap(({ to, selector, inputs }) => {
    if (typeof to !== 'string' || !isAddressEqual(to, smartSessionAddress)) return [];
    const words = inputs.map((input) => (input.kind === 'raw' ? input.data : '0x'));
    return decodeEnableSessions(concatHex([selector, ...words]));
  });

/** The node's answers were asked for with these bodies since a moment, told by the number of requests before. */
export const quotedSince = ({ requests }: Devnet, before: number): readonly unknown[] =>
  requests
    .slice(before)
    .filter(({ path }) => /\/quote(-permit)?$/.test(path))
    .map(({ body }) => body);

/** How many signed supertransactions reached the node. */
export const submissions = ({ requests }: Devnet): number =>
  requests.filter(({ path }) => path.endsWith('/exec')).length;
