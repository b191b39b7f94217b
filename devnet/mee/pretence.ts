import {
  type Address,
  erc20Abi,
  getAddress,
  type Hex,
  numberToHex,
  pad,
  type StateOverride,
  zeroAddress,
} from 'viem';
import { getBalance, readContract } from 'viem/actions';
import { delegationCode } from './authorization';
import { findBalanceSlot } from './balanceSlot';
import type { ConnectedChain } from './chain';
import type { QuoteRequest } from './wire';
import type { Authorization, Overrides } from './wireParts';

/** What a simulation pretends about one account. */
type Pretended = { code?: Hex; balance?: bigint; words: Map<Hex, Hex> };

type Pretence = Map<Address, Pretended>;

/** An account that delegates by EIP-7702 with the first operation on a chain. */
type Delegation = { account: Address; authorization: Authorization };

function at(pretence: Pretence, address: Address): Pretended {
  const found = pretence.get(address) ?? { words: new Map() };
  pretence.set(address, found);
  return found;
}

const word = (value: Hex): Hex => pad(value, { size: 32 });

/** A balance that is higher already stays. */
async function raiseBalance(
  chain: ConnectedChain,
  pretence: Pretence,
  { tokenAddress, accountAddress, balance }: Overrides['tokenOverrides'][number],
): Promise<void> {
  if (tokenAddress === zeroAddress) {
    const held = await getBalance(chain.client, { address: accountAddress });
    if (held < balance) at(pretence, accountAddress).balance = balance;
    return;
  }
  const held = await readContract(chain.client, {
    address: tokenAddress,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [accountAddress],
  });
  if (held >= balance) return;
  const slot = await findBalanceSlot(chain, tokenAddress, accountAddress);
  if (slot !== undefined) at(pretence, tokenAddress).words.set(slot, numberToHex(balance, { size: 32 }));
}

const toStateOverride = (pretence: Pretence): StateOverride =>
  [...pretence].map(([address, { words, ...rest }]) => ({
    address,
    ...rest,
    ...(words.size === 0 ? {} : { stateDiff: [...words].map(([slot, value]) => ({ slot, value })) }),
  }));

/**
 * What the simulation of a quote pretends on one chain: the state that the client gives with the request and with
 * each operation, and accounts that will delegate.
 */
export async function pretenceOf(
  chain: ConnectedChain,
  { simulation, userOps }: QuoteRequest,
  delegations: readonly Delegation[],
): Promise<StateOverride> {
  const given = [simulation?.overrides, ...userOps.map((op) => op.simulationOverrides)];
  const here = <T extends { chainId: number }>(list: readonly T[] | undefined) =>
    (list ?? []).filter(({ chainId }) => chainId === chain.chainId);
  const pretence: Pretence = new Map();
  for (const { account, authorization } of delegations) {
    at(pretence, account).code = delegationCode(authorization);
  }
  for (const overrides of given) {
    for (const { contractAddress, storageSlot, value } of here(overrides?.customOverrides)) {
      at(pretence, getAddress(contractAddress)).words.set(word(storageSlot), word(value));
    }
    for (const override of here(overrides?.tokenOverrides)) await raiseBalance(chain, pretence, override);
  }
  return toStateOverride(pretence);
}
