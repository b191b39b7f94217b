import { type Address, createClient, erc20Abi, http } from 'viem';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { getBalance, getChainId, readContract } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeExecute } from '../src/protocol/actions/execute';
import { startAnvil } from './contracts/anvil';
import { installContracts } from './contracts/install';
import { type Devnet, startDevnet } from './devnet';
import { statuses } from './mee/testing/nodeClient';
import { createTestAccount } from './mee/testing/testAccount';

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startDevnet();
});

afterAll(() => devnet?.stop());

const connect = (rpcUrl: string) => createClient({ transport: http(rpcUrl) });
const freshAddress = (): Address => privateKeyToAddress(generatePrivateKey());
const rpcUrls = () => devnet.chains.map(({ rpcUrl }) => rpcUrl);

describe('the started network', () => {
  it('has the two chains', async () => {
    const ids = await Promise.all(rpcUrls().map((rpcUrl) => getChainId(connect(rpcUrl))));
    expect(ids).toEqual([8453, 10]);
    expect(devnet.chains.map(({ chainId }) => chainId)).toEqual(ids);
  });

  it('funds native coins and both tokens, also at the same time', async () => {
    const to = freshAddress();
    for (const { chainId, rpcUrl, plainToken, permitToken } of devnet.chains) {
      await Promise.all([
        devnet.fund({ chainId, to, amount: 3n }),
        devnet.fund({ chainId, to, token: plainToken, amount: 5n }),
        devnet.fund({ chainId, to, token: permitToken, amount: 7n }),
      ]);
      const balance = (address: Address) =>
        readContract(connect(rpcUrl), { address, abi: erc20Abi, functionName: 'balanceOf', args: [to] });
      expect(await getBalance(connect(rpcUrl), { address: to })).toBe(3n);
      expect(await Promise.all([balance(plainToken), balance(permitToken)])).toEqual([5n, 7n]);
    }
  });

  it('says which chains it has when asked for another', async () => {
    const grant = devnet.fund({ chainId: 1, to: freshAddress(), amount: 1n });
    await expect(grant).rejects.toThrow('Use one of 8453, 10.');
  });
});

describe('attached to running chains', () => {
  it('leaves them running when it stops', async () => {
    const attached = await startDevnet({ rpcUrls: rpcUrls() });
    expect(attached.chains.map(({ chainId }) => chainId)).toEqual([8453, 10]);
    expect(attached.nodeAddress).not.toBe(devnet.nodeAddress);
    await attached.stop();

    await expect(fetch(`${attached.nodeUrl}/info`)).rejects.toThrow('fetch failed');
    expect(await getChainId(connect(rpcUrls()[0] ?? ''))).toBe(8453);
  });

  it('runs on a chain whose clock is behind', async () => {
    const tenMinutesAgo = Math.floor(Date.now() / 1000) - 600;
    const slow = await startAnvil({ chainId: 8453, args: ['--timestamp', String(tenMinutesAgo)] });
    try {
      await installContracts({ rpcUrl: slow.rpcUrl });
      const attached = await startDevnet({ rpcUrls: [slow.rpcUrl] });
      const account = await createTestAccount(attached);
      const [chain] = attached.chains;
      if (chain === undefined) throw new RangeError('The network has no chain.');
      const callData = encodeExecute([{ to: chain.counter, value: 0n, data: '0xe5071b8e' }]);
      expect(statuses(await account.run([{ chain, callData }]))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
      await attached.stop();
    } finally {
      await slow.stop();
    }
  });

  it('names the contracts that a chain lacks, and leaves that chain running', async () => {
    const bare = await startAnvil({ chainId: 31337 });
    try {
      await expect(startDevnet({ rpcUrls: [bare.rpcUrl] })).rejects.toThrow(
        /Chain 31337 .* lacks EntryPoint 0\.7 \(0x0000000071727De22E5E9d8BAf0edAc6f37da032\), SmartSession/,
      );
      expect(await getChainId(connect(bare.rpcUrl))).toBe(31337);
    } finally {
      await bare.stop();
    }
  });

  it('says that nothing answers at a URL', async () => {
    const ended = await startAnvil({ chainId: 31337 });
    await ended.stop();
    await expect(startDevnet({ rpcUrls: [ended.rpcUrl] })).rejects.toThrow(
      `No chain answers at ${ended.rpcUrl}.`,
    );
  });

  it('says when the account in DEVNET_KEY is empty', async () => {
    vi.stubEnv('DEVNET_KEY', generatePrivateKey());
    await expect(startDevnet({ rpcUrls: rpcUrls() })).rejects.toThrow(/DEVNET_KEY/);
    vi.unstubAllEnvs();
  });
});
