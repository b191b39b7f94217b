import { type Address, type Hex, parseAbi, parseEventLogs, TransactionReceiptNotFoundError } from 'viem';
import { getTransactionReceipt, readContract } from 'viem/actions';
import { sameAddress } from '../../protocol/address';
import { entryPointAbi } from '../../protocol/constants/abis';
import { entryPointAddress } from '../../protocol/constants/addresses';
import type { NetworkClient } from './networkClient';

const eventAbi = parseAbi([
  'event UserOperationEvent(bytes32 indexed userOpHash, address indexed sender, address indexed paymaster, uint256 nonce, bool success, uint256 actualGasCost, uint256 actualGasUsed)',
]);

export const readNonce = (client: NetworkClient, account: Address, key: bigint): Promise<bigint> =>
  readContract(client, {
    address: entryPointAddress,
    abi: entryPointAbi,
    functionName: 'getNonce',
    args: [account, key],
  });

/** EntryPoint `UserOperationEvent` of one operation in one transaction. */
export const readOperation = async (
  client: NetworkClient,
  transactionHash: Hex,
  userOpHash: Hex,
): Promise<{ success: boolean } | undefined> => {
  try {
    const receipt = await getTransactionReceipt(client, { hash: transactionHash });
    const logs = receipt.logs.filter((log) => sameAddress(log.address, entryPointAddress));
    const events = parseEventLogs({ abi: eventAbi, logs, eventName: 'UserOperationEvent' });
    const event = events.find((candidate) => candidate.args.userOpHash === userOpHash);
    return event && { success: event.args.success };
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
};
