import browser from 'webextension-polyfill';
import type { PageHost } from './approvals/reviewPage';

const windowSize = { width: 400, height: 640 };

const address = (): string => browser.runtime.getURL('src/popup/index.html');

/** The route that a tab shows or is about to show, or undefined when it holds no page of the extension. */
const routeIn = ({ pendingUrl, url }: browser.Tabs.Tab): string | undefined => {
  const [page, route = ''] = (pendingUrl ?? url ?? '').split('#');
  return page === address() ? route : undefined;
};

const isReview = (route: string): boolean => /^\/(review|result)\//.test(route);

/** Whether nothing is half done on a route: what the person typed in a form would be lost. */
const isFree = (route: string | undefined): boolean =>
  route !== undefined && (route === '' || route === '/' || route.startsWith('/grant/'));

/** What the browser says of a tab or window; undefined when it was closed meanwhile. */
const ifThere = <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> => asked.catch(() => undefined);

const stateOf = async (windowId: number | undefined) =>
  windowId === undefined ? undefined : (await ifThere(browser.windows.get(windowId)))?.state;

/** The tab of an own page that is in front in its window and may be led to a review. */
const freeTab = async (): Promise<number | undefined> => {
  for (const tab of await browser.tabs.query({ active: true })) {
    if (!isFree(routeIn(tab))) continue;
    const state = await stateOf(tab.windowId);
    if (state !== undefined && state !== 'minimized') return tab.id;
  }
  return undefined;
};

const focus = async (tabId: number): Promise<void> => {
  const windowId = (await ifThere(browser.tabs.update(tabId, { active: true })))?.windowId;
  const state = await stateOf(windowId);
  if (windowId === undefined || state === undefined) return;
  const normal = state === 'minimized' ? ({ state: 'normal' } as const) : {};
  await ifThere(browser.windows.update(windowId, { ...normal, focused: true }));
};

const openWindow = async (url: string): Promise<number> => {
  const { tabs } = await browser.windows.create({ ...windowSize, type: 'popup', url, focused: true });
  return tabs?.[0]?.id ?? browser.tabs.TAB_ID_NONE;
};

/** Pages of the extension in the browser's tabs and windows. */
export const browserPages: PageHost = {
  show: async (route) => {
    const url = `${address()}#${route}`;
    const tabId = await freeTab();
    if (tabId === undefined || !(await ifThere(browser.tabs.update(tabId, { url })))) return openWindow(url);
    await focus(tabId);
    return tabId;
  },
  placeOf: async (tabId) => {
    const tab = await ifThere(browser.tabs.get(tabId));
    const route = tab && routeIn(tab);
    if (route === undefined) return 'gone';
    return isReview(route) ? 'review' : 'elsewhere';
  },
  focus,
};
