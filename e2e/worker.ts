import type { BrowserContext, Page } from '@playwright/test';

/** Stops the extension's service worker, as the browser does when it is idle. The next message starts it again. */
export const killWorker = async (context: BrowserContext, page: Page): Promise<void> => {
  const devtools = await context.newCDPSession(page);
  let stopping = false;
  const stopped = new Promise<void>((resolve) => {
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (stopping && versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
    });
  });
  await devtools.send('ServiceWorker.enable');
  stopping = true;
  await devtools.send('ServiceWorker.stopAllWorkers');
  await stopped;
  await devtools.detach();
};
