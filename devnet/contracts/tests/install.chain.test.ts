import { encodeFunctionData, parseEther } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { multicall } from 'viem/actions';
import { describe, expect, it } from 'vitest';
import { entryPoint, multicall3, sessionContracts } from '../addresses';
import { minedReceipt } from '../receipt';
import { installPaymaster, installTestContracts } from '../testContracts';
import { counterAbi, entryPointAbi, tokenAbi } from '../testKit/abis';
import { useChain } from '../testKit/scene';
import { data } from '../testKit/tokens';

const chain = useChain();

describe('the test contracts', () => {
  it('are deployed once, at addresses that do not depend on who deploys', async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    const { plainToken, permitToken, counter, rpcUrl } = chain();
    expect(await installTestContracts({ rpcUrl, account })).toEqual({ plainToken, permitToken, counter });
    expect(await chain().client.getTransactionCount({ address: account.address })).toBe(0);
  });

  it('are tokens that anyone may mint, of six decimals', async () => {
    const holder = privateKeyToAccount(generatePrivateKey()).address;
    for (const address of [chain().plainToken, chain().permitToken]) {
      const mint = { address, abi: tokenAbi, functionName: 'mint', args: [holder, 5n] } as const;
      const hash = await chain().client.writeContract({ ...mint, account: chain().bundler });
      await minedReceipt(chain().client, hash);
      const read = { address, abi: tokenAbi } as const;
      expect(await chain().client.readContract({ ...read, functionName: 'decimals' })).toBe(6);
      expect(await chain().client.readContract({ ...read, functionName: 'balanceOf', args: [holder] })).toBe(
        5n,
      );
    }
  });

  it('are a counter that counts for all and per caller', async () => {
    const send = async (callData: `0x${string}`, value = 0n) => {
      const transaction = { account: chain().bundler, to: chain().counter, data: callData, value };
      const hash = await chain().client.sendTransaction({ ...transaction, gas: 200_000n });
      return minedReceipt(chain().client, hash);
    };
    const read = { address: chain().counter, abi: counterAbi } as const;
    const before = await chain().client.readContract({ ...read, functionName: 'count' });
    await send(data.increment);
    await send(data.addTo(5n));
    await send(data.decrement);
    await send(data.pay, 2n);
    expect(await chain().client.readContract({ ...read, functionName: 'count' })).toBe(before + 7n);
    const own = { functionName: 'countOf', args: [chain().bundler] } as const;
    expect(await chain().client.readContract({ ...read, ...own })).toBe(7n);
    expect(await send(data.refuse)).toMatchObject({ status: 'reverted' });
  });

  it('take a permit', async () => {
    const { client, permitToken, bundler } = chain();
    const owner = privateKeyToAccount(generatePrivateKey());
    const deadline = 2n ** 48n;
    const signature = await owner.signTypedData({
      domain: {
        name: 'Permit Test Token',
        version: '1',
        chainId: client.chain.id,
        verifyingContract: permitToken,
      },
      types: {
        Permit: [
          { name: 'owner', type: 'address' },
          { name: 'spender', type: 'address' },
          { name: 'value', type: 'uint256' },
          { name: 'nonce', type: 'uint256' },
          { name: 'deadline', type: 'uint256' },
        ],
      },
      primaryType: 'Permit',
      message: { owner: owner.address, spender: bundler, value: 9n, nonce: 0n, deadline },
    });
    const parts = [`0x${signature.slice(2, 66)}`, `0x${signature.slice(66, 130)}`] as const;
    const v = Number.parseInt(signature.slice(130), 16);
    const hash = await client.writeContract({
      account: bundler,
      address: permitToken,
      abi: tokenAbi,
      functionName: 'permit',
      args: [owner.address, bundler, 9n, deadline, v, ...parts],
    });
    await minedReceipt(client, hash);
    const allowance = { functionName: 'allowance', args: [owner.address, bundler] } as const;
    expect(await client.readContract({ address: permitToken, abi: tokenAbi, ...allowance })).toBe(9n);
  });
});

it('the paymaster is filled up to what is asked, and not again', async () => {
  const account = privateKeyToAccount(generatePrivateKey());
  await chain().client.setBalance({ address: account.address, value: parseEther('3') });
  const options = { rpcUrl: chain().rpcUrl, account, deposit: parseEther('1') };
  const paymaster = await installPaymaster(options);
  expect(await installPaymaster(options)).toBe(paymaster);
  const deposit = { functionName: 'balanceOf', args: [paymaster] } as const;
  expect(await chain().client.readContract({ address: entryPoint, abi: entryPointAbi, ...deposit })).toBe(
    parseEther('1'),
  );
});

describe('Multicall3', () => {
  it('answers calls side by side, failures included', async () => {
    const read = { address: chain().plainToken, abi: tokenAbi } as const;
    const [decimals, balance, missing] = await multicall(chain().client, {
      multicallAddress: multicall3,
      contracts: [
        { ...read, functionName: 'decimals' },
        { ...read, functionName: 'balanceOf', args: [sessionContracts.SudoPolicy] },
        { ...read, address: sessionContracts.SudoPolicy, functionName: 'decimals' },
      ],
    });
    expect(decimals).toEqual({ status: 'success', result: 6 });
    expect(balance).toEqual({ status: 'success', result: 0n });
    expect(missing).toMatchObject({ status: 'failure' });
  });

  it('tells the chain and refuses when a call must not fail', async () => {
    const abi = [
      {
        type: 'function',
        name: 'getChainId',
        stateMutability: 'view',
        inputs: [],
        outputs: [{ type: 'uint256' }],
      },
      {
        type: 'function',
        name: 'aggregate',
        stateMutability: 'payable',
        inputs: [
          {
            type: 'tuple[]',
            components: [
              { name: 'target', type: 'address' },
              { name: 'callData', type: 'bytes' },
            ],
          },
        ],
        outputs: [{ type: 'uint256' }, { type: 'bytes[]' }],
      },
    ] as const;
    const at = { address: multicall3, abi } as const;
    expect(await chain().client.readContract({ ...at, functionName: 'getChainId' })).toBe(
      BigInt(chain().client.chain.id),
    );
    const refuse = encodeFunctionData({ abi: counterAbi, functionName: 'refuse' });
    const call = { target: chain().counter, callData: refuse };
    await expect(
      chain().client.simulateContract({ ...at, functionName: 'aggregate', args: [[call]] }),
    ).rejects.toThrow('Multicall3: call failed');
  });
});
