import type { Hex } from 'viem';
import { superTransactionRoot } from '../../src/protocol/mee/merkle';
import { checkAuthorization } from './authorization';
import { chainOf, type NodeContext } from './chain';
import { draftOp } from './draft';
import { type Fee, feeFor, readGasFees } from './gas';
import { measure } from './measure';
import { checkOffer, isTyped, type QuotePath } from './offer';
import { encodePayment, payerOf, readFeeDecimals } from './payment';
import { emptyPayment, paymentKindOf } from './sponsorship';
import {
  type Bounds,
  hashOp,
  leavesOf,
  type OpDraft,
  type Supertransaction,
  signedOps,
} from './supertransaction';
import { superTxDigest } from './typedSuperTx';
import { maxGasOf } from './userOp';
import { parseQuoteRequest, type QuoteRequest, readPaymentInfo } from './wire';

/** Decimals of the token in which a trusted sponsor keeps its books. */
const sponsorDecimals = 6;

/** The payment may run as soon as the first operation and as late as the last. */
function paymentBounds({ userOps }: QuoteRequest): Bounds {
  return {
    lowerBoundTimestamp: Math.min(...userOps.map((op) => op.lowerBoundTimestamp)),
    upperBoundTimestamp: Math.max(...userOps.map((op) => op.upperBoundTimestamp)),
  };
}

async function draftUserOps(context: NodeContext, request: QuoteRequest): Promise<OpDraft[]> {
  return Promise.all(
    request.userOps.map(async (op) => {
      const chain = chainOf(context, op.chainId);
      const { lowerBoundTimestamp, upperBoundTimestamp } = op;
      return draftOp(chain, op, {
        fees: await readGasFees(chain),
        callData: op.callData,
        bounds: { lowerBoundTimestamp, upperBoundTimestamp },
        signedBy: request.quoteType,
      });
    }),
  );
}

const gasOf = (drafts: readonly OpDraft[]): bigint =>
  drafts.reduce((sum, { userOp }) => sum + maxGasOf(userOp), 0n);

/** The payment operation and its fee, priced by the gas limits of all operations. */
async function draftPayment(
  context: NodeContext,
  request: QuoteRequest,
  path: QuotePath,
  userOps: readonly OpDraft[],
): Promise<{ draft: OpDraft; fee: Fee }> {
  const { paymentInfo, quoteType } = request;
  const bounds = paymentBounds(request);
  const paidBy = paymentKindOf(paymentInfo);
  if (paidBy === 'trusted') {
    return { draft: emptyPayment(paymentInfo, bounds), fee: feeFor(gasOf(userOps), sponsorDecimals) };
  }
  const chain = chainOf(context, paymentInfo.chainId);
  const [fees, decimals] = await Promise.all([readGasFees(chain), readFeeDecimals(chain, paymentInfo.token)]);
  const signedBy = paidBy === 'gasTank' ? 'simple' : quoteType;
  const draft = draftOp(chain, paymentInfo, { fees, callData: '0x', bounds, signedBy });
  const fee = feeFor(gasOf([draft, ...userOps]), decimals);
  const payer = paidBy === 'gasTank' ? undefined : payerOf(request, path);
  const callData = encodePayment(paymentInfo.token, context.account.address, fee.amount, payer);
  return { draft: { ...draft, userOp: { ...draft.userOp, callData } }, fee };
}

/** An authorization that a chain would pass over is refused at once, since nothing would tell later. */
async function checkAuthorizations(context: NodeContext, drafts: readonly OpDraft[]): Promise<void> {
  await Promise.all(
    drafts.map(async ({ chainId, userOp, authorization }, index) => {
      if (authorization === undefined) return;
      await checkAuthorization(chainOf(context, chainId), userOp.sender, authorization, index);
    }),
  );
}

type Unsigned = Omit<Supertransaction, 'hash' | 'commitment'>;

function hashOf(unsigned: Unsigned): Hex {
  return unsigned.typed ? superTxDigest(signedOps(unsigned)) : superTransactionRoot(leavesOf(unsigned.ops));
}

/**
 * Fills a quote request: payment first, gas, fee, hashes, and the node's own signature over the hash as commitment.
 *
 * @throws MalformedRequestError, or NodeError 400 with the reason of a failed simulation
 */
export async function buildQuote(
  context: NodeContext,
  body: unknown,
  path: QuotePath,
): Promise<Supertransaction> {
  const request = parseQuoteRequest(body);
  checkOffer(request, path);
  const paidBy = paymentKindOf(request.paymentInfo);
  const userOps = await draftUserOps(context, request);
  const { draft, fee } = await draftPayment(context, request, path, userOps);
  const drafts = [draft, ...userOps];
  await checkAuthorizations(context, drafts);
  const simulate = request.simulation?.simulate ?? false;
  const scene = { fee: paidBy === 'account' ? fee.amount : 0n, skipPayment: paidBy === 'trusted' };
  const ops = (simulate ? await measure(context, request, drafts, scene) : drafts).map(hashOp);
  const unsigned: Unsigned = {
    node: context.account.address,
    paymentInfo: {
      ...readPaymentInfo(body),
      tokenAmount: fee.text,
      tokenWeiAmount: fee.amount.toString(),
      tokenValue: fee.text,
    },
    quoteType: request.quoteType,
    typed: isTyped(request),
    paidBy,
    ...(request.trigger === undefined ? {} : { triggerChainId: request.trigger.chainId }),
    ops,
  };
  const hash = hashOf(unsigned);
  return { ...unsigned, hash, commitment: await context.account.signMessage({ message: { raw: hash } }) };
}
