import {
  encodeAbiParameters,
  encodeFunctionResult,
  type Hex,
  numberToHex,
  parseAbiParameters,
  zeroAddress,
} from 'viem';
import { afterEach, describe, expect, it } from 'vitest';
import { smartSessionAbi } from '../../protocol/constants/abis';
import { entryPointAddress } from '../../protocol/constants/addresses';
import { startLocalServer } from '../testing/localServer';
import { account, counter, token } from '../testing/records';
import { createChains } from './chains';

const hash: Hex = `0x${'42'.repeat(32)}`;
const other: Hex = `0x${'43'.repeat(32)}`;

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

type Calls = Record<string, (params: readonly unknown[]) => unknown>;
type JsonRpcError = { error: { code: number; message: string } };

const isError = (value: unknown): value is JsonRpcError =>
  typeof value === 'object' && value !== null && 'error' in value;

/** A chain behind a real JSON-RPC server. */
const chainThat = async (calls: Calls, chainId = 8453) => {
  const server = await startLocalServer(({ body }) => {
    const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: unknown[] };
    const answer = method === 'eth_chainId' ? numberToHex(chainId) : calls[method]?.(params ?? []);
    return {
      body: JSON.stringify({
        jsonrpc: '2.0',
        id,
        ...(isError(answer) ? answer : { result: answer ?? null }),
      }),
    };
  });
  stop = server.stop;
  const networks = [{ chainId: 8453, name: 'Base', rpcUrl: server.url, nativeSymbol: 'ETH' }];
  const chains = createChains({ networks: async () => networks, fetch });
  const methods = () => server.received.map(({ body }) => (JSON.parse(body) as { method: string }).method);
  return { chains, chain: await chains.on(8453), methods };
};

const limited = (code: number) => ({
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    error: { code, message: '50/second request limit reached' },
  }),
});

/** A chain whose RPC refuses so many reads before it answers them. */
const limitedChain = async (refusal: { status?: number; body: string }, times: number) => {
  let asked = 0;
  const server = await startLocalServer(({ body }) => {
    const { id, method } = JSON.parse(body) as { id: number; method: string };
    const answer = (result: string) => ({ body: JSON.stringify({ jsonrpc: '2.0', id, result }) });
    if (method === 'eth_chainId') return answer(numberToHex(8453));
    asked += 1;
    return asked > times ? answer('0x6001') : refusal;
  });
  stop = server.stop;
  const networks = [{ chainId: 8453, name: 'Base', rpcUrl: server.url, nativeSymbol: 'ETH' }];
  const chain = await createChains({ networks: async () => networks, fetch }).on(8453);
  return { chain, asked: () => asked };
};

const reverted = { error: { code: 3, message: 'execution reverted' } };

