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

const isMinimized = async (windowId: number | undefined): Promise<boolean> =>
  windowId !== undefined && (await browser.windows.get(windowId)).state === 'minimized';

/** The tab of an own page that is in front in its window and may be led to a review. */
const freeTab = async (): Promise<number | undefined> => {
  for (const tab of await browser.tabs.query({ active: true })) {
    if (isFree(routeIn(tab)) && !(await isMinimized(tab.windowId))) return tab.id;
  }
  return undefined;
};

const focus = async (tabId: number): Promise<void> => {
  const { windowId } = await browser.tabs.update(tabId, { active: true });
  if (windowId === undefined) return;
  const normal = (await isMinimized(windowId)) ? ({ state: 'normal' } as const) : {};
  await browser.windows.update(windowId, { ...normal, focused: true });
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
    if (tabId === undefined) return openWindow(url);
    await browser.tabs.update(tabId, { url });
    await focus(tabId);
    return tabId;
  },
  placeOf: async (tabId) => {
    const route = await browser.tabs.get(tabId).then(routeIn, () => undefined);
    if (route === undefined) return 'gone';
    return isReview(route) ? 'review' : 'elsewhere';
  },
  focus,
};
