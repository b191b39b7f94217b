import { createClient, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { getCode, getTransactionCount } from 'viem/actions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeExecute } from '../../src/protocol/actions/execute';
import { meeVersions } from '../../src/protocol/constants/versions';
import type { QuoteRequest } from '../../src/protocol/mee/quoteRequest';
import { type Devnet, type DevnetChain, devnetOptionsFromEnvironment, startDevnet } from '../devnet';
import { asDelegated, authorize } from './testing/delegation';
import { ask, askQuote, handIn, settled, statuses } from './testing/nodeClient';
import { createTestAccount, signQuote, type TestAccount } from './testing/testAccount';
import { sendOwn } from './testing/trigger';

const implementation = meeVersions['2.1.0'].implementationAddress;
const stranger = privateKeyToAccount(generatePrivateKey());

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

/** An owner whose own address holds the fee. */
beforeEach(async () => {
  account = await createTestAccount(devnet, 0n);
  const to = account.owner.address;
  await devnet.fund({ chainId: home.chainId, to, token: home.permitToken, amount: 1_000_000n });
  const callData = encodeExecute([{ to: home.counter, value: 0n, data: '0xe5071b8e' }]);
  request = await account.request([{ chain: home, callData }]);
});

afterAll(() => devnet?.stop());

const asked = async (deviation?: Parameters<typeof authorize>[3]) =>
  asDelegated(
    request,
    account.owner.address,
    await authorize(home, account.owner, implementation, deviation),
  );

const client = () => createClient({ transport: http(home.rpcUrl) });

describe('an authorization', () => {
  it.each([
    ['its chain', {}],
    ['every chain', { chainId: 0 }],
  ])('for %s makes the owner’s address the account', async (_, deviation) => {
    const body = await asked(deviation);
    const quote = await askQuote(devnet.nodeUrl, body);
    expect(quote.userOps[0]?.eip7702Auth).toEqual(body.paymentInfo.eip7702Auth);
    await handIn(devnet.nodeUrl, quote, await signQuote(quote, account.owner));

    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    const code = await getCode(client(), { address: account.owner.address });
    expect(code).toBe(`0xef0100${implementation.slice(2).toLowerCase()}`);
  });

  it.each([
    ['for another chain', { chainId: 5 }, /for chain 5/],
    ['with another nonce', { nonce: 3 }, /has nonce 3, the account is at 0/],
    ['by somebody else', { signer: stranger }, /is signed by/],
  ])('%s is refused at the quote', async (_, deviation, reason) => {
    const { status, body } = await ask(`${devnet.nodeUrl}/quote`, await asked(deviation));
    expect(status).toBe(400);
    expect(body).toEqual({ error: expect.stringMatching(reason) });
  });

  it('that has become stale ends all, and nothing is sent', async () => {
    const quote = await askQuote(devnet.nodeUrl, await asked());
    const to = account.owner.address;
    await devnet.fund({ chainId: home.chainId, to, amount: 10n ** 18n });
    await sendOwn(home, account.owner, { to: stranger.address, data: '0x' });
    const sent = () => getTransactionCount(client(), { address: devnet.nodeAddress });
    const before = await sent();
    await handIn(devnet.nodeUrl, quote, await signQuote(quote, account.owner));
    const answer = await settled(devnet.nodeUrl, quote.hash);

    expect(statuses(answer)).toEqual(['FAILED', 'FAILED']);
    expect(answer.userOps[0]?.executionError).toMatch(/nonce 0, the account is at 1/);
    expect(await sent()).toBe(before);
  });
});
