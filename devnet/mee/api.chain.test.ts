import { formatUnits } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeExecute } from '../../src/protocol/actions/execute';
import type { QuoteRequest } from '../../src/protocol/mee/quoteRequest';
import { verifyQuote } from '../../src/protocol/mee/verify';
import { type Devnet, type DevnetChain, devnetOptionsFromEnvironment, startDevnet } from '../devnet';
import { NodeError } from './nodeError';
import { dropAnswer } from './server';
import { ask, askQuote, handIn, settled, statuses } from './testing/nodeClient';
import { createTestAccount, signQuote, type TestAccount } from './testing/testAccount';

let devnet: Devnet;
let home: DevnetChain;
let account: TestAccount;
let request: QuoteRequest;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
  const [first] = devnet.chains;
  if (first === undefined) throw new RangeError('The network has no chain.');
  home = first;
});

beforeEach(async () => {
  devnet.setFault(undefined);
  account = await createTestAccount(devnet);
  const callData = encodeExecute([{ to: home.counter, value: 0n, data: '0xe5071b8e' }]);
  request = await account.request([{ chain: home, callData }]);
});

afterAll(() => devnet?.stop());

describe('the answers', () => {
  it('info names chains and fee tokens', async () => {
    const { status, body } = await ask(`${devnet.nodeUrl}/info`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      node: devnet.nodeAddress,
      supportedChains: devnet.chains.map(({ chainId }) => ({ chainId: String(chainId) })),
      supportedGasTokens: devnet.chains.map((chain) => ({
        chainId: String(chain.chainId),
        paymentTokens: [
          { address: chain.permitToken, decimals: 6, permitEnabled: true },
          { address: chain.plainToken, decimals: 6, permitEnabled: false },
        ],
      })),
    });
  });

  it('a quote holds what was asked, a payment first, and a hash that follows from it', async () => {
    const quote = await askQuote(devnet.nodeUrl, request);
    const { fee, leaves } = verifyQuote({ request, response: quote, maxFee: 50_000n });
    expect(fee).toMatchObject({
      token: home.permitToken,
      chainId: home.chainId,
      recipient: devnet.nodeAddress,
    });
    expect(fee.amount).toBeGreaterThanOrEqual(10_000n);
    expect(leaves).toHaveLength(2);
    expect(quote.paymentInfo.tokenAmount).toBe(formatUnits(fee.amount, 6));
  });

  it('serves a doubled slash and preflights of any origin', async () => {
    const twice = await ask(`${devnet.nodeUrl}//info`);
    expect(twice.status).toBe(200);
    const preflight = await fetch(`${devnet.nodeUrl}/quote`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('refusals', () => {
  it('name every field of the wrong shape', async () => {
    const { status, body } = await ask(`${devnet.nodeUrl}/quote`, {
      ...request,
      paymentInfo: { ...request.paymentInfo, token: '0x12', nonce: '-1' },
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      errors: [
        { path: 'paymentInfo.token', message: 'must be an address' },
        { path: 'paymentInfo.nonce', message: 'must be a decimal number' },
      ],
    });
  });

  it.each([
    [
      'a chain that is not served',
      () => ({ ...request, userOps: request.userOps.map((op) => ({ ...op, chainId: 5 })) }),
      /Chain 5 is not supported/,
    ],
    ['another quote type', () => ({ ...request, quoteType: 'permit' }), /Quote type permit/],
    [
      'a token that is none',
      () => ({ ...request, paymentInfo: { ...request.paymentInfo, token: devnet.nodeAddress } }),
      /no ERC-20/,
    ],
    [
      'crossed bounds',
      () => ({ ...request, userOps: request.userOps.map((op) => ({ ...op, upperBoundTimestamp: 1 })) }),
      /userOps\[0\]/,
    ],
  ])('%s', async (_case, build, reason) => {
    const { status, body } = await ask(`${devnet.nodeUrl}/quote`, build());
    expect(status).toBe(400);
    expect(body).toEqual({ error: expect.stringMatching(reason) });
  });

  it('a quote that the account cannot pay, when simulated', async () => {
    const poor = await createTestAccount(devnet, 0n);
    const callData = encodeExecute([{ to: home.counter, value: 0n, data: '0xe5071b8e' }]);
    const { status, body } = await ask(
      `${devnet.nodeUrl}/quote`,
      await poor.request([{ chain: home, callData }]),
    );
    expect(status).toBe(400);
    expect(body).toEqual({ error: expect.stringMatching(/userOps\[0\].*ERC20InsufficientBalance/) });
  });

  it('an unknown hash and a signature of another mode', async () => {
    const hash = `0x${'ab'.repeat(32)}`;
    expect(await ask(`${devnet.nodeUrl}/explorer/${hash}`)).toMatchObject({ status: 404 });
    const signature = `0x177eee00${'11'.repeat(65)}`;
    expect(await ask(`${devnet.nodeUrl}/exec`, { hash, signature })).toMatchObject({ status: 400 });
    const quote = await askQuote(devnet.nodeUrl, request);
    const other = `0x177eee02${'11'.repeat(65)}`;
    expect(await ask(`${devnet.nodeUrl}/exec`, { ...quote, signature: other })).toMatchObject({
      status: 400,
    });
  });

  it('text that is not JSON, and paths that are not served', async () => {
    const garbled = await fetch(`${devnet.nodeUrl}/quote`, { method: 'POST', body: '{' });
    expect([garbled.status, await garbled.json()]).toEqual([400, { error: 'The body is not JSON.' }]);
    expect(await ask(`${devnet.nodeUrl}/nothing`)).toMatchObject({ status: 404 });
  });
});

describe('faults', () => {
  it('change an answer and nothing else', async () => {
    devnet.setFault((kind, body) => (kind === 'quote' ? { ...Object(body), hash: '0x00' } : body));
    expect((await ask(`${devnet.nodeUrl}/quote`, request)).body).toMatchObject({ hash: '0x00' });
    expect((await ask(`${devnet.nodeUrl}/info`)).body).toMatchObject({ node: devnet.nodeAddress });
    devnet.setFault(undefined);
    expect(await askQuote(devnet.nodeUrl, request)).toMatchObject({ node: devnet.nodeAddress });
  });

  it('drop the answer of a supertransaction that runs all the same', async () => {
    const quote = await askQuote(devnet.nodeUrl, request);
    const signature = await signQuote(quote, account.owner);
    devnet.setFault((kind, body) => (kind === 'exec' ? dropAnswer : body));
    await expect(handIn(devnet.nodeUrl, quote, signature)).rejects.toThrow('fetch failed');
    devnet.setFault(undefined);
    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
  });

  it('answer with an error of their own', async () => {
    devnet.setFault(() => {
      throw new NodeError(503, 'Try later.');
    });
    expect(await ask(`${devnet.nodeUrl}/info`)).toEqual({ status: 503, body: { error: 'Try later.' } });
  });

  it('leave the log of requests true', async () => {
    const before = devnet.requests.length;
    const quote = await askQuote(devnet.nodeUrl, request);
    await handIn(devnet.nodeUrl, quote, await signQuote(quote, account.owner));
    const seen = devnet.requests.slice(before);
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /quote', 'POST /exec']);
    expect(seen[1]?.body).toMatchObject({ hash: quote.hash });
  });
});
