import { concat, encodeFunctionData, parseAbi, toFunctionSelector, toHex, zeroAddress } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, it } from 'vitest';
import { accountContracts } from '../addresses';
import { minedReceipt } from '../receipt';
import { useChain } from '../testKit/scene';

const chain = useChain();
const abi = parseAbi(['function forward(address destination) payable']);
const forwarder = accountContracts['2.0.0'].etherForwarder;

async function send(destination: `0x${string}`, to = forwarder) {
  const call = encodeFunctionData({ abi, functionName: 'forward', args: [destination] });
  const data = concat([call, toHex(7n, { size: 32 })]);
  const hash = await chain().client.sendTransaction({
    account: chain().bundler,
    to,
    data,
    value: 9n,
    gas: 100_000n,
  });
  return minedReceipt(chain().client, hash);
}

it('passes on all that it is sent, whatever follows in the calldata', async () => {
  expect(toFunctionSelector('forward(address)')).toBe('0x101e8952');
  const destination = privateKeyToAccount(generatePrivateKey()).address;
  expect((await send(destination)).status).toBe('success');
  expect(await chain().client.getBalance({ address: destination })).toBe(9n);
  expect(await chain().client.getBalance({ address: forwarder })).toBe(0n);
});

it('keeps nothing for nobody', async () => {
  expect((await send(zeroAddress)).status).toBe('reverted');
});

it('passes nothing on to who refuses it', async () => {
  expect((await send(accountContracts['2.0.0'].factory)).status).toBe('reverted');
});

it('is not sent coins in another way', async () => {
  const transaction = { account: chain().bundler, to: forwarder, value: 1n, gas: 100_000n };
  const hash = await chain().client.sendTransaction(transaction);
  expect((await minedReceipt(chain().client, hash)).status).toBe('reverted');
});
