import type { PrepareParams } from '../../rpc/dapp/schema';
import type { PreparePlan, PrepareRequest } from '../../storage/records';
import type { Chains } from '../chain/chains';
import { type Clock, createBackOff } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { MeeNode } from '../mee/node';
import { type OwnerAdapter, signAsOwner } from '../owner/owner';
import { boundsOf } from '../sessions/bounds';
import type { PlanDraft } from '../sessions/draft';
import { quoteForPrepare } from './quoteForPrepare';
import type { Quoter } from './quoter';
import { boundsOver, chainUnsupported, feeChainUnsupported, feeChanged, notEnabled } from './refusals';
import { submissionOf } from './submission';

/** Seconds for which a chain may lag behind the node. */
const lagSeconds = 60;

/** The most that may be signed: a quarter above the estimate, rounded up. */
const feeMaxOf = (estimate: bigint): bigint => estimate + (estimate + 3n) / 4n;

type Parts = {
  quote: Quoter;
  node: MeeNode;
  chains: Chains;
  owner: OwnerAdapter;
  journal: Journal;
  clock: Clock;
};

/** What a PREPARE needs from node, owner and chain. */
export const createPrepareExecutor = ({ quote, node, chains, owner, journal, clock }: Parts) => {
  const assertServed = async (chainIds: readonly number[], feeChainId: number): Promise<void> => {
    const info = await node.info();
    const served = new Set(info.supportedChains.map((chain) => Number(chain.chainId)));
    const missing = chainIds.find((chainId) => !served.has(chainId));
    if (missing !== undefined) throw chainUnsupported(missing);
    if (!info.supportedGasTokens.some((chain) => Number(chain.chainId) === feeChainId)) {
      throw feeChainUnsupported(feeChainId);
    }
  };

  const missingOn = async (plan: PreparePlan): Promise<readonly number[]> => {
    const checks = await Promise.all(
      plan.permissions.map(async ({ chainId, permissionId }) => {
        const chain = await chains.on(chainId);
        return (await chain.isPermissionEnabled(permissionId, plan.account)) ? [] : [chainId];
      }),
    );
    return checks.flat();
  };

  return {
    /** Throws when the node doesn't serve the chains of a request. */
    assertServed,
    /** What the node asks now, and the most that may be signed. Base units of the fee token. */
    estimate: async (
      draft: PlanDraft,
      params: PrepareParams,
    ): Promise<{ feeEstimate: bigint; feeMax: bigint }> => {
      const quoted = await quote(quoteForPrepare(draft, boundsOf(params, clock.now())));
      const feeEstimate = quoted.fee.amount;
      return { feeEstimate, feeMax: feeMaxOf(feeEstimate) };
    },
    /** From approved (or quoted, after a restart) to signed: a fresh quote, proven, within the approved fee. */
    sign: async ({ id, params }: PrepareRequest, plan: PreparePlan): Promise<void> => {
      const bounds = boundsOf(params, clock.now());
      if (bounds.upper <= clock.now()) throw boundsOver();
      await Promise.all(plan.permissions.map(({ chainId }) => chains.on(chainId)));
      const quoted = await quote(quoteForPrepare(plan, bounds));
      if (quoted.fee.amount > plan.feeMax) throw feeChanged(plan.feeMax, quoted.fee.amount);
      await journal.advance(id, 'quoted');
      const signature = await signAsOwner(owner, plan.owner, quoted.hash);
      const submission = submissionOf(quoted, signature);
      await journal.advance(id, 'signed', (record) => ({ ...record, submission }));
    },
    /** Whether the permission is enabled on every chain of the plan now. */
    isEnabled: async (plan: PreparePlan): Promise<boolean> => (await missingOn(plan)).length === 0,
    /**
     * Waits until every chain of the plan says that the permission is enabled.
     * @param since unix seconds of the node's word
     * @throws RpcError PERMISSION_NOT_ENABLED, RPC_UNREACHABLE after a while
     */
    proveEnabled: async (plan: PreparePlan, since: number): Promise<void> => {
      const pause = createBackOff(300, 5_000);
      for (;;) {
        const late = clock.now() >= since + lagSeconds;
        const missing = await missingOn(plan).catch((error: unknown) => {
          if (late) throw error;
          return undefined;
        });
        if (missing?.length === 0) return;
        if (missing && late) throw notEnabled(missing);
        await clock.sleep(pause());
      }
    },
  };
};

export type PrepareExecutor = ReturnType<typeof createPrepareExecutor>;
