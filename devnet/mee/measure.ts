import { type ConnectedChain, chainOf, type NodeContext } from './chain';
import { raiseGas } from './draft';
import { pretenceOf } from './pretence';
import { type MeasuredGas, simulateQuote } from './simulateQuote';
import type { OpDraft } from './supertransaction';
import { triggerCall } from './trigger';
import type { QuoteRequest } from './wire';

/** An operation that will run, and its place in the quote. */
type Placed = { index: number; draft: OpDraft };

async function measureChain(
  chain: ConnectedChain,
  request: QuoteRequest,
  ops: readonly Placed[],
  fee: bigint,
): Promise<readonly MeasuredGas[]> {
  const delegations = ops.flatMap(({ draft: { userOp, authorization } }) =>
    authorization === undefined ? [] : [{ account: userOp.sender, authorization }],
  );
  return simulateQuote(chain, ops, {
    pretence: await pretenceOf(chain, request, delegations),
    trigger: await triggerCall(chain, request, fee),
  });
}

/**
 * Simulates the operations that will run, those of one chain together, and raises their gas limits to what they used.
 *
 * @param fee what a trigger pays on top of its amount
 * @throws NodeError 400 with the reason and the place of the operation in the quote
 */
export async function measure(
  context: NodeContext,
  request: QuoteRequest,
  drafts: readonly OpDraft[],
  { fee, skipPayment }: { fee: bigint; skipPayment: boolean },
): Promise<OpDraft[]> {
  const placed = drafts.map((draft, index) => ({ index, draft })).slice(skipPayment ? 1 : 0);
  const measured = new Map<number, MeasuredGas>();
  const chainIds = new Set(placed.map(({ draft }) => draft.chainId));
  await Promise.all(
    [...chainIds].map(async (chainId) => {
      const own = placed.filter(({ draft }) => draft.chainId === chainId);
      const gas = await measureChain(chainOf(context, chainId), request, own, fee);
      own.forEach(({ index }, place) => {
        const used = gas[place];
        if (used !== undefined) measured.set(index, used);
      });
    }),
  );
  const buffers = request.simulation?.gasLimitBuffers ?? {};
  return drafts.map((draft, index) => {
    const used = measured.get(index);
    return used === undefined ? draft : raiseGas(draft, used, buffers[draft.chainId] ?? 0n);
  });
}
