import {
  decodeAbiParameters,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  hexToBigInt,
  keccak256,
  pad,
} from 'viem';
import { expect, it } from 'vitest';
import { accountContracts } from '../addresses';
import { accountAbi } from '../testKit/abis';
import { useChain, useOwnChain } from '../testKit/scene';
import vectors from './triggers.vectors.json';

const chain = useChain();
const ownChain = useOwnChain();

/** Slot of `mapping(address account => address owner)` at position 0. */
const ownerSlot = (account: Hex) =>
  keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [account, 0n]));

const anyPermitPasses = '0x00';

/** Asks the validator as the account, whose owner is put in its place; a token there is takes any permit. */
async function validate(vector: (typeof vectors)[number], signature: string): Promise<bigint> {
  const version = vector.version === '2.2.1' ? '2.2.1' : '2.0.0';
  const { client } = (version === '2.2.1' ? ownChain : chain)();
  const { validator, implementation } = accountContracts[version];
  const account = getAddress(vector.account);
  const code = await client.getCode({ address: implementation });
  const op = {
    sender: account,
    nonce: 0n,
    initCode: '0x',
    callData: '0x',
    accountGasLimits: pad('0x', { size: 32 }),
    preVerificationGas: 0n,
    gasFees: pad('0x', { size: 32 }),
    paymasterAndData: '0x',
    signature: hex(signature),
  } as const;
  const { data } = await client.call({
    account,
    to: validator,
    data: encodeFunctionData({
      abi: validateAbi,
      functionName: 'validateUserOp',
      args: [op, hex(vector.userOpHash)],
    }),
    stateOverride: [
      { address: account, code: code ?? '0x' },
      {
        address: validator,
        stateDiff: [{ slot: ownerSlot(account), value: pad(hex(vector.owner), { size: 32 }) }],
      },
      ...(vector.token === undefined
        ? []
        : [{ address: getAddress(vector.token), code: anyPermitPasses } as const]),
    ],
  });
  return decodeAbiParameters([{ type: 'uint256' }], data ?? '0x')[0];
}

const hex = (text: string): Hex => `0x${text.slice(2)}`;

/** A validator answers as an account does, but for the third argument. */
const validateAbi = accountAbi
  .filter((item) => item.type === 'function')
  .filter((item) => item.name === 'validateUserOp')
  .map((item) => ({ ...item, inputs: [item.inputs[0], item.inputs[1]] as const }));

it.each(vectors)('$name holds between its bounds, MEE $version', async (vector) => {
  const bounds = (BigInt(vector.lower) << 208n) | (BigInt(vector.upper) << 160n);
  expect(await validate(vector, vector.signature)).toBe(bounds);
});

it.each(vectors)('$name is no signature for another operation, MEE $version', async (vector) => {
  const userOpHash = keccak256(hex(vector.userOpHash));
  expect(await validate({ ...vector, userOpHash }, vector.signature)).toBe(1n);
});

it.each(vectors)('$name is no signature by another owner, MEE $version', async (vector) => {
  const owner = getAddress(`0x${(hexToBigInt(hex(vector.owner)) ^ 1n).toString(16).padStart(40, '0')}`);
  expect(await validate({ ...vector, owner }, vector.signature)).toBe(1n);
});
