import type { ReviewedAction } from '../../rpc/popup/procedures';
import { useClient } from '../client';
import { go } from '../useRoute';
import { type Submit, useSubmit } from '../useSubmit';

export type Stop = Pick<Submit, 'busy' | 'failure'> & { stop: (action?: ReviewedAction) => void };

/** Ends a grant, or one function of it, here; then shows the review that removes it on chain. */
export function useStop(grantId: string): Stop {
  const client = useClient();
  const { busy, failure, run } = useSubmit();
  const stop = (action?: ReviewedAction) =>
    void run(async () => {
      const part =
        action === undefined
          ? {}
          : { action: { actionTarget: action.target, actionTargetSelector: action.selector } };
      const request = await client.call('revokeGrant', { grantId, ...part });
      go({ view: 'review', id: request.id });
    });
  return { busy, failure, stop };
}
