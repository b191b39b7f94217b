import type { Address } from 'viem';
import type { Devnet } from '../../../devnet/devnet';
import type { Extension } from '../../browser';
import { counterAction, feeIn } from '../../flows/asking';
import { firstChain } from '../../flows/chain';
import { clientOf } from '../../flows/client';
import { incrementCall, useRequest } from '../../flows/requests';
import { setUp } from '../../flows/setUp';
import { grant } from '../../flows/site';
import { evidenceOf } from '../../matrix/evidence';
import { type FreeBrowser, startFreeBrowser } from './freeBrowser';
import { startTabs, type Tab } from './tabs';

/** Tabs of a connected site with a permission and an own page, in a browser that nobody holds. */
export type Scene = {
  browser: FreeBrowser;
  devnet: Devnet;
  /** Origin of the site. */
  origin: string;
  /** The tab that uses the permission. */
  user: Tab;
  others: readonly Tab[];
  account: Address;
  grantId: string;
  stop(): Promise<void>;
};

/** A vault, the site's connection and its permission for Counter.incrementCount. */
const prepare = async (extension: Extension, devnet: Devnet, url: string) => {
  const { popup, account } = await setUp(extension, devnet);
  await popup.page.close();
  const page = await extension.context.newPage();
  await page.goto(url);
  const latchkey = await clientOf(extension, page);
  const chain = firstChain(devnet);
  const actions = counterAction(chain, 'incrementCount()', { type: 'usageLimit', limit: 100n });
  const { grantId } = await grant(
    { extension, page, latchkey },
    { enableSession: { actions }, feeToken: feeIn(chain) },
  );
  await page.close();
  return { account, grantId, popupUrl: extension.popupUrl };
};

export const startScene = async (devnet: Devnet, names: readonly string[]): Promise<Scene> => {
  const [browser, site] = await Promise.all([startFreeBrowser(), startTabs(names)]);
  const [user, ...others] = site.tabs;
  if (!user) throw new Error('The site has no tab.');
  const { popupUrl, ...prepared } = await browser.held((extension) => prepare(extension, devnet, site.url));
  await browser.open(popupUrl);
  for (const { url, ready } of site.tabs) {
    await browser.open(url);
    await ready;
  }
  return {
    ...prepared,
    ...{ browser, devnet, origin: site.url, user, others },
    stop: async () => {
      await Promise.all([browser.stop(), site.stop()]);
    },
  };
};

/** A use of the permission that is asked for once: its answer, and what node and chain saw of it. */
export const useOnce = async ({ devnet, grantId, user }: Scene, requestId: string) => {
  const before = await evidenceOf({ devnet });
  const call = incrementCall(firstChain(devnet).counter);
  const answer = await user.call('latchkey_use', [{ ...useRequest(devnet, requestId, call), grantId }]);
  const after = await evidenceOf({ devnet });
  return {
    answer,
    submissions: after.submissions.slice(before.submissions.length),
    counted: after.count - before.count,
  };
};
