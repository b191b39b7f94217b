import { type Address, createClient, encodeFunctionData, http, parseAbi, slice } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { call } from 'viem/actions';
import { decodeComputeAccountAddress, encodeComputeAccountAddress } from '../src/protocol/account/address';
import { accountInitCode } from '../src/protocol/account/init';
import type { LocalChain } from './localChain';
import type { GasTank } from './mee/gasTank';

const version = '2.1.0';
const stock = 1_000_000_000_000n;
const mintAbi = parseAbi(['function mint(address to, uint256 amount)']);

/** Deploys the account of a new sponsor on a chain and fills it with both fee tokens. */
export async function installGasTank(chain: LocalChain): Promise<GasTank> {
  const owner = privateKeyToAccount(generatePrivateKey());
  const client = createClient({ transport: http(chain.rpcUrl) });
  const { data } = await call(client, encodeComputeAccountAddress({ owner: owner.address, version }));
  const address = decodeComputeAccountAddress(data ?? '0x');
  const initCode = accountInitCode({ owner: owner.address, version });
  await chain.operator.send({ to: slice(initCode, 0, 20), data: slice(initCode, 20) });
  const mint = (token: Address) =>
    chain.operator.send({
      to: token,
      data: encodeFunctionData({ abi: mintAbi, functionName: 'mint', args: [address, stock] }),
    });
  await mint(chain.permitToken);
  await mint(chain.plainToken);
  return { address, chainId: chain.chainId, owner };
}
