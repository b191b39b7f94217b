import * as v from 'valibot';
import { decodeMessage, encodeMessage } from '../../rpc/codec';
import type { Mutex } from '../journal/mutex';

/** What a tab holds: nothing of the extension, a review or its result, or another page of the extension. */
export type Place = 'gone' | 'review' | 'elsewhere';

/** The extension's own pages, as far as reviews need them. */
export type PageHost = {
  /**
   * Shows a route, such as `/review/<id>`, in the own page that the person has in front, unless something half done
   * would be lost there, and else in a new popup window. Gives the id of its tab.
   */
  show(route: string): Promise<number>;
  placeOf(tabId: number): Promise<Place>;
  /** Brings a tab to the front. */
  focus(tabId: number): Promise<void>;
};

/** A small store that outlives the worker and not the browser. */
export type SessionMemory = {
  get(key: string): Promise<unknown>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
};

const memoryKey = 'latchkey.reviewPage';
const stateSchema = v.object({ tabId: v.number(), shown: v.optional(v.string()) });
type PageState = v.InferOutput<typeof stateSchema>;

/** What a page that was closed showed last, if it came to that. */
export type ClosedPage = { shown?: string };

/** The one page in which reviews are shown, and which review is on its screen. */
export const createReviewPage = (parts: { host: PageHost; memory: SessionMemory; mutex: Mutex }) => {
  const { host, memory, mutex } = parts;

  const load = async (): Promise<PageState | undefined> => {
    const text = await memory.get(memoryKey);
    const parsed = v.safeParse(stateSchema, typeof text === 'string' ? decodeMessage(text) : undefined);
    return parsed.success ? parsed.output : undefined;
  };
  const store = (state: PageState) => memory.set(memoryKey, encodeMessage(state));
  const alone = <T>(task: () => Promise<T>) => mutex(memoryKey, task);

  const take = (isClosed: (state: PageState) => Promise<boolean>) =>
    alone(async () => {
      const state = await load();
      if (!state || !(await isClosed(state))) return undefined;
      await memory.remove(memoryKey);
      return state.shown === undefined ? {} : { shown: state.shown };
    });

  return {
    /** Shows a route, unless a review is on the screen; that one comes to the front when asked. */
    show: (route: string, options: { focus: boolean }): Promise<void> =>
      alone(async () => {
        const state = await load();
        const place = state ? await host.placeOf(state.tabId) : 'gone';
        const isLeft = place === 'elsewhere' && options.focus;
        if (!state || place === 'gone' || isLeft) await store({ tabId: await host.show(route) });
        else if (options.focus) await host.focus(state.tabId);
      }),
    /** Remembers which review the person looks at. */
    saw: (reviewId: string): Promise<void> =>
      alone(async () => {
        const state = await load();
        if (state && state.shown !== reviewId) await store({ ...state, shown: reviewId });
      }),
    /** Forgets the page when it was in this tab. */
    closed: (tabId: number): Promise<ClosedPage | undefined> => take(async (state) => state.tabId === tabId),
    /** Forgets the page when it isn't there any more, whether or not the browser told. */
    gone: (): Promise<ClosedPage | undefined> =>
      take(async (state) => (await host.placeOf(state.tabId)) === 'gone'),
  };
};

export type ReviewPage = ReturnType<typeof createReviewPage>;
