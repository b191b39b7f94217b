import {
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  keccak256,
  numberToHex,
  parseAbiParameters,
  zeroAddress,
} from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeExecute } from '../../src/protocol/actions/execute';
import { type Devnet, type DevnetChain, devnetOptionsFromEnvironment, startDevnet } from '../devnet';
import { ask, askQuote } from './testing/nodeClient';
import { createTestAccount, type TestAccount } from './testing/testAccount';

let devnet: Devnet;
let home: DevnetChain;
let account: TestAccount;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
  const [first] = devnet.chains;
  if (first === undefined) throw new RangeError('The network has no chain.');
  home = first;
});

beforeEach(async () => {
  account = await createTestAccount(devnet);
});

afterAll(() => devnet?.stop());

const sendAway = (token: Hex, amount: bigint): Hex =>
  encodeExecute([
    token === zeroAddress
      ? { to: home.counter, value: amount, data: '0x' }
      : {
          to: token,
          value: 0n,
          data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [home.counter, amount] }),
        },
  ]);

const overrideOf = (tokenAddress: Hex, balance: bigint) => ({
  tokenOverrides: [
    { tokenAddress, accountAddress: account.address, chainId: home.chainId, balance: balance.toString() },
  ],
});

const statusOf = async (body: unknown) => (await ask(`${devnet.nodeUrl}/quote`, body)).status;

describe('pretended balances', () => {
  it.each([
    ['a token', () => home.plainToken],
    ['coins', () => zeroAddress],
  ])('of %s make a call pass, up to what they are', async (_, token) => {
    const request = await account.request([{ chain: home, callData: sendAway(token(), 70n) }]);
    const pretending = (balance: bigint) => ({
      ...request,
      userOps: request.userOps.map((op) => ({ ...op, simulationOverrides: overrideOf(token(), balance) })),
    });
    expect(await statusOf(request)).toBe(400);
    expect(await statusOf(pretending(69n))).toBe(400);
    expect(await statusOf(pretending(70n))).toBe(200);
    const simulation = { simulate: true, overrides: overrideOf(token(), 70n) };
    expect(await statusOf({ ...request, simulation })).toBe(200);
  });

  it('never take from what is there', async () => {
    const { permitToken: token } = home;
    const request = await account.request([{ chain: home, callData: sendAway(token, 4_000_000n) }]);
    expect(
      await statusOf({ ...request, simulation: { simulate: true, overrides: overrideOf(token, 1n) } }),
    ).toBe(200);
  });
});

it('pretended storage is seen by the calls', async () => {
  const request = await account.request([{ chain: home, callData: sendAway(home.plainToken, 5n) }]);
  const slot = keccak256(encodeAbiParameters(parseAbiParameters('address, uint256'), [account.address, 0n]));
  const word = {
    contractAddress: home.plainToken,
    storageSlot: slot,
    value: numberToHex(5n, { size: 32 }),
    chainId: home.chainId,
  };
  const pretending = (chainId: number) => ({
    ...request,
    simulation: { simulate: true, overrides: { customOverrides: [{ ...word, chainId }] } },
  });
  expect(await statusOf(pretending(home.chainId))).toBe(200);
  expect(await statusOf(pretending(home.chainId + 1))).toBe(400);
});

it('a gas buffer raises the gas of the calls on its chain', async () => {
  const request = await account.request([
    { chain: home, callData: encodeExecute([{ to: home.counter, value: 0n, data: '0xe5071b8e' }]) },
  ]);
  const gasOf = async (gasLimitBuffers: Record<number, string>) => {
    const quote = await askQuote(devnet.nodeUrl, {
      ...request,
      simulation: { simulate: true, gasLimitBuffers },
    });
    return quote.userOps.map(({ userOp }) => BigInt(userOp.callGasLimit));
  };
  const plain = await gasOf({});
  expect(await gasOf({ [home.chainId]: '50' })).toEqual(plain.map((gas) => (gas * 3n) / 2n));
  expect(await gasOf({ [home.chainId + 1]: '50' })).toEqual(plain);
});
