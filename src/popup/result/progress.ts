import type { RequestState } from '../../rpc/dapp/methods';
import type { RequestView } from '../../rpc/popup/procedures';

/** One stage on the way of a request. */
export type Stage = { label: string; status: 'done' | 'now' | 'ahead' };

const way: readonly { state: RequestState; label: string }[] = [
  { state: 'approved', label: 'Approved by you' },
  { state: 'quoted', label: 'Priced by the node and checked' },
  { state: 'signed', label: 'Signed' },
  { state: 'submitted', label: 'Sent to the node' },
  { state: 'mined', label: 'Included on chain' },
  { state: 'confirmed', label: 'Confirmed' },
];

const ends: ReadonlySet<RequestState> = new Set(['confirmed', 'failed', 'rejected', 'expired']);

/** Whether a request will not change any more. */
export function isEnded(state: RequestState): boolean {
  return ends.has(state);
}

/** The stages of a request that is under way or done; none for one that never started or ended badly. */
export function stagesOf({ kind, state }: RequestView): readonly Stage[] {
  const reached = way.findIndex((milestone) => milestone.state === state);
  if (kind === 'connect' || reached === -1) return [];
  return way.map(({ label }, index) => ({
    label,
    status: index <= reached ? 'done' : index === reached + 1 ? 'now' : 'ahead',
  }));
}

const done: Record<RequestView['kind'], { title: string; meaning: string }> = {
  connect: { title: 'Connected', meaning: 'The site knows the address of your account.' },
  prepare: {
    title: 'Done',
    meaning: 'What you approved is on chain. The site can act inside those limits and no further.',
  },
  use: { title: 'Done', meaning: 'Every call is on chain.' },
  revoke: { title: 'Removed', meaning: 'The chain no longer holds it. Nobody can use it any more.' },
};

const nothingHappened = 'Nothing was signed and nothing was shared.';
const endedHere = 'Here it has ended all the same: Latchkey does nothing for the site with it.';
const removalLeft = `The chain still holds it. ${endedHere}`;
const removalUnsure = `A chain may still hold it. ${endedHere}`;

const titles: Record<Exclude<RequestState, 'confirmed'>, string> = {
  received: 'Received',
  awaitingReview: 'Waits for your answer',
  approved: 'Approved, in progress',
  quoted: 'Approved, in progress',
  signed: 'Approved, in progress',
  submitted: 'Sent, in progress',
  mined: 'Included, waiting to be final',
  failed: 'Failed',
  rejected: 'Rejected',
  expired: 'Expired',
};

/** The state of a request in words. */
export function titleOf({ kind, state }: RequestView): string {
  if (state === 'confirmed') return done[kind].title;
  return kind === 'revoke' && state === 'rejected' ? 'Left on chain' : titles[state];
}

/** One sentence on what the state means for the person. */
export function meaningOf({ kind, state, hash }: RequestView): string {
  switch (state) {
    case 'confirmed':
      return done[kind].meaning;
    case 'rejected':
      return kind === 'revoke' ? removalLeft : nothingHappened;
    case 'expired':
      return kind === 'revoke'
        ? `The review was open for too long. ${removalLeft}`
        : 'The request was open for too long. The site has to ask again.';
    case 'failed':
      if (kind === 'revoke') return hash === undefined ? removalLeft : removalUnsure;
      return hash === undefined
        ? 'Nothing was sent.'
        : 'It was sent. What happened on chain stays; look at the transactions below, if there are any.';
    case 'received':
    case 'awaitingReview':
      return 'Nothing happens before you answer.';
    default:
      return 'You can close this window. It goes on without it.';
  }
}
