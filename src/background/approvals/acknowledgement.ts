import type { Review } from '../../rpc/popup/review';
import type { Danger } from '../../rpc/popup/reviewParts';
import { invalidParams } from '../errors/rpcErrors';

const notAcknowledged = (codes: readonly string[]) =>
  invalidParams({
    reason: 'NOT_ACKNOWLEDGED',
    message: 'The request has dangers that were not agreed to.',
    action: 'Read each danger in the review and agree to it, or reject the request.',
    details: { codes },
  });

/** Every danger that a review shows, wherever it stands. */
export const dangersOf = (review: Review): readonly Danger[] => {
  if (review.kind === 'connect') return [];
  const calls = review.kind === 'prepare' ? review.instructions.flatMap((one) => one.calls) : [];
  const actions = review.kind === 'prepare' ? review.permissions.flatMap((one) => one.actions) : [];
  return [
    ...review.dangers,
    ...actions.flatMap(({ dangers }) => dangers),
    ...calls.flatMap(({ dangers }) => dangers),
  ];
};

/** @throws RpcError -32602 NOT_ACKNOWLEDGED naming the dangers that weren't agreed to */
export const assertAcknowledged = (review: Review | undefined, acknowledged: readonly string[]): void => {
  const needed = review ? dangersOf(review).filter(({ acknowledge }) => acknowledge) : [];
  const missing = new Set(needed.map(({ code }) => code).filter((code) => !acknowledged.includes(code)));
  if (missing.size > 0) throw notAcknowledged([...missing]);
};
