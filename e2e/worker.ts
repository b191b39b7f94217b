import type { BrowserContext, Page } from '@playwright/test';

/** Stops the extension's service worker, as the browser does when it is idle. The next message starts it again. */
export const killWorker = async (context: BrowserContext, page: Page): Promise<void> => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.stopAllWorkers');
  await devtools.detach();
};
