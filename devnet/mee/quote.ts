import type { PrivateKeyAccount } from 'viem/accounts';
import { superTransactionRoot } from '../../src/protocol/mee/merkle';
import type { ConnectedChain } from './chain';
import { type Bounds, draftOp, raiseGas } from './draft';
import { type Fee, feeFor, readGasFees } from './gas';
import { NodeError } from './nodeError';
import { encodePayment, readFeeDecimals } from './payment';
import { type MeasuredGas, simulateQuote } from './simulateQuote';
import { hashOp, leavesOf, type OpDraft, type Supertransaction } from './supertransaction';
import { maxGasOf } from './userOp';
import { parseQuoteRequest, type QuoteRequest, readPaymentInfo } from './wire';

/** What every request of the node works with. */
export type NodeContext = { account: PrivateKeyAccount; chains: ReadonlyMap<number, ConnectedChain> };

const servedVersions = new Set(['2.0.0', '2.1.0']);

function chainOf(context: NodeContext, chainId: number): ConnectedChain {
  const chain = context.chains.get(chainId);
  if (chain === undefined) throw new NodeError(400, `Chain ${chainId} is not supported by this node.`);
  return chain;
}

/** Refuses what this node doesn't do, before it reads any chain. */
function checkOffer({ quoteType, paymentInfo, meeVersions, userOps }: QuoteRequest): void {
  if (quoteType !== 'simple')
    throw new NodeError(400, `Quote type ${quoteType} is not offered by this node.`);
  if (paymentInfo.sponsored) throw new NodeError(400, 'Sponsored quotes are not offered by this node.');
  const unknown = meeVersions.find(({ version }) => !servedVersions.has(version.version));
  if (unknown) throw new NodeError(400, `MEE version ${unknown.version.version} is not served by this node.`);
  if ([paymentInfo, ...userOps].some(({ eip7702Auth }) => eip7702Auth !== undefined)) {
    throw new NodeError(400, 'EIP-7702 authorizations are not taken by this node.');
  }
  const late = userOps.findIndex((op) => op.upperBoundTimestamp < op.lowerBoundTimestamp);
  if (late >= 0) throw new NodeError(400, `userOps[${late}]: the upper time bound is before the lower one.`);
}

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
      return draftOp(chain, await readGasFees(chain), op, op.callData, {
        lowerBoundTimestamp,
        upperBoundTimestamp,
      });
    }),
  );
}

/** The payment operation and its fee, priced by the gas limits of all operations. */
async function draftPayment(
  context: NodeContext,
  request: QuoteRequest,
  userOps: readonly OpDraft[],
): Promise<{ draft: OpDraft; fee: Fee }> {
  const { paymentInfo } = request;
  const chain = chainOf(context, paymentInfo.chainId);
  const [fees, decimals] = await Promise.all([readGasFees(chain), readFeeDecimals(chain, paymentInfo.token)]);
  const draft = draftOp(chain, fees, paymentInfo, '0x', paymentBounds(request));
  const gas = [draft, ...userOps].reduce((sum, { userOp }) => sum + maxGasOf(userOp), 0n);
  const fee = feeFor(gas, decimals);
  const callData = encodePayment(paymentInfo.token, context.account.address, fee.amount);
  return { draft: { ...draft, userOp: { ...draft.userOp, callData } }, fee };
}

async function measure(context: NodeContext, drafts: readonly OpDraft[]): Promise<OpDraft[]> {
  const measured = new Map<number, MeasuredGas>();
  const chainIds = new Set(drafts.map(({ chainId }) => chainId));
  await Promise.all(
    [...chainIds].map(async (chainId) => {
      const own = drafts.flatMap((draft, index) => (draft.chainId === chainId ? [{ index, draft }] : []));
      const gas = await simulateQuote(chainOf(context, chainId), own);
      own.forEach(({ index }, place) => {
        const used = gas[place];
        if (used !== undefined) measured.set(index, used);
      });
    }),
  );
  return drafts.map((draft, index) => {
    const used = measured.get(index);
    return used === undefined ? draft : raiseGas(draft, used);
  });
}

/**
 * Fills a quote request: payment first, gas, fee, hashes, and the node's own signature over the hash as commitment.
 *
 * @throws MalformedRequestError, or NodeError 400 with the reason of a failed simulation
 */
export async function buildQuote(context: NodeContext, body: unknown): Promise<Supertransaction> {
  const request = parseQuoteRequest(body);
  checkOffer(request);
  const userOps = await draftUserOps(context, request);
  const payment = await draftPayment(context, request, userOps);
  const drafts = [payment.draft, ...userOps];
  const simulate = request.simulation?.simulate ?? false;
  const ops = (simulate ? await measure(context, drafts) : drafts).map(hashOp);
  const hash = superTransactionRoot(leavesOf(ops));
  return {
    hash,
    node: context.account.address,
    commitment: await context.account.signMessage({ message: { raw: hash } }),
    paymentInfo: {
      ...readPaymentInfo(body),
      tokenAmount: payment.fee.text,
      tokenWeiAmount: payment.fee.amount.toString(),
      tokenValue: payment.fee.text,
    },
    ops,
  };
}
