import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Address, parseUnits } from 'viem';
import type { Devnet } from '../devnet/devnet';
import { type Extension, launchExtension } from './browser';
import { dist } from './fixtures';
import { firstChain } from './flows/chain';
import { openProbe } from './flows/journal';
import { password, setUp } from './flows/setUp';
import { type Gateway, startGateway } from './gateway';
import { PopupPage } from './pages/PopupPage';

/** One browser for many tests, whose requests to node and chain can be held, and which can be killed. */
export type Lab = {
  devnet: Devnet;
  account: Address;
  /** Origin of the dapp. */
  origin: string;
  node: Gateway;
  rpc: Gateway;
  extension(): Extension;
  dapp(): Page;
  /** A page of the extension that asks the worker nothing. */
  probe(): Page;
  unlock(): Promise<void>;
  /** Kills the browser and starts it again with the same profile; the dapp is open again, the vault locked. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** Ends the browser as a crash does: nothing in it gets to say goodbye. */
const killBrowser = async (extension: Extension, profile: string): Promise<void> => {
  const closed = new Promise((resolve) => extension.context.once('close', resolve));
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  process.kill(pid, 'SIGKILL');
  await closed;
};

export const startLab = async (devnet: Devnet, dappUrl: string): Promise<Lab> => {
  const profile = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const home = firstChain(devnet);
  const [node, rpc] = await Promise.all([startGateway(devnet.nodeUrl), startGateway(home.rpcUrl)]);
  const launch = () => launchExtension({ dist, headless: true, profile });

  const openPages = async (extension: Extension) => {
    const probe = await openProbe(await extension.context.newPage(), extension.popupUrl);
    const dapp = await extension.context.newPage();
    await dapp.goto(dappUrl);
    return { extension, probe, dapp };
  };

  const first = await launch();
  const chains = devnet.chains.map((chain) => (chain === home ? { ...chain, rpcUrl: rpc.url } : chain));
  const { popup, account } = await setUp(first, { ...devnet, nodeUrl: node.url, chains });
  await popup.page.close();
  await devnet.fund({
    ...{ chainId: home.chainId, to: account, token: home.permitToken },
    amount: parseUnits('10000', 6),
  });
  let now = await openPages(first);

  return {
    ...{ devnet, account, node, rpc },
    origin: new URL(dappUrl).origin,
    extension: () => now.extension,
    dapp: () => now.dapp,
    probe: () => now.probe,
    unlock: async () => {
      const page = await now.extension.context.newPage();
      await page.goto(now.extension.popupUrl);
      const own = new PopupPage(page);
      await own.unlock(password);
      await own.part('open-settings').waitFor();
      await page.close();
    },
    restart: async () => {
      await killBrowser(now.extension, profile);
      now = await openPages(await launch());
    },
    stop: async () => {
      await now.extension.context.close();
      await Promise.all([node.stop(), rpc.stop()]);
      rmSync(profile, { recursive: true, force: true });
    },
  };
};
