import browser from 'webextension-polyfill';

/** Whether this page of the extension is a tab among others, and not the review window or the action popup. */
export async function isPlainTab(): Promise<boolean> {
  const tab = await browser.tabs.getCurrent();
  return tab?.windowId !== undefined && (await browser.windows.get(tab.windowId)).type === 'normal';
}
