import type { Chains } from '../chain/chains';
import type { Journal } from '../journal/journal';
import { chainsOfPrepare, checkPrepare } from '../sessions/checkPrepare';
import type { NetworkTime } from '../sessions/networkTime';
import type { Runner } from '../steps/runner';
import type { Handler } from './handler';
import { assertConfirmed, noResult, type OpenRequest } from './openRequest';

/** `latchkey_prepare`: asks the person, and answers once everything ran and the permission is enabled on every chain. */
export const createPrepare =
  (parts: {
    chains: Chains;
    time: NetworkTime;
    journal: Journal;
    open: OpenRequest;
    runner: Runner;
  }): Handler<'latchkey_prepare'> =>
  async ([params], origin) => {
    const { chains, time, journal, open, runner } = parts;
    const attached = await journal.find(origin, params.requestId);
    if (!attached) {
      const chainIds = chainsOfPrepare(params);
      for (const chainId of chainIds) await chains.on(chainId);
      await time.sync(chainIds);
      checkPrepare(params, time.read());
    }
    const { id } = await open({ kind: 'prepare', origin, requestId: params.requestId, params });
    runner.start(id);
    const record = await journal.ended(id);
    assertConfirmed(record);
    if (record.kind !== 'prepare' || !record.result) throw noResult();
    return record.result;
  };
