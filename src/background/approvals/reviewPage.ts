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
  /** Brings a tab to the front, if it is still there. */
  focus(tabId: number): Promise<void>;
};

/** A small store that outlives the worker and not the browser. */
export type SessionMemory = {
  get(key: string): Promise<unknown>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
};

const tabKey = 'latchkey.reviewTab';
const shownKey = 'latchkey.reviewShown';

/** What a page that was closed showed last, if it came to that. */
export type ClosedPage = { shown?: string };

/**
 * The one page in which reviews are shown, and which review is on its screen. All but `saw` are called one after the
 * other.
 */
export const createReviewPage = ({ host, memory }: { host: PageHost; memory: SessionMemory }) => {
  const readTab = async (): Promise<number | undefined> => {
    const tabId = await memory.get(tabKey);
    return typeof tabId === 'string' ? Number(tabId) : undefined;
  };
  const readShown = async (): Promise<ClosedPage> => {
    const shown = await memory.get(shownKey);
    return typeof shown === 'string' ? { shown } : {};
  };

  const open = async (route: string): Promise<void> => {
    await memory.remove(shownKey);
    await memory.set(tabKey, String(await host.show(route)));
  };

  const forget = async (): Promise<ClosedPage> => {
    const closed = await readShown();
    await memory.remove(tabKey);
    await memory.remove(shownKey);
    return closed;
  };

  return {
    /** Shows a route, unless a review is on the screen; that one comes to the front when asked. */
    show: async (route: string, options: { focus: boolean }): Promise<void> => {
      const tabId = await readTab();
      const place = tabId === undefined ? 'gone' : await host.placeOf(tabId);
      const isLeft = place === 'elsewhere' && options.focus;
      if (tabId === undefined || place === 'gone' || isLeft) await open(route);
      else if (options.focus) await host.focus(tabId);
    },
    /** Remembers which review the person looks at. It never waits for the browser to open or move a window. */
    saw: (reviewId: string): Promise<void> => memory.set(shownKey, reviewId),
    /** Forgets the page when it was in this tab. */
    closed: async (tabId: number): Promise<ClosedPage | undefined> =>
      (await readTab()) === tabId ? forget() : undefined,
    /** Forgets the page when it isn't there any more, whether or not the browser told. */
    gone: async (): Promise<ClosedPage | undefined> => {
      const tabId = await readTab();
      return tabId !== undefined && (await host.placeOf(tabId)) === 'gone' ? forget() : undefined;
    },
  };
};

export type ReviewPage = ReturnType<typeof createReviewPage>;
