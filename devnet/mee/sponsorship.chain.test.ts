import { createClient, type Hex, http } from 'viem';
import { getTransactionCount } from 'viem/actions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeExecute } from '../../src/protocol/actions/execute';
import { superTransactionRoot } from '../../src/protocol/mee/merkle';
import type { QuoteRequest } from '../../src/protocol/mee/quoteRequest';
import { parseQuoteResponse } from '../../src/protocol/mee/quoteResponse';
import { type Devnet, type DevnetChain, devnetOptionsFromEnvironment, startDevnet } from '../devnet';
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

/** An account that holds nothing. */
beforeEach(async () => {
  account = await createTestAccount(devnet, 0n);
  const callData = encodeExecute([{ to: home.counter, value: 0n, data: '0xe5071b8e' }]);
  request = await account.request([{ chain: home, callData }]);
});

afterAll(() => devnet?.stop());

/** The request with a sponsor's payment; what deploys the account moves to its first own operation. */
const sponsored = (payment: {
  sender: Hex;
  token: Hex;
  nonce: string;
  chainId: string;
  sponsorshipUrl: string;
}) => ({
  ...request,
  userOps: request.userOps.map((op) => ({
    ...op,
    ...('initCode' in request.paymentInfo ? { initCode: request.paymentInfo.initCode } : {}),
  })),
  paymentInfo: { ...payment, sponsored: true, callGasLimit: '75000', verificationGasLimit: '150000' },
});

const byNetwork = () =>
  sponsored({
    sender: '0x18eAc826f3dD77d065E75E285d3456B751AC80d5',
    token: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    nonce: '0',
    chainId: '8453',
    sponsorshipUrl: 'https://network.biconomy.io/v1',
  });

const tankPath = () => `${devnet.gasTank.chainId}/${devnet.gasTank.address}`;

async function byGasTank() {
  const { body } = await ask(`${devnet.nodeUrl}/sponsorship/nonce/${tankPath()}`);
  const { nonce } = body as { nonce: string };
  return sponsored({
    sender: devnet.gasTank.address,
    token: home.permitToken,
    nonce,
    chainId: String(devnet.gasTank.chainId),
    sponsorshipUrl: devnet.nodeUrl,
  });
}

const sign = (body: unknown, path = tankPath()) => ask(`${devnet.nodeUrl}/sponsorship/sign/${path}`, body);

describe('trusted sponsorship', () => {
  it('keeps the leaf of a payment that is never executed', async () => {
    const client = createClient({ transport: http(home.rpcUrl) });
    const sent = () => getTransactionCount(client, { address: devnet.nodeAddress });
    const before = await sent();
    const quote = await askQuote(devnet.nodeUrl, byNetwork());
    expect(quote.userOps[0]?.userOp).toMatchObject({ callData: '0x', initCode: '0x' });
    expect(superTransactionRoot(quote.userOps.map(({ meeUserOpHash }) => meeUserOpHash))).toBe(quote.hash);

    await handIn(devnet.nodeUrl, quote, await signQuote(quote, account.owner));
    const answer = await settled(devnet.nodeUrl, quote.hash);
    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(answer.userOps[0]?.executionData).toBeUndefined();
    expect((await sent()) - before).toBe(1);
    expect(await account.countOn(home)).toBe(1n);
  });
});

describe('a gas tank', () => {
  it('gives a nonce to each who asks', async () => {
    const [one, other] = await Promise.all([byGasTank(), byGasTank()]);
    expect(one.paymentInfo.nonce).not.toBe(other.paymentInfo.nonce);
  });

  it('pays what its sponsor has signed, and nothing else', async () => {
    const quote = await askQuote(devnet.nodeUrl, await byGasTank());
    const signature = await signQuote(quote, account.owner);
    expect(await ask(`${devnet.nodeUrl}/exec`, { ...quote, signature })).toEqual({
      status: 400,
      body: { error: 'userOps[0]: the sponsor has not signed it.' },
    });

    const { body } = await sign(quote);
    await handIn(devnet.nodeUrl, parseQuoteResponse(body), signature);
    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(await account.countOn(home)).toBe(1n);
  });

  it('is not drawn on by a signature for another quote', async () => {
    const [one, other] = [await byGasTank(), await byGasTank()];
    const signed = (await sign(await askQuote(devnet.nodeUrl, one))).body as {
      userOps: { userOp: { signature: Hex } }[];
    };
    const quote = await askQuote(devnet.nodeUrl, other);
    const [payment, ...rest] = quote.userOps;
    const stolen = { ...payment, userOp: { ...payment?.userOp, ...signed.userOps[0]?.userOp } };
    const signature = await signQuote(quote, account.owner);
    await ask(`${devnet.nodeUrl}/exec`, { ...quote, userOps: [stolen, ...rest], signature });
    const answer = await settled(devnet.nodeUrl, quote.hash);

    expect(answer.userOps[0]?.executionError).toBe('AA24 signature error');
    expect(await account.countOn(home)).toBe(0n);
  });

  it('has a sponsor who looks at what he signs', async () => {
    const trusted = await askQuote(devnet.nodeUrl, byNetwork());
    expect(await sign(trusted)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/does not draw/) },
    });
    const unknown = { ...trusted, hash: `0x${'ab'.repeat(32)}` };
    expect(await sign(unknown)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/No quote/) },
    });
    expect(await sign({})).toEqual({ status: 400, body: { error: 'The body is no quote.' } });
    expect(await sign(trusted, `1/${devnet.gasTank.address}`)).toMatchObject({ status: 404 });
    expect(await sign(trusted, 'here/0x12')).toMatchObject({ status: 400 });
  });
});
