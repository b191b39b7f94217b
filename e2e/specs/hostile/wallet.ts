import type { Page } from '@playwright/test';
import type { Address } from 'viem';
import { type Extension, launchExtension } from '../../browser';
import { test as base, dist, expect } from '../../fixtures';
import { openReviews } from '../../flows/review';
import { setUp } from '../../flows/setUp';
import type { PopupPage } from '../../pages/PopupPage';
import { type Reply, type Site, startSite } from './site';
import { waitingRequests } from './stored';

export type Wallet = Extension & { popup: PopupPage; account: Address };

export type OpenSite = (pages?: Record<string, Reply>) => Promise<Site>;

/** The review windows that are open. */
export const reviewWindows = ({ context }: Wallet): Page[] => openReviews(context);

/** Closes all but the wallet's own tab, behind an empty one; a closed review window says no to what it shows. */
const tidy = async ({ context, popup }: Wallet): Promise<void> => {
  const kept = [popup.page, await context.newPage()];
  for (const page of context.pages()) if (!kept.includes(page)) await page.close();
  await expect
    .poll(async () => {
      for (const page of openReviews(context)) await page.close();
      return waitingRequests(popup.page);
    })
    .toEqual([]);
};

/** One browser with a wallet for all tests; each test has sites of its own, which nothing is known of. */
export const test = base.extend<{ openSite: OpenSite; tidied: undefined }, { wallet: Wallet }>({
  wallet: [
    async ({ devnet }, use) => {
      const extension = await launchExtension({ dist, headless: true, backForwardCache: true });
      await use({ ...extension, ...(await setUp(extension, devnet)) });
      await extension.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  openSite: async ({ wallet: _wallet }, use) => {
    const sites: Site[] = [];
    await use(async (pages) => {
      const site = await startSite(pages);
      sites.push(site);
      return site;
    });
    await Promise.all(sites.map((site) => site.stop()));
  },
  tidied: [
    async ({ wallet }, use) => {
      await use(undefined);
      await tidy(wallet);
    },
    { auto: true },
  ],
});

export { expect } from '../../fixtures';
