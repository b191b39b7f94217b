import type { PopupState } from '../../rpc/popup/procedures';
import type { Vault } from '../../vault/index';
import { waitsForPerson } from '../approvals/queue';
import type { Journal } from '../journal/journal';
import type { Account } from '../steps/account';
import type { AccountPeek } from '../steps/accountPeek';

/** What the popup shows first. While locked it tells no origin and no address. */
export const createReadState =
  (parts: { vault: Pick<Vault, 'status'>; journal: Journal; account: Account; peek: AccountPeek }) =>
  async (): Promise<PopupState> => {
    const { vault, journal, account, peek } = parts;
    const [status, open] = await Promise.all([vault.status(), journal.open()]);
    const waiting = open.filter(waitsForPerson);
    if (status !== 'unlocked') return { vault: status, reviews: [], waiting: waiting.length };
    const [owner, address] = await Promise.all([account.owner(), peek()]);
    const reviews = waiting.flatMap(({ id, kind, origin, state }) =>
      kind === 'use' || state !== 'awaitingReview' ? [] : [{ id, kind, origin }],
    );
    const known = address === undefined ? {} : { account: address };
    return { vault: status, owner, ...known, reviews, waiting: waiting.length };
  };

export type ReadState = ReturnType<typeof createReadState>;
