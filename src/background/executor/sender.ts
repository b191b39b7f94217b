import type { Submission } from '../../storage/records';
import { hasReason } from '../errors/rpcErrors';
import { type Clock, createBackOff } from '../journal/clock';
import type { MeeNode } from '../mee/node';
import { isSendable } from './submission';

/**
 * Hands a stored submission to the node, once. After any doubt the node is asked by hash before the same body is sent
 * again, so that nothing runs twice. Gives false when the upper bound passed without the node taking it, or when it
 * doesn't know what may no longer be sent.
 */
export const createSender =
  ({ node, clock }: { node: Pick<MeeNode, 'exec' | 'explorer'>; clock: Clock }) =>
  async (submission: Submission, options: { mayBeSent: boolean }): Promise<boolean> => {
    const pause = createBackOff(500, 10_000);
    let mayBeSent = options.mayBeSent;

    /** True or false as the node says; undefined when it doesn't say. */
    const isKnown = async (): Promise<boolean | undefined> => {
      try {
        return (await node.explorer(submission.hash)) !== undefined;
      } catch {
        return undefined;
      }
    };

    const offer = async (): Promise<boolean> => {
      try {
        await node.exec(submission.body);
        return true;
      } catch (error) {
        if (!hasReason(error, 'NODE_REFUSED')) return false;
        if (await isKnown()) return true;
        throw error;
      }
    };

    for (;;) {
      const known = mayBeSent ? await isKnown() : false;
      if (known) return true;
      if (clock.now() >= submission.upperBound) return false;
      if (known === false) {
        if (!isSendable(submission)) return false;
        if (await offer()) return true;
        mayBeSent = true;
      }
      await clock.sleep(pause());
    }
  };
