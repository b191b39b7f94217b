import { type Address, encodeFunctionData, isAddressEqual, zeroAddress } from 'viem';
import { forwarderAbi } from '../../../protocol/constants/abis';
import { type MeeVersion, meeVersions } from '../../../protocol/constants/versions';
import { maxNativeAmount } from '../../../protocol/mee/trigger';
import type { Trigger } from '../../../rpc/dapp/quoteOptions';
import type { PlannedTrigger } from '../../../storage/records';
import type { Chain } from '../../chain/chains';
import { readPermitRoute } from '../../chain/permitRoute';
import { unavailable } from '../../errors/rpcErrors';

type TriggerInput = {
  trigger: Trigger;
  chain: Chain;
  owner: Address;
  account: Address;
  version: MeeVersion;
};

const tooPoor = (asked: bigint, balance: bigint, details: Record<string, unknown>) =>
  unavailable({
    reason: 'TRIGGER_BALANCE',
    message: "The owner's own address doesn't hold as much as the request takes from it.",
    action: 'Ask for less, or have the person put more there first.',
    details: { ...details, asked: asked.toString(), balance: balance.toString() },
  });

/** Everything that the owner can bring. */
const mostOf = async ({ trigger, chain, owner, account, version }: TriggerInput, balance: bigint) => {
  if (!isAddressEqual(trigger.tokenAddress, zeroAddress)) return balance;
  const { ethForwarderAddress } = meeVersions[version];
  const data = encodeFunctionData({ abi: forwarderAbi, functionName: 'forward', args: [account] });
  const call = { from: owner, to: ethForwarderAddress, value: 1n, data };
  const [gas, block, tip] = await Promise.all([chain.estimateGas(call), chain.block(), chain.priorityFee()]);
  return maxNativeAmount({ balance, gas, gasPrice: block.baseFee + tip });
};

const kindOf = async ({ trigger, chain, owner }: TriggerInput): Promise<PlannedTrigger['kind']> => {
  if (isAddressEqual(trigger.tokenAddress, zeroAddress)) return 'native';
  const { route } = await readPermitRoute(chain, trigger.tokenAddress, owner);
  return route === 'permit' ? 'permit' : 'approval';
};

/**
 * Fixes how the owner's own funds come in: by a permit where the token knows one (EIP-2612), else by a transaction of
 * the owner's own.
 * @throws RpcError TRIGGER_BALANCE; QuoteRequestError TRIGGER_AMOUNT
 */
export const planOwnerFunds = async (input: TriggerInput): Promise<PlannedTrigger> => {
  const { trigger, chain, owner, account } = input;
  const { tokenAddress: token, chainId, approvalAmount, gasLimit, useMaxAvailableFunds } = trigger;
  const [kind, held] = await Promise.all([kindOf(input), chain.balance(token, owner)]);
  const balance = held ?? 0n;
  const amount = trigger.amount ?? (await mostOf(input, balance));
  if (amount > balance || amount === 0n) throw tooPoor(amount, balance, { token, chainId, owner });
  return {
    kind,
    token,
    chainId,
    amount,
    recipient: trigger.recipientAddress ?? account,
    useMaxAvailableFunds,
    ...(approvalAmount === undefined ? {} : { approvalAmount }),
    ...(gasLimit === undefined ? {} : { gasLimit }),
  };
};
