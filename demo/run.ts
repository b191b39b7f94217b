import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { devnetOptionsFromEnvironment, startDevnet } from '../devnet/devnet';
import { onOrphaned } from '../devnet/orphan';
import { findBrowser, launchExtension, NoBrowserError } from '../e2e/browser';
import { firstChain } from '../e2e/flows/chain';
import { runMainJob, type Step } from '../e2e/flows/mainJob';
import { password, setUp } from '../e2e/flows/setUp';
import { DappPage } from '../e2e/pages/DappPage';
import { startDapp } from './dapp/server';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const output = join(root, 'demo-output');

type Cleanup = () => Promise<void>;

/** Runs what was pushed, last first, once, even when one of them fails. */
const createCleanups = () => {
  const cleanups: Cleanup[] = [];
  return {
    push: (cleanup: Cleanup) => cleanups.push(cleanup),
    run: async () => {
      for (const cleanup of cleanups.splice(0).reverse()) {
        await cleanup().catch((error: unknown) => console.error(error));
      }
    },
  };
};

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const createReporter = () => {
  let count = 0;
  return async ({ title, facts, shot }: Step): Promise<void> => {
    count += 1;
    console.log(`${String(count).padStart(2)}. ${title}`);
    for (const fact of facts) console.log(`      ${fact}`);
    if (!shot) return;
    const name = `${String(count).padStart(2, '0')}-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`;
    await shot.screenshot({ path: join(output, name) });
    console.log(`      screenshot ${relative(root, join(output, name))}`);
  };
};

const run = async (cleanups: ReturnType<typeof createCleanups>): Promise<void> => {
  findBrowser();
  console.log('Building the extension ...');
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });

  console.log('Starting two chains, the MEE node and the dapp ...');
  const devnet = await startDevnet(devnetOptionsFromEnvironment());
  cleanups.push(() => devnet.stop());
  const chain = firstChain(devnet);
  const server = await startDapp({
    config: {
      chainId: chain.chainId,
      rpcUrl: chain.rpcUrl,
      counter: chain.counter,
      feeToken: chain.permitToken,
    },
  });
  cleanups.push(() => server.stop());

  const headless = !hasDisplay();
  const extension = await launchExtension({ dist, headless });
  cleanups.push(() => extension.close());
  const { popup, account } = await setUp(extension, devnet);
  const page = await extension.context.newPage();
  await page.goto(server.url);
  console.log(`Ready: dapp ${server.url}, node ${devnet.nodeUrl}, account ${account}`);

  if (!headless) {
    console.log(`The extension is set up; its password is "${password}". Close the browser to end.`);
    await extension.context.waitForEvent('close', { timeout: 0 });
    return;
  }
  await runMainJob({ extension, devnet, popup, dapp: new DappPage(page), account, report: createReporter() });
  console.log(`Done. Screenshots are in ${relative(process.cwd(), output) || output}`);
};

const main = async (): Promise<void> => {
  const cleanups = createCleanups();
  const abandon = () => void cleanups.run().then(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, abandon);
  onOrphaned(abandon);
  try {
    await run(cleanups);
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof NoBrowserError ? error.message : error);
  } finally {
    await cleanups.run();
  }
};

await main();
