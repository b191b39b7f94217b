import { type Address, createClient, type Hex, http, parseAbi } from 'viem';
import { readContract } from 'viem/actions';
import type { Devnet } from '../../devnet/devnet';
import { smartSessionAddress } from '../../src/protocol/constants/addresses';

type Chain = Devnet['chains'][number];

const counterAbi = parseAbi(['function count() view returns (uint256)']);
const sessionAbi = parseAbi([
  'function isPermissionEnabled(bytes32 permissionId, address account) view returns (bool)',
]);

const client = ({ rpcUrl }: Chain) => createClient({ transport: http(rpcUrl) });

/** The counter's value, read from the chain and not through the extension. */
export const countOn = (chain: Chain): Promise<bigint> =>
  readContract(client(chain), { address: chain.counter, abi: counterAbi, functionName: 'count' });

export const enabledOn = (chain: Chain, permissionId: Hex, account: Address): Promise<boolean> =>
  readContract(client(chain), {
    address: smartSessionAddress,
    abi: sessionAbi,
    functionName: 'isPermissionEnabled',
    args: [permissionId, account],
  });

/** The first chain of the local network, which the demo dapp uses. */
export const firstChain = (devnet: Devnet): Chain => {
  const [chain] = devnet.chains;
  if (!chain) throw new Error('The local network has no chain.');
  return chain;
};
