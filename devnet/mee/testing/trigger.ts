import {
  type Address,
  concatHex,
  createClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  parseAbi,
} from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { readContract, sendTransaction } from 'viem/actions';
import { encodePermitSignature } from '../../../src/protocol/mee/clientSignature';
import type { QuoteRequest } from '../../../src/protocol/mee/quoteRequest';
import { minedReceipt } from '../../contracts/receipt';
import type { DevnetChain } from '../../devnet';

const permitTokenAbi = parseAbi([
  'function name() view returns (string)',
  'function nonces(address owner) view returns (uint256)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
]);
const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;
/** What an owner lets an account draw, or sends it; smallest units, without the fee. */
type Trigger = { tokenAddress: Address; amount: bigint; recipientAddress?: Address };

/** Makes a simple request one that starts with the owner's permit, approval or transfer on a chain. */
export const withTrigger = (
  request: QuoteRequest,
  quoteType: 'permit' | 'onchain',
  { chainId }: DevnetChain,
  owner: Address,
  trigger: Trigger,
) => ({
  ...request,
  quoteType,
  paymentInfo: { ...request.paymentInfo, eoa: owner },
  trigger: { ...trigger, chainId },
});

const connect = (chain: DevnetChain) =>
  createClient({ transport: http(chain.rpcUrl), pollingInterval: 20, cacheTime: 0 });

/** A signed permit of the chain's permit token whose deadline is `hash`. */
export async function signPermit(
  chain: DevnetChain,
  signer: PrivateKeyAccount,
  permit: { owner: Address; spender: Address; amount: bigint; hash: Hex },
): Promise<{ clientSignature: Hex; signature: Hex }> {
  const client = connect(chain);
  const token = { address: chain.permitToken, abi: permitTokenAbi } as const;
  const [name, nonce, separator] = await Promise.all([
    readContract(client, { ...token, functionName: 'name' }),
    readContract(client, { ...token, functionName: 'nonces', args: [permit.owner] }),
    readContract(client, { ...token, functionName: 'DOMAIN_SEPARATOR' }),
  ]);
  const signature = await signer.signTypedData({
    domain: { name, version: '1', chainId: chain.chainId, verifyingContract: token.address },
    types: permitTypes,
    primaryType: 'Permit',
    message: {
      owner: permit.owner,
      spender: permit.spender,
      value: permit.amount,
      nonce,
      deadline: BigInt(permit.hash),
    },
  });
  const clientSignature = encodePermitSignature({
    token: token.address,
    spender: permit.spender,
    domainSeparator: separator,
    amount: permit.amount,
    chainId: chain.chainId,
    nonce,
    signature,
  });
  return { clientSignature, signature };
}

/** Calldata of an approval that ends with the hash of a supertransaction. */
export const approvalFor = (spender: Address, amount: bigint, hash: Hex): Hex =>
  concatHex([encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] }), hash]);

/** Calldata of a transfer through the Ether forwarder that ends with the hash of a supertransaction. */
export const forwardFor = (destination: Address, hash: Hex): Hex =>
  concatHex([
    encodeFunctionData({
      abi: parseAbi(['function forward(address destination) payable']),
      functionName: 'forward',
      args: [destination],
    }),
    hash,
  ]);

/** Sends a transaction of an owner's and waits until it is mined, whatever its outcome. @returns its hash */
export async function sendOwn(
  chain: DevnetChain,
  owner: PrivateKeyAccount,
  transaction: { to: Address; data: Hex; value?: bigint; type?: 'legacy' | 'eip1559' | 'eip2930' },
): Promise<Hex> {
  const client = connect(chain);
  const { type = 'eip1559', ...rest } = transaction;
  const hash = await sendTransaction(client, { ...rest, type, account: owner, chain: null, gas: 300_000n });
  await minedReceipt(client, hash);
  return hash;
}
