import {
  createClient,
  encodeFunctionData,
  type Hex,
  http,
  parseAbi,
  parseSignature,
  zeroAddress,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { getBalance, getBlockNumber } from 'viem/actions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeExecute } from '../../src/protocol/actions/execute';
import { meeVersions } from '../../src/protocol/constants/versions';
import { encodeOnChainSignature } from '../../src/protocol/mee/clientSignature';
import type { QuoteRequest } from '../../src/protocol/mee/quoteRequest';
import { type Devnet, type DevnetChain, devnetOptionsFromEnvironment, startDevnet } from '../devnet';
import { ask, askQuote, handIn, settled, statuses } from './testing/nodeClient';
import { createTestAccount, type TestAccount } from './testing/testAccount';
import { approvalFor, forwardFor, sendOwn, signPermit, withTrigger } from './testing/trigger';

const permitAbi = parseAbi([
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
]);
const forwarder = meeVersions['2.1.0'].ethForwarderAddress;
const ether = 10n ** 18n;

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

/** An account that holds nothing, of an owner with a coin and 5 units of the permit token. */
beforeEach(async () => {
  account = await createTestAccount(devnet, 0n);
  const to = account.owner.address;
  await devnet.fund({ chainId: home.chainId, to, amount: ether });
  await devnet.fund({ chainId: home.chainId, to, token: home.permitToken, amount: 5_000_000n });
  const callData = encodeExecute([{ to: home.counter, value: 0n, data: '0xe5071b8e' }]);
  request = await account.request([{ chain: home, callData }]);
});

afterAll(() => devnet?.stop());

const asked = (quoteType: 'permit' | 'onchain', trigger: Partial<Parameters<typeof withTrigger>[4]> = {}) =>
  withTrigger(request, quoteType, home, account.owner.address, {
    tokenAddress: home.permitToken,
    amount: 1_000_000n,
    ...trigger,
  });

const quoteFor = (body: unknown) => askQuote(devnet.nodeUrl, body, 'quote-permit');

const permitFor = (hash: Hex, amount: bigint, signer = account.owner) =>
  signPermit(home, signer, { owner: account.owner.address, spender: account.address, amount, hash });

const refusalOf = async (path: string, body: unknown) => {
  const { status, body: answer } = await ask(`${devnet.nodeUrl}/${path}`, body);
  expect(status).toBe(400);
  return JSON.stringify(answer);
};

describe('a permit', () => {
  it('counts although somebody else has handed it to the token before', async () => {
    const quote = await quoteFor(asked('permit'));
    const { clientSignature, signature } = await permitFor(quote.hash, 2_000_000n);
    const { v = 27n, r, s } = parseSignature(signature);
    const args = [
      account.owner.address,
      account.address,
      2_000_000n,
      BigInt(quote.hash),
      Number(v),
      r,
      s,
    ] as const;
    const data = encodeFunctionData({ abi: permitAbi, functionName: 'permit', args });
    await sendOwn(home, account.owner, { to: home.permitToken, data });
    await handIn(devnet.nodeUrl, quote, clientSignature);

    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(await account.countOn(home)).toBe(1n);
  });

  it('that doesn’t cover the fee ends all', async () => {
    const quote = await quoteFor(asked('permit'));
    const { clientSignature } = await permitFor(quote.hash, 1n);
    await handIn(devnet.nodeUrl, quote, clientSignature);
    const answer = await settled(devnet.nodeUrl, quote.hash);

    expect(statuses(answer)).toEqual(['FAILED', 'FAILED']);
    expect(answer.userOps[1]?.executionError).toMatch(/Payment failed: .*ERC20InsufficientAllowance/);
  });

  it.each([
    ['by a stranger', (hash: Hex) => permitFor(hash, 2_000_000n, privateKeyToAccount(generatePrivateKey()))],
    ['for another supertransaction', () => permitFor(`0x${'ab'.repeat(32)}`, 2_000_000n)],
  ])('%s is no signature', async (_, sign) => {
    const quote = await quoteFor(asked('permit'));
    const { clientSignature } = await sign(quote.hash);
    await handIn(devnet.nodeUrl, quote, clientSignature);
    const answer = await settled(devnet.nodeUrl, quote.hash);

    expect(statuses(answer)).toEqual(['FAILED', 'FAILED']);
    expect(answer.userOps[0]?.executionError).toBe('AA24 signature error');
  });
});

describe('a transaction', () => {
  it.each(['legacy', 'eip1559'] as const)('of type %s carries a supertransaction', async (type) => {
    const quote = await quoteFor(asked('onchain'));
    const data = approvalFor(account.address, 2_000_000n, quote.hash);
    const hash = await sendOwn(home, account.owner, { to: home.permitToken, data, type });
    await handIn(
      devnet.nodeUrl,
      quote,
      encodeOnChainSignature({ transactionHash: hash, chainId: home.chainId }),
    );

    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(await account.countOn(home)).toBe(1n);
  });

  it('sends coins to somebody else, when the trigger says so', async () => {
    const recipientAddress = privateKeyToAccount(generatePrivateKey()).address;
    const fee = { chainId: home.chainId, to: account.address, token: home.permitToken, amount: 1_000_000n };
    await devnet.fund(fee);
    const quote = await quoteFor(
      asked('onchain', { tokenAddress: zeroAddress, amount: ether / 10n, recipientAddress }),
    );
    const data = forwardFor(recipientAddress, quote.hash);
    const hash = await sendOwn(home, account.owner, { to: forwarder, data, value: ether / 10n });
    await handIn(
      devnet.nodeUrl,
      quote,
      encodeOnChainSignature({ transactionHash: hash, chainId: home.chainId }),
    );

    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    const client = createClient({ transport: http(home.rpcUrl) });
    expect(await getBalance(client, { address: recipientAddress })).toBe(ether / 10n);
  });

  it('is followed by blocks until the quote is handed in', async () => {
    const client = createClient({ transport: http(home.rpcUrl) });
    const blocks = () => getBlockNumber(client, { cacheTime: 0 });
    const quote = await quoteFor(asked('onchain'));
    const before = await blocks();
    const data = approvalFor(account.address, 2_000_000n, quote.hash);
    const hash = await sendOwn(home, account.owner, { to: home.permitToken, data });
    await expect.poll(blocks, { timeout: 5_000 }).toBeGreaterThanOrEqual(before + 2n);
    await handIn(
      devnet.nodeUrl,
      quote,
      encodeOnChainSignature({ transactionHash: hash, chainId: home.chainId }),
    );
    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
  });

  it.each([
    ['that is not mined', async () => `0x${'ab'.repeat(32)}` as const, /is not mined/],
    [
      'with another end',
      async () =>
        sendOwn(home, account.owner, {
          to: home.permitToken,
          data: approvalFor(account.address, 1n, `0x${'ab'.repeat(32)}`),
        }),
      /does not end with/,
    ],
    [
      'that reverted',
      async (hash: Hex) =>
        sendOwn(home, account.owner, { to: forwarder, data: forwardFor(zeroAddress, hash) }),
      /reverted/,
    ],
    [
      'of another type',
      async (hash: Hex) =>
        sendOwn(home, account.owner, {
          to: home.permitToken,
          data: approvalFor(account.address, 1n, hash),
          type: 'eip2930',
        }),
      /type 0 or 2/,
    ],
  ] as const)('%s is refused', async (_, send, reason) => {
    const quote = await quoteFor(asked('onchain'));
    const signature = encodeOnChainSignature({
      transactionHash: await send(quote.hash),
      chainId: home.chainId,
    });
    expect(await refusalOf('exec', { ...quote, signature })).toMatch(reason);
  });
});

describe('a quote with a trigger', () => {
  it('draws the fee from the owner in the trigger’s token, else from the account', async () => {
    const { owner } = account;
    const from = await quoteFor({ ...asked('permit'), simulation: { simulate: false } });
    expect(from.userOps[0]?.userOp.callData).toContain(
      `23b872dd${owner.address.slice(2).toLowerCase().padStart(64, '0')}`,
    );
    const other = asked('onchain', { tokenAddress: home.plainToken });
    const own = await quoteFor({ ...other, simulation: { simulate: false } });
    expect(own.userOps[0]?.userOp.callData).toContain('a9059cbb');
  });

  it.each([
    ['tokens', () => asked('permit', { amount: 6_000_000n }), 6_000_000n, /userOps\[1\].*ERC20Insufficient/],
    ['coins', () => asked('onchain', { tokenAddress: zeroAddress, amount: 2n * ether }), 0n, /trigger sends/],
  ])('is refused when the owner has not enough %s', async (_, body, drawn, reason) => {
    const callData = encodeExecute([
      {
        to: home.permitToken,
        value: 0n,
        data: encodeFunctionData({
          abi: parseAbi(['function transferFrom(address from, address to, uint256 amount)']),
          functionName: 'transferFrom',
          args: [account.owner.address, account.address, drawn],
        }),
      },
    ]);
    request = await account.request([{ chain: home, callData }]);
    expect(await refusalOf('quote-permit', body())).toMatch(reason);
  });

  it.each([
    ['without an owner', () => ({ ...asked('permit'), paymentInfo: request.paymentInfo }), /paymentInfo.eoa/],
    ['for a permit of coins', () => asked('permit', { tokenAddress: zeroAddress }), /token/],
    [
      'for a chain that is not served',
      () => ({ ...asked('onchain'), trigger: { ...asked('onchain').trigger, tokenAddress: '0x12' } }),
      /must be an address/,
    ],
  ])('is refused %s', async (_, body, reason) => {
    expect(await refusalOf('quote-permit', body())).toMatch(reason);
  });

  it('takes no signature of another kind', async () => {
    const quote = await quoteFor(asked('permit'));
    const signature = encodeOnChainSignature({ transactionHash: quote.hash, chainId: home.chainId });
    expect(await refusalOf('exec', { ...quote, signature })).toMatch(/A quote of type permit/);
  });
});
