import type { SessionAction } from './action';
import { ActionError } from './actionError';

/**
 * Joins actions of one chain so that one session holds them all.
 * @throws ActionError `BATCH_SIZE` for fewer than two, `BATCH_CHAINS` for different chains
 */
export function batchActions(actions: readonly SessionAction[]): SessionAction[] {
  const [first] = actions;
  if (first === undefined || actions.length < 2) {
    throw new ActionError('BATCH_SIZE', {
      shortMessage: 'A batch needs at least two actions.',
      action: 'Pass the action itself instead.',
    });
  }
  if (actions.some(({ chainId }) => chainId !== first.chainId)) {
    throw new ActionError('BATCH_CHAINS', {
      shortMessage: 'The actions of a batch must be on one chain.',
      action: 'Make one batch per chain.',
    });
  }
  return [{ chainId: first.chainId, actions: actions.flatMap((entry) => entry.actions) }];
}
