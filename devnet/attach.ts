import { createClient, http } from 'viem';
import { getChainId, getCode } from 'viem/actions';
import { accountContracts, entryPoint, sessionContracts } from './contracts/addresses';
import { DevnetError } from './devnetError';

const required = {
  'EntryPoint 0.7': entryPoint,
  ...sessionContracts,
  'account factory 2.1.0': accountContracts['2.1.0'].factory,
  'account implementation 2.1.0': accountContracts['2.1.0'].implementation,
  'account bootstrap 2.1.0': accountContracts['2.1.0'].bootstrap,
  'owner validator 2.1.0': accountContracts['2.1.0'].validator,
};

/**
 * Makes sure that a running chain holds the deployed contracts at their canonical addresses.
 *
 * @returns its chain id
 * @throws DevnetError when the chain doesn't answer, or naming the contracts that are missing
 */
export async function readAttachedChain(rpcUrl: string): Promise<number> {
  const client = createClient({ transport: http(rpcUrl, { retryCount: 1 }) });
  let chainId: number;
  try {
    chainId = await getChainId(client);
  } catch (cause) {
    throw new DevnetError(`No chain answers at ${rpcUrl}.`, 'Start it, or give the URL of one that runs.', {
      cause,
    });
  }
  const codes = await Promise.all(
    Object.entries(required).map(async ([name, address]) => ({
      name: `${name} (${address})`,
      found: ((await getCode(client, { address })) ?? '0x') !== '0x',
    })),
  );
  const missing = codes.filter(({ found }) => !found).map(({ name }) => name);
  if (missing.length === 0) return chainId;
  throw new DevnetError(
    `Chain ${chainId} at ${rpcUrl} lacks ${missing.join(', ')}.`,
    'Attach to a chain that holds the deployed contracts (a fork of a public network, say), or start without --rpc.',
  );
}
