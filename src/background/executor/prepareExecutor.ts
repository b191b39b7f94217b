import { readDelegation } from '../../protocol/account/authorization';
import { meeVersions } from '../../protocol/constants/versions';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import type { PreparePlan, PrepareRequest } from '../../storage/records';
import type { Chains } from '../chain/chains';
import { type Clock, createBackOff } from '../journal/clock';
import type { Journal } from '../journal/journal';
import { boundsOf } from '../sessions/bounds';
import type { ChainState, PermissionState } from '../sessions/chainState';
import type { NetworkTime } from '../sessions/networkTime';
import { instructionsOfPrepare } from '../sessions/plan/instructions';
import { sourceOf } from '../sessions/plan/operations';
import type { PlanDraft } from '../sessions/plan/plan';
import type { OwnerExecutor, PlanBody } from './ownerExecutor';
import { boundsOver, notDelegated } from './refusals';
import { assertUnchanged } from './unchanged';

/** Seconds for which a chain may lag behind the node. */
const lagSeconds = 60;

type Parts = {
  owner: OwnerExecutor;
  chains: Chains;
  chainState: Pick<ChainState, 'read'>;
  journal: Journal;
  clock: Clock;
  time: NetworkTime;
};

/** What a PREPARE needs from node, owner and chain. */
export const createPrepareExecutor = ({ owner, chains, chainState, journal, clock, time }: Parts) => {
  const bodyOf = (plan: PlanDraft, params: PrepareParams): PlanBody => {
    const bounds = boundsOf(params, time.read(), plan.quoteType);
    const instructions = instructionsOfPrepare(sourceOf(plan, params), bounds);
    return { instructions, batch: params.enableSession?.batchActions ?? true, bounds };
  };

  const statesOf = (plan: PreparePlan): Promise<readonly PermissionState[]> =>
    Promise.all(plan.permissions.map((permission) => chainState.read(plan, permission)));

  const undelegatedOn = async ({ chains: planned, owner: eoa, version }: PreparePlan) => {
    const { implementationAddress } = meeVersions[version];
    const found = await Promise.all(
      planned.map(async ({ chainId, deploy }) => {
        if (deploy !== 'delegate') return [];
        const code = await (await chains.on(chainId)).code(eoa);
        return readDelegation(code, implementationAddress).kind === 'expected' ? [] : [chainId];
      }),
    );
    return found.flat();
  };

  return {
    assertServed: owner.assertServed,
    /** What the node asks now, and the most that may be signed. Base units of the fee token. */
    estimate: (draft: PlanDraft, params: PrepareParams) => owner.estimate(draft, bodyOf(draft, params)),
    /** From approved (or quoted, after a restart) to signed: a fresh quote, proven, within the approved fee. */
    sign: async ({ id, params }: PrepareRequest, plan: PreparePlan): Promise<void> => {
      await time.sync(plan.chains.map(({ chainId }) => chainId));
      const body = bodyOf(plan, params);
      if (body.bounds.upper <= time.read().now) throw boundsOver();
      const unchanged = assertUnchanged(plan, chains);
      const onQuoted = async () => {
        await unchanged;
        await journal.advance(id, 'quoted');
      };
      const [outcome, found] = await Promise.allSettled([owner.sign(plan, body, onQuoted), unchanged]);
      if (found.status === 'rejected') throw found.reason;
      if (outcome.status === 'rejected') throw outcome.reason;
      const submission = outcome.value;
      await journal.advance(id, 'signed', (record) => ({ ...record, submission }));
    },
    /** What the chains hold of a plan's permissions now. Throws when one can't be read. */
    statesOf,
    /** The owner's address has the code that was authorized. @throws RpcError DELEGATION_MISSING, RPC_UNREACHABLE */
    proveDelegated: async (plan: PreparePlan): Promise<void> => {
      const missing = await undelegatedOn(plan);
      if (missing.length > 0) throw notDelegated(missing);
    },
    /**
     * Waits until every chain of the plan holds every action, and gives what they hold at the end of the time.
     * @param since unix seconds of the node's word
     * @throws RpcError RPC_UNREACHABLE when a chain can't be read for the whole time
     */
    waitEnabled: async (plan: PreparePlan, since: number): Promise<readonly PermissionState[]> => {
      const pause = createBackOff(300, 5_000);
      for (;;) {
        const late = clock.now() >= since + lagSeconds;
        const found = await statesOf(plan).catch((error: unknown) => {
          if (late) throw error;
          return undefined;
        });
        if (found && (late || found.every(isWhole))) return found;
        await clock.sleep(pause());
      }
    },
  };
};

/** Whether a permission is enabled with every action. */
export const isWhole = ({ enabled, states }: PermissionState): boolean =>
  enabled && states.every((state) => state === 'enabled');

export type PrepareExecutor = ReturnType<typeof createPrepareExecutor>;
