import { userRejected } from '../errors/rpcErrors';

/** The ways of saying no. Each is 4001 for the page. */
export const rejections = {
  rejected: userRejected({
    reason: 'USER_REJECTED',
    message: 'The person rejected the request.',
    action: 'Ask again only when the person starts it.',
  }),
  closed: userRejected({
    reason: 'REVIEW_CLOSED',
    message: 'The person closed the review without deciding.',
    action: 'Ask again only when the person starts it.',
  }),
  locked: userRejected({
    reason: 'LOCKED',
    message: 'Latchkey was locked while the request waited.',
    action: 'Unlock Latchkey, then ask again.',
  }),
  expired: userRejected({
    reason: 'REVIEW_EXPIRED',
    message: 'The request waited too long for a decision.',
    action: 'Ask again when the person is there.',
  }),
  left: userRejected({
    reason: 'PAGE_CLOSED',
    message: 'The page was closed or left while the request waited.',
    action: 'Ask again when the page is open.',
  }),
  restarted: userRejected({
    reason: 'BROWSER_RESTARTED',
    message: 'The browser was closed while the request waited.',
    action: 'Ask again.',
  }),
} as const;
