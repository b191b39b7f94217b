import { expect, it } from 'vitest';
import { sessionContracts } from '../../addresses';
import { policyAbi } from '../../testKit/abis';
import { useChain } from '../../testKit/scene';

const chain = useChain();

const kinds = {
  erc165: '0x01ffc9a7',
  action: '0x05c00895',
  userOp: '0x7129edce',
  signature: '0xcbf34505',
} as const;

it.each([
  ['SudoPolicy', { action: true, userOp: true, signature: true }],
  ['UniversalPolicy', { action: true, userOp: false, signature: false }],
  ['TimeframePolicy', { action: true, userOp: true, signature: true }],
  ['UsageLimitPolicy', { action: true, userOp: true, signature: false }],
  ['SpendingLimitsPolicy', { action: true, userOp: false, signature: false }],
  ['ValueLimitPolicy', { action: true, userOp: true, signature: false }],
] as const)('%s says of which kinds it is', async (name, expected) => {
  const supports = (interfaceId: `0x${string}`) =>
    chain().client.readContract({
      address: sessionContracts[name],
      abi: policyAbi,
      functionName: 'supportsInterface',
      args: [interfaceId],
    });
  expect({
    erc165: await supports(kinds.erc165),
    nonsense: await supports('0xffffffff'),
    action: await supports(kinds.action),
    userOp: await supports(kinds.userOp),
    signature: await supports(kinds.signature),
  }).toEqual({ erc165: true, nonsense: false, ...expected });
});
