import type { ExplorerResponse } from '../../protocol/mee/quoteResponse';
import { RpcError } from '../../rpc/errors';
import type { Submission } from '../../storage/records';
import { type Clock, createBackOff } from '../journal/clock';
import type { MeeNode } from '../mee/node';
import { type Outcome, outcomeOf } from './outcome';

/** Seconds after the upper bound for which the node may still report. */
const graceSeconds = 120;

/** Polls the node until it has an outcome for every operation. Undefined when it stays silent past bound and grace. */
export const createTracker = ({ node, clock }: { node: Pick<MeeNode, 'explorer'>; clock: Clock }) => {
  const look = async (submission: Submission): Promise<ExplorerResponse | undefined> => {
    try {
      return await node.explorer(submission.hash);
    } catch (error) {
      if (error instanceof RpcError) return undefined;
      throw error;
    }
  };

  return async (submission: Submission): Promise<Outcome | undefined> => {
    const pause = createBackOff(250, 5_000);
    for (;;) {
      const explorer = await look(submission);
      const outcome = explorer && outcomeOf(submission, explorer);
      if (outcome) return outcome;
      if (clock.now() >= submission.upperBound + graceSeconds) return undefined;
      await clock.sleep(pause());
    }
  };
};
