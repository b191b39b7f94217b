import type { PrepareReview, RevokeReview } from '../../rpc/popup/procedures';
import type { QuoteType } from '../../rpc/popup/review';

type Parts = Pick<PrepareReview, 'permissions' | 'instructions' | 'trigger'>;

/** What a PREPARE is about, as the end of a sentence that begins with the site. */
export function prepareWish({ permissions, instructions, trigger }: Parts): string {
  const acts = instructions.length > 0 || trigger !== undefined;
  if (permissions.length > 0) {
    return acts
      ? 'wants your account to do something now, and to act for it later without asking each time.'
      : 'wants to act for your account, without asking each time.';
  }
  return acts
    ? 'wants your account to do something once. It gets no permission to act later.'
    : 'wants to set up your account. It gets no permission to act later.';
}

/** What a removal is about, as the end of a sentence that begins with the site. */
export function revokeWish({ by, scope }: Pick<RevokeReview, 'by' | 'scope'>): string {
  const what = scope === 'permission' ? 'its permission' : 'one function of its permission';
  return by === 'dapp' ? `wants to give back ${what}.` : `loses ${what}, as you asked.`;
}

/** What has happened to a removed permission before the review, and what is left to do. */
export function revokeMeaning({ scope }: Pick<RevokeReview, 'scope'>): string {
  return scope === 'permission'
    ? 'It has ended here: the site’s key is destroyed and Latchkey does nothing for the site any more. The chain still holds the permission. Removing it there makes sure that no copy of the key could ever use it.'
    : 'It has ended here: Latchkey does not call this function for the site any more. The chain still allows it. Removing it there makes sure of that.';
}

/** How the owner signs, in words. */
export const signingWords: Record<QuoteType, string> = {
  simple: 'One signature. Nothing leaves your own address.',
  permit: 'One signature, a permit: it lets your account take tokens from your own address.',
  onchain: 'A transaction from your own address. You pay its gas there.',
};
