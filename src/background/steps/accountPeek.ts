import type { Address } from 'viem';
import type { Clock } from '../journal/clock';
import type { Account } from './account';

const patienceMs = 1_500;

/** The account's address if it is known within a moment. When it comes later, `onKnown` is called. */
export type AccountPeek = () => Promise<Address | undefined>;

export const createAccountPeek =
  (parts: { account: Account; clock: Clock; onKnown: () => void }): AccountPeek =>
  async () => {
    const { account, clock, onKnown } = parts;
    let late = false;
    const lookUp = account.address().then(
      (address) => {
        if (late) onKnown();
        return address;
      },
      () => undefined,
    );
    const giveUp = clock.sleep(patienceMs).then(() => {
      late = true;
      return undefined;
    });
    return Promise.race([lookUp, giveUp]);
  };
