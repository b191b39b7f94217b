import type { Chains } from '../chain/chains';
import type { Journal } from '../journal/journal';
import { assertBounds } from '../sessions/bounds';
import { assertSponsor } from '../sessions/checkFunding';
import { locked } from '../sessions/denials';
import type { GrantFinder } from '../sessions/grants';
import type { NetworkTime } from '../sessions/networkTime';
import type { Runner } from '../steps/runner';
import type { Handler } from './handler';
import { assertConfirmed, noResult, type OpenRequest } from './openRequest';

/** `latchkey_use`: executes inside a permission, with no prompt, and answers once everything is mined. */
export const createUse =
  (parts: {
    chains: Chains;
    time: NetworkTime;
    journal: Journal;
    open: OpenRequest;
    runner: Runner;
    finder: Pick<GrantFinder, 'assertAny'>;
    isUnlocked: () => Promise<boolean>;
  }): Handler<'latchkey_use'> =>
  async ([params], origin) => {
    const { chains, finder, time, journal, open, runner } = parts;
    const attached = await journal.find(origin, params.requestId);
    if (!attached) {
      if (!(await parts.isUnlocked())) throw locked();
      for (const { chainId } of params.instructions) await chains.on(chainId);
      await finder.assertAny(origin);
      await time.sync(params.instructions.map(({ chainId }) => chainId));
      assertBounds(params, time.read());
      assertSponsor(params);
    }
    const { id } = await open({ kind: 'use', origin, requestId: params.requestId, params });
    runner.start(id);
    const record = await journal.ended(id);
    assertConfirmed(record);
    if (record.kind !== 'use' || !record.result) throw noResult();
    return record.result;
  };
