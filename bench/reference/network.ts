import { createTestClient, http } from 'viem';
import { mine } from 'viem/actions';
import { afterAll, beforeAll } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';

const blockMs = 5_000;

/** The local chains mine on demand. The reference client watches blocks for its receipts and may wait for a next one. */
const keepMining = ({ chains }: Devnet): (() => void) => {
  const clients = chains.map(({ rpcUrl }) => createTestClient({ mode: 'anvil', transport: http(rpcUrl) }));
  const beat = () => Promise.allSettled(clients.map((client) => mine(client, { blocks: 1 })));
  const timer = setInterval(() => void beat(), blockMs);
  return () => clearInterval(timer);
};

/** One local network for the tests of a file. */
export function useNetwork(): () => Devnet {
  let devnet: Devnet | undefined;
  let stopMining: (() => void) | undefined;
  beforeAll(async () => {
    devnet = await startDevnet(devnetOptionsFromEnvironment());
    stopMining = keepMining(devnet);
  });
  afterAll(async () => {
    stopMining?.();
    await devnet?.stop();
  });
  return () => {
    if (devnet === undefined) throw new TypeError('The network has not started yet.');
    return devnet;
  };
}
