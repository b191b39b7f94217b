import type { BrowserContext } from '@playwright/test';
import { PopupPage } from '../pages/PopupPage';

/** Does what makes a dapp ask, and gives the review window that opens. */
export const reviewOpenedBy = async (
  context: BrowserContext,
  ask: () => Promise<unknown>,
): Promise<PopupPage> => {
  const opened = context.waitForEvent('page', (page) => page.url().includes('src/popup/index.html'));
  await ask();
  const page = await opened;
  const popup = new PopupPage(page);
  await popup.part('review').waitFor();
  return popup;
};
