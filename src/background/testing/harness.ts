import type { Address } from 'viem';
import type { DappResults } from '../../rpc/dapp/methods';
import type {
  PopupParams,
  PopupProcedure,
  PopupResults,
  PrepareReview,
  Review,
} from '../../rpc/popup/procedures';
import { openStorage } from '../../storage/index';
import { type Background, createBackground, type Random } from '../background';
import { type Clock, systemClock } from '../journal/clock';
import { createFakeMemory, createFakePages } from './browserFakes';

export const password = 'correct horse battery staple';

const systemRandom = (): Random => {
  const bytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const hex = (length: number): `0x${string}` => `0x${Buffer.from(bytes(length)).toString('hex')}`;
  return { hint: () => BigInt(hex(3)), salt: () => hex(32), id: () => crypto.randomUUID() };
};

type Options = { fetch?: typeof fetch; clock?: Clock };

/**
 * The background on fake browser parts: the database, the vault and everything else are the real ones. `restart` does
 * what the browser does to a worker: the old one is cut off from network and storage, a new one starts.
 */
export const createHarness = async (options: Options = {}) => {
  const pages = createFakePages();
  const memory = createFakeMemory();
  const changes: (() => void)[] = [];
  const accounts: { origin: string; accounts: readonly Address[] }[] = [];
  const wakes: boolean[] = [];
  const lockAlarms: (number | undefined)[] = [];
  const defects: unknown[] = [];
  let kill = (): void => undefined;

  const boot = async (): Promise<Background> => {
    const storage = await openStorage();
    let alive = true;
    kill = () => {
      alive = false;
      storage.close();
    };
    const network: typeof fetch = async (input, init) => {
      if (!alive) return new Promise(() => undefined);
      const answer = await (options.fetch ?? fetch)(input, init);
      return alive ? answer : new Promise(() => undefined);
    };
    const background = createBackground({
      storage,
      memory: memory.area,
      pages: pages.host,
      fetch: network,
      clock: options.clock ?? systemClock,
      random: systemRandom(),
      version: '0.0.0',
      keepAlive: (work) => work(),
      setWake: async (on) => void wakes.push(on),
      setLockAlarm: async (deadline) => void lockAlarms.push(deadline),
      notifyPopups: () => {
        for (const changed of changes.splice(0)) changed();
      },
      emitAccounts: (origin, shown) => accounts.push({ origin, accounts: shown }),
      report: (error) => {
        if (alive) defects.push(error);
      },
    });
    await background.start();
    background.wake().catch((error) => {
      if (alive) defects.push(error);
    });
    return background;
  };

  let background = await boot();
  const popup = <P extends PopupProcedure>(method: P, params?: PopupParams<P>): Promise<PopupResults[P]> =>
    background.onPopupRequest({ method, params }) as Promise<PopupResults[P]>;

  /** The next change of the journal, or of anything else that popups are told of. */
  const changed = (): Promise<void> => new Promise((resolve) => changes.push(resolve));

  const nextReview = async (): Promise<Review> => {
    for (;;) {
      const wait = changed();
      const [first] = (await popup('getState')).reviews;
      const review = first && (await popup('getReview', { reviewId: first.id }));
      if (review) return review;
      await wait;
    }
  };

  return {
    popup,
    changed,
    nextReview,
    nextPrepareReview: async (): Promise<PrepareReview> => {
      const review = await nextReview();
      if (review.kind !== 'prepare') throw new TypeError(`This review is of kind ${review.kind}.`);
      return review;
    },
    /** A page's call. The page may never look at its answer, so a rejection that nobody awaits is no defect. */
    dapp: <M extends keyof DappResults>(
      origin: string,
      method: M,
      params?: unknown,
    ): Promise<DappResults[M]> => {
      const answer = background.onDappRequest({ method, params }, origin) as Promise<DappResults[M]>;
      answer.catch(() => undefined);
      return answer;
    },
    raw: (origin: string, method: string, params?: unknown) =>
      background.onDappRequest({ method, params }, origin),
    wake: () => background.wake(),
    closeReview: async () => {
      const closed = [...pages.open];
      pages.open.clear();
      for (const id of closed) await background.tabClosed(id);
    },
    restart: async () => {
      kill();
      background = await boot();
    },
    stop: () => kill(),
    pages,
    memory,
    accounts,
    wakes,
    lockAlarms,
    defects,
  };
};
