import { basename, resolve } from 'node:path';
import { test as base } from '@playwright/test';
import type { Address } from 'viem';
import { type RunningDapp, startDapp } from '../demo/dapp/server';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../devnet/devnet';
import { type Extension, launchExtension } from './browser';
import { feeIn } from './flows/asking';
import { firstChain } from './flows/chain';
import { setUp } from './flows/setUp';
import { approving, openSite, type Site } from './flows/site';
import { DappPage } from './pages/DappPage';
import type { PopupPage } from './pages/PopupPage';

export const dist = resolve(import.meta.dirname, '../dist');

type Ready = { popup: PopupPage; account: Address };
type Shared = Ready & {
  extension: Extension;
  /** The connected site of that name, opened once. */
  site(name: string): Promise<Site>;
};
type WorkerFixtures = { devnet: Devnet; dappServer: RunningDapp; shared: Shared };
type Fixtures = { extension: Extension; ready: Ready; dapp: DappPage; site: Site };

const siteName = (file: string): string => basename(file, '.spec.ts').toLowerCase();

/**
 * One local network a worker; a fresh browser profile, vault and account a test. With `shared` and `site` a worker's
 * tests use one browser and one account that is ready on the first chain, and the tests of a file one site.
 * With DEVNET_RPC set the tests run on these chains instead.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  devnet: [
    async ({}, use) => {
      const devnet = await startDevnet(devnetOptionsFromEnvironment());
      await use(devnet);
      await devnet.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  dappServer: [
    async ({ devnet }, use) => {
      const [chain] = devnet.chains;
      if (!chain) throw new Error('The local network has no chain.');
      const server = await startDapp({
        config: {
          chainId: chain.chainId,
          rpcUrl: chain.rpcUrl,
          counter: chain.counter,
          feeToken: chain.permitToken,
        },
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  shared: [
    async ({ devnet }, use) => {
      const extension = await launchExtension({ dist, headless: true });
      const ready = await setUp(extension, devnet);
      const sites = new Map<string, Site>();
      const site = async (name: string) => {
        const open = sites.get(name) ?? (await openSite(extension, name));
        sites.set(name, open);
        return open;
      };
      const { latchkey } = await site('shared');
      await approving({ extension }, () => latchkey.prepare({ feeToken: feeIn(firstChain(devnet)) }));
      await use({ extension, ...ready, site });
      await extension.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  site: async ({ shared, devnet }, use, { file }) => {
    devnet.setFault(undefined);
    await use(await shared.site(siteName(file)));
    devnet.setFault(undefined);
  },
  extension: async ({}, use) => {
    const extension = await launchExtension({ dist, headless: true });
    await use(extension);
    await extension.close();
  },
  ready: async ({ extension, devnet }, use) => {
    await use(await setUp(extension, devnet));
  },
  dapp: async ({ extension, ready, devnet, dappServer }, use) => {
    if (!ready.account) throw new Error('The account is not set up.');
    devnet.setFault(undefined);
    const page = await extension.context.newPage();
    await page.goto(dappServer.url);
    await use(new DappPage(page));
    devnet.setFault(undefined);
  },
});

export { expect } from '@playwright/test';