describe('a chain', () => {
  it('must be configured', async () => {
    const { chains } = await chainThat({});
    await expect(chains.on(1)).rejects.toMatchObject({
      code: 5710,
      data: { reason: 'UNSUPPORTED_CHAIN', details: { chainId: 1, configured: [8453] } },
    });
  });

  it('is asked once which chain it is, and is not believed when it is another', async () => {
    const right = await chainThat({ eth_getCode: () => '0x6001' });
    expect(await right.chain.hasCode(account)).toBe(true);
    await right.chain.hasCode(counter);
    expect(right.methods().filter((method) => method === 'eth_chainId')).toHaveLength(1);
    await stop?.();
    const wrong = await chainThat({ eth_getCode: () => '0x6001' }, 1);
    await expect(wrong.chain.hasCode(account)).rejects.toMatchObject({
      code: -32000,
      data: { reason: 'RPC_WRONG_CHAIN', details: { chainId: 8453, got: 1 } },
    });
  });

  it('that is gone is unreachable', async () => {
    const { chain } = await chainThat({});
    await stop?.();
    await expect(chain.hasCode(account)).rejects.toMatchObject({
      code: -32000,
      data: { reason: 'RPC_UNREACHABLE', details: { chainId: 8453 } },
    });
  });

  it('that fails to answer is not taken for a chain that says no', async () => {
    const { chain } = await chainThat({
      eth_call: () => ({ error: { code: -32602, message: 'bad block' } }),
    });
    await expect(chain.isPermissionEnabled(hash, account)).rejects.toMatchObject({
      data: { reason: 'RPC_UNREACHABLE' },
    });
  });

  const limits: readonly (readonly [string, { status?: number; body: string }])[] = [
    ['HTTP 429', { status: 429, body: '' }],
    ['the code 429', limited(429)],
    ['the code -32005', limited(-32005)],
    ['the code -32007', limited(-32007)],
  ];

  it.each(limits)('that limits its readers by %s is asked again a few times', async (_form, answer) => {
    const { chain, asked } = await limitedChain(answer, 3);
    expect(await chain.code(account)).toBe('0x6001');
    expect(asked()).toBe(4);
  });

  it.each(limits)('that never stops to answer %s is unreachable, not empty', async (_form, answer) => {
    const { chain, asked } = await limitedChain(answer, Number.POSITIVE_INFINITY);
    const reads = [
      chain.hasCode(account),
      chain.isPermissionEnabled(hash, account),
      chain.revertData(account, '0x'),
    ];
    const unreachable = { code: -32000, data: { reason: 'RPC_UNREACHABLE' } };
    await Promise.all(reads.map((read) => expect(read).rejects.toMatchObject(unreachable)));
    expect(asked()).toBe(3 * 4);
  });

  it.each([
    ['nothing is deployed', '0x'],
    ['the call reverts', reverted],
    ['the answer is cut short', '0x01'],
  ])('has no permission, module or token where %s', async (_what, answer) => {
    const { chain } = await chainThat({ eth_call: () => answer });
    expect(await chain.isPermissionEnabled(hash, account)).toBe(false);
    expect(await chain.isSmartSessionInstalled(account)).toBe(false);
    expect(await chain.token(token)).toEqual({});
  });

  it('says that a permission is enabled', async () => {
    const result = encodeFunctionResult({
      abi: smartSessionAbi,
      functionName: 'isPermissionEnabled',
      result: true,
    });
    const { chain } = await chainThat({ eth_call: () => result });
    expect(await chain.isPermissionEnabled(hash, account)).toBe(true);
  });

  it('is not asked what its own coin is: no contract stands behind the zero address', async () => {
    const { chain, methods } = await chainThat({ eth_getBalance: () => '0x7' });
    expect(await chain.token(zeroAddress)).toEqual({ symbol: 'ETH', decimals: 18 });
    expect(methods()).toEqual([]);
    expect(await chain.balance(zeroAddress, account)).toBe(7n);
    expect(methods()).not.toContain('eth_call');
  });

  it("gives an owner's next nonce with what is in the pool", async () => {
    const { chain } = await chainThat({
      eth_getTransactionCount: ([, block]) => (block === 'pending' ? '0x8' : '0x7'),
    });
    expect(await chain.transactionCount(account)).toBe(8);
  });

  it('lets a token speak in clean, short words only', async () => {
    const symbol = encodeAbiParameters(parseAbiParameters('string'), [`US\u202EDC${'!'.repeat(40)}`]);
    const { chain } = await chainThat({
      eth_call: ([call]) =>
        (call as { data: Hex }).data === '0x95d89b41' ? symbol : numberToHex(6, { size: 32 }),
    });
    expect(await chain.token(token)).toEqual({ symbol: 'US DC!!!!!!!!!!…', decimals: 6 });
  });

  it('tells an operation by the event of EntryPoint and of nobody else', async () => {
    const data = (success: boolean) =>
      encodeAbiParameters(parseAbiParameters('uint256, bool, uint256, uint256'), [1n, success, 2n, 3n]);
    const topic = '0x49628fd1471006c1482da88028e9ce4dbb080b815c9b0344d39e5a8e6ec1419f';
    const word = numberToHex(0, { size: 32 });
    const log = (address: Hex, userOpHash: Hex, success: boolean) => ({
      address: address.toLowerCase(),
      topics: [topic, userOpHash, word, word],
      data: data(success),
    });
    const logs = [
      log(counter, hash, true),
      log(entryPointAddress, other, true),
      log(entryPointAddress, hash, false),
    ];
    const { chain } = await chainThat({ eth_getTransactionReceipt: () => ({ logs }) });
    expect(await chain.operation(hash, hash)).toEqual({ success: false });
    expect(await chain.operation(hash, other)).toEqual({ success: true });
    expect(await chain.operation(hash, word)).toBeUndefined();
  });

  it('does not know an operation of a transaction that is not mined', async () => {
    const { chain } = await chainThat({ eth_getTransactionReceipt: () => null });
    expect(await chain.operation(hash, hash)).toBeUndefined();
  });
});
