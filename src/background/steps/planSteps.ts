import type { PreparePlan, PrepareRequest } from '../../storage/records';
import type { Approvals } from '../approvals/approvals';
import type { Chains } from '../chain/chains';
import type { PrepareExecutor } from '../executor/prepareExecutor';
import type { Journal } from '../journal/journal';
import { chainsOfPrepare, checkPrepare } from '../sessions/checkPrepare';
import { resultOfGrant } from '../sessions/grants';
import type { NetworkTime } from '../sessions/networkTime';
import type { Planner } from '../sessions/plan/plan';
import { readCodeFacts } from '../sessions/review/codeFacts';
import { reviewPrepare } from '../sessions/review/prepare';
import type { Comparer } from '../sessions/subset';
import type { Account } from './account';
import type { StepResult } from './runner';

type Parts = {
  approvals: Approvals;
  journal: Journal;
  account: Account;
  chains: Chains;
  plan: Planner;
  comparer: Comparer;
  executor: PrepareExecutor;
  time: NetworkTime;
  /** Forgets the key of a grant that never comes to be. */
  dropKey: (grantId: string) => Promise<void>;
};

/** From a request to its review, or to its end where nobody has to be asked. */
export const createPlanStep = (parts: Parts) => {
  const { approvals, journal, account, chains, comparer, executor, time } = parts;

  const end = async (
    { id, requestId }: PrepareRequest,
    result: Omit<NonNullable<PrepareRequest['result']>, 'requestId'>,
  ): Promise<StepResult> => {
    await parts.dropKey(id);
    await journal.advance(id, 'confirmed', (old) =>
      old.kind === 'prepare' ? { ...old, result: { requestId, ...result } } : old,
    );
    return 'continue';
  };

  const nothingToDo = (record: PrepareRequest, address: PreparePlan['account']) =>
    end(record, { account: address, permissions: [], transactions: [], outcome: 'nothingToDo' });

  return async (record: PrepareRequest): Promise<StepResult> => {
    const { id, origin, params, createdAt, expiresAt } = record;
    const chainIds = chainsOfPrepare(params);
    await time.sync(chainIds);
    const asked = checkPrepare(params, time.read());
    const owner = await account.owner();
    if (chainIds.length === 0) return nothingToDo(record, await account.address());
    const feeChainId = params.sponsorship ? undefined : params.feeToken?.chainId;
    const [{ draft, tokens }] = await Promise.all([
      parts.plan({ grantId: id, owner, params, asked }),
      executor.assertServed(chainIds, feeChainId),
    ]);
    const covering = await comparer.covering(origin, draft, params);
    if (covering) return end(record, resultOfGrant(covering));
    const idle = draft.operations.length === 0 && draft.cleanUps.length === 0 && draft.trigger === undefined;
    if (idle) return nothingToDo(record, draft.account);

    const [fees, code, nearest, configured] = await Promise.all([
      executor.estimate(draft, params),
      readCodeFacts(chains, draft.permissions),
      comparer.nearest(origin, draft, params),
      chains.all(),
    ]);
    const fixed: PreparePlan = { ...draft, ...fees };
    const names = new Map(configured.map(({ network }) => [network.chainId, network.name]));
    const view = reviewPrepare({
      ...{ id, origin, createdAt, expiresAt, plan: fixed, params, tokens, code, nearest },
      time: time.read().now,
      skew: time.skew(),
      chainName: (chainId) => names.get(chainId) ?? `Chain ${chainId}`,
    });
    await approvals.askPrepare(id, view, fixed);
    return 'pause';
  };
};
