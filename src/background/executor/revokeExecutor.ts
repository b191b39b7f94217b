import type { RevokePlan, RevokeRequest } from '../../storage/records';
import { type Clock, createBackOff } from '../journal/clock';
import type { Journal } from '../journal/journal';
import { boundsOf } from '../sessions/bounds';
import type { ChainState } from '../sessions/chainState';
import type { NetworkTime } from '../sessions/networkTime';
import { instructionsOfRevoke, type RevokeDraft } from '../sessions/plan/revoke';
import { holdsOf } from '../sessions/revocation';
import type { OwnerExecutor, PlanBody } from './ownerExecutor';
import { notRemoved } from './refusals';

/** Seconds for which a chain may lag behind the node. */
const lagSeconds = 60;

type Parts = {
  owner: OwnerExecutor;
  chainState: Pick<ChainState, 'read'>;
  journal: Journal;
  clock: Clock;
  time: NetworkTime;
};

/** What a revocation needs from node, owner and chain. */
export const createRevokeExecutor = ({ owner, chainState, journal, clock, time }: Parts) => {
  const bodyOf = async (plan: RevokeDraft, { params }: RevokeRequest): Promise<PlanBody> => {
    await time.sync(plan.chains.map(({ chainId }) => chainId));
    return {
      instructions: instructionsOfRevoke(plan, params.action),
      batch: true,
      bounds: boundsOf({}, time.read()),
    };
  };

  const heldOn = async (plan: RevokePlan, { params }: RevokeRequest): Promise<readonly number[]> => {
    const found = await Promise.all(
      plan.permissions.map(async (permission) =>
        holdsOf(permission, await chainState.read(plan, permission), params.action)
          ? [permission.chainId]
          : [],
      ),
    );
    return found.flat();
  };

  return {
    estimate: async (draft: RevokeDraft, record: RevokeRequest) =>
      owner.estimate(draft, await bodyOf(draft, record)),
    /** From approved (or quoted, after a restart) to signed. */
    sign: async (record: RevokeRequest, plan: RevokePlan): Promise<void> => {
      const advance = () => journal.advance(record.id, 'quoted');
      const submission = await owner.sign(plan, await bodyOf(plan, record), advance);
      await journal.advance(record.id, 'signed', (old) => ({ ...old, submission }));
    },
    /** Whether no chain of the plan holds it any more. */
    isRemoved: async (plan: RevokePlan, record: RevokeRequest): Promise<boolean> =>
      (await heldOn(plan, record)).length === 0,
    /**
     * Waits until no chain of the plan holds it any more.
     * @param since unix seconds of the node's word
     * @throws RpcError PERMISSION_NOT_REMOVED, RPC_UNREACHABLE after a while
     */
    proveRemoved: async (plan: RevokePlan, record: RevokeRequest, since: number): Promise<void> => {
      const pause = createBackOff(300, 5_000);
      for (;;) {
        const late = clock.now() >= since + lagSeconds;
        const held = await heldOn(plan, record).catch((error: unknown) => {
          if (late) throw error;
          return undefined;
        });
        if (held?.length === 0) return;
        if (held && late) throw notRemoved(held);
        await clock.sleep(pause());
      }
    },
  };
};

export type RevokeExecutor = ReturnType<typeof createRevokeExecutor>;
