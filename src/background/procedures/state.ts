import type { PopupState } from '../../rpc/popup/procedures';
import type { Vault } from '../../vault/index';
import { waitsForPerson } from '../approvals/queue';
import type { Journal } from '../journal/journal';
import type { ReadMark } from '../mark';
import type { Account } from '../steps/account';
import type { AccountPeek } from '../steps/accountPeek';

/** What the popup shows first. While locked it tells no origin and no address. */
export const createReadState =
  (parts: {
    vault: Pick<Vault, 'status'>;
    journal: Journal;
    account: Account;
    peek: AccountPeek;
    mark: ReadMark;
  }) =>
  async (): Promise<PopupState> => {
    const { vault, journal, account, peek } = parts;
    const [status, open, mark] = await Promise.all([vault.status(), journal.open(), parts.mark()]);
    const waiting = open.filter(waitsForPerson);
    if (status !== 'unlocked') return { vault: status, mark, reviews: [], waiting: waiting.length };
    const [owner, address] = await Promise.all([account.owner(), peek()]);
    const reviews = waiting.flatMap(({ id, kind, origin, state }) =>
      kind === 'use' || state !== 'awaitingReview' ? [] : [{ id, kind, origin }],
    );
    const known = address === undefined ? {} : { account: address };
    return { vault: status, mark, owner, ...known, reviews, waiting: waiting.length };
  };

export type ReadState = ReturnType<typeof createReadState>;
