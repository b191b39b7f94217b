import * as v from 'valibot';
import { decodeAbiParameters, type Hex, parseAbiParameters, toEventSelector } from 'viem';
import { sameAddress } from '../../protocol/address';
import { entryPointAddress } from '../../protocol/constants/addresses';
import { addressSchema, bytesSchema, wordSchema } from '../../rpc/dapp/primitives';
import { readAs } from './contractRead';
import type { NetworkClient } from './networkClient';

const eventTopic = toEventSelector(
  'UserOperationEvent(bytes32,address,address,uint256,bool,uint256,uint256)',
);
const eventData = parseAbiParameters(
  'uint256 nonce, bool success, uint256 actualGasCost, uint256 actualGasUsed',
);

const receiptSchema = v.nullable(
  v.object({
    logs: v.array(v.object({ address: addressSchema, topics: v.array(wordSchema), data: bytesSchema })),
  }),
);

/** EntryPoint `UserOperationEvent` of one operation in one transaction; undefined when it isn't in it (yet). */
export const readOperation = async (
  client: NetworkClient,
  transactionHash: Hex,
  userOpHash: Hex,
): Promise<{ success: boolean } | undefined> => {
  const answer = await client.request({ method: 'eth_getTransactionReceipt', params: [transactionHash] });
  const event = v
    .parse(receiptSchema, answer)
    ?.logs.find(
      ({ address, topics }) =>
        sameAddress(address, entryPointAddress) &&
        topics[0] === eventTopic &&
        topics[1] === userOpHash.toLowerCase(),
    );
  return readAs(event?.data, (data) => ({ success: decodeAbiParameters(eventData, data)[1] }));
};
