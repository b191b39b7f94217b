import { type Address, concatHex, createClient, erc20Abi, type Hex, http, keccak256, parseAbi } from 'viem';
import { getBalance, getCode, readContract } from 'viem/actions';
import type { Devnet } from '../../devnet/devnet';
import { smartSessionAddress } from '../../src/protocol/constants/addresses';

export type Chain = Devnet['chains'][number];

const counterAbi = parseAbi(['function count() view returns (uint256)']);
const accountAbi = parseAbi([
  'function isModuleInstalled(uint256 moduleTypeId, address module, bytes context) view returns (bool)',
]);
const sessionAbi = parseAbi([
  'function isPermissionEnabled(bytes32 permissionId, address account) view returns (bool)',
  'function getSessionValidatorAndConfig(address account, bytes32 permissionId) view returns (address validator, bytes config)',
  'function getEnabledActions(address account, bytes32 permissionId) view returns (bytes32[])',
  'function getActionPolicies(address account, bytes32 permissionId, bytes32 actionId) view returns (address[])',
]);

const client = ({ rpcUrl }: Chain) => createClient({ transport: http(rpcUrl) });

/** The counter's value, read from the chain and not through the extension. */
export const countOn = (chain: Chain): Promise<bigint> =>
  readContract(client(chain), { address: chain.counter, abi: counterAbi, functionName: 'count' });

/** Balance of a token, or of the chain's own coin without one. */
export const balanceOn = (chain: Chain, owner: Address, token?: Address): Promise<bigint> =>
  token === undefined
    ? getBalance(client(chain), { address: owner })
    : readContract(client(chain), {
        address: token,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [owner],
      });

export const allowanceOn = (
  chain: Chain,
  token: Address,
  owner: Address,
  spender: Address,
): Promise<bigint> =>
  readContract(client(chain), {
    address: token,
    abi: erc20Abi,
    functionName: 'allowance',
    args: [owner, spender],
  });

export const codeOn = (chain: Chain, address: Address): Promise<Hex | undefined> =>
  getCode(client(chain), { address });

export const isValidatorOn = (chain: Chain, account: Address, module: Address): Promise<boolean> =>
  readContract(client(chain), {
    address: account,
    abi: accountAbi,
    functionName: 'isModuleInstalled',
    args: [1n, module, '0x'],
  });

/** Where a permission of an account is read. */
type Held = { account: Address; permissionId: Hex; module?: Address };

export const enabledOn = (
  chain: Chain,
  permissionId: Hex,
  account: Address,
  module: Address = smartSessionAddress,
): Promise<boolean> =>
  readContract(client(chain), {
    address: module,
    abi: sessionAbi,
    functionName: 'isPermissionEnabled',
    args: [permissionId, account],
  });

/** The bytes that name the signer of a permission. */
export const signerOn = async (chain: Chain, { account, permissionId, module }: Held): Promise<Hex> => {
  const [, config] = await readContract(client(chain), {
    address: module ?? smartSessionAddress,
    abi: sessionAbi,
    functionName: 'getSessionValidatorAndConfig',
    args: [account, permissionId],
  });
  return config;
};

/** Number of actions, the one that pays fees among them. */
export const actionsOn = async (chain: Chain, { account, permissionId, module }: Held): Promise<number> => {
  const enabled = await readContract(client(chain), {
    address: module ?? smartSessionAddress,
    abi: sessionAbi,
    functionName: 'getEnabledActions',
    args: [account, permissionId],
  });
  return enabled.length;
};

/** The policies of one function of one contract; none when the permission doesn't hold it. */
export const policiesOn = (
  chain: Chain,
  { account, permissionId, module }: Held,
  { to, data }: { to: Address; data: Hex },
): Promise<readonly Address[]> =>
  readContract(client(chain), {
    address: module ?? smartSessionAddress,
    abi: sessionAbi,
    functionName: 'getActionPolicies',
    args: [account, permissionId, keccak256(concatHex([to, data.slice(0, 10) as Hex]))],
  });

/** The first chain of the local network, which the demo dapp uses. */
export const firstChain = (devnet: Devnet): Chain => {
  const [chain] = devnet.chains;
  if (!chain) throw new Error('The local network has no chain.');
  return chain;
};

/** The second chain of the local network. */
export const secondChain = (devnet: Devnet): Chain => {
  const chain = devnet.chains[1];
  if (!chain) throw new Error('The local network has no second chain.');
  return chain;
};
