import { createClient, encodeFunctionData, http, parseAbi } from 'viem';
import { getCode } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeExecute } from '../../src/protocol/actions/execute';
import { meeVersions } from '../../src/protocol/constants/versions';
import { verifyQuote } from '../../src/protocol/mee/verify';
import { encodePolicy } from '../../src/protocol/policies/registry';
import { type Devnet, type DevnetChain, startDevnet } from '../devnet';
import { asDelegated, authorize } from './testing/delegation';
import { ask, askQuote, handIn, handInBody, settled, statuses } from './testing/nodeClient';
import { createTestAccount, signQuote, signVerified } from './testing/testAccount';

const version = '2.2.1';
const counterAbi = parseAbi(['function incrementCount()', 'function decrementCount()']);

let devnet: Devnet;
let home: DevnetChain;
let away: DevnetChain;

/** Always chains of its own: no chain that is there before is known to hold this version. */
beforeAll(async () => {
  devnet = await startDevnet();
  const [first, second] = devnet.chains;
  if (first === undefined || second === undefined) throw new RangeError('Two chains are needed.');
  [home, away] = [first, second];
});

afterAll(() => devnet?.stop());

const calling = (chain: DevnetChain, functionName: 'incrementCount' | 'decrementCount') => ({
  chain,
  callData: encodeExecute([
    { to: chain.counter, value: 0n, data: encodeFunctionData({ abi: counterAbi, functionName }) },
  ]),
});

describe('the owner', () => {
  it('signs typed data over both chains', async () => {
    const account = await createTestAccount(devnet, 5_000_000n, version);
    const answer = await account.run([calling(home, 'incrementCount'), calling(away, 'incrementCount')]);

    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(await account.countOn(away)).toBe(1n);
  });

  it('signs nothing with the personal message of older versions', async () => {
    const account = await createTestAccount(devnet, 5_000_000n, version);
    const quote = await askQuote(devnet.nodeUrl, await account.request([calling(home, 'incrementCount')]));
    const root = { ...quote, hash: quote.userOps[0]?.meeUserOpHash ?? '0x' };
    await handIn(devnet.nodeUrl, quote, await signQuote(root, account.owner));

    const answer = await settled(devnet.nodeUrl, quote.hash);
    expect(answer.userOps[0]?.executionError).toBe('AA24 signature error');
  });

  it('delegates by EIP-7702', async () => {
    const account = await createTestAccount(devnet, 0n, version);
    const { address } = account.owner;
    await devnet.fund({ chainId: home.chainId, to: address, token: home.permitToken, amount: 1_000_000n });
    const { implementationAddress } = meeVersions[version];
    const authorization = await authorize(home, account.owner, implementationAddress);
    const plain = await account.request([calling(home, 'incrementCount')]);
    const response = await askQuote(devnet.nodeUrl, asDelegated(plain, address, authorization));
    const signature = await account.owner.sign({ hash: response.hash });
    await handIn(devnet.nodeUrl, response, `0x177eee00${signature.slice(2)}`);

    expect(statuses(await settled(devnet.nodeUrl, response.hash))).toEqual([
      'MINED_SUCCESS',
      'MINED_SUCCESS',
    ]);
    const code = await getCode(createClient({ transport: http(home.rpcUrl) }), { address });
    expect(code).toBe(`0xef0100${implementationAddress.slice(2).toLowerCase()}`);
  });
});

describe('a session', () => {
  it('signs each operation by itself', async () => {
    const account = await createTestAccount(devnet, 5_000_000n, version);
    const session = await account.enable([encodePolicy({ type: 'usageLimit', limit: 2n })]);
    const twice = [calling(home, 'incrementCount'), calling(home, 'incrementCount')];

    expect(statuses(await account.run(twice, {}, session))).toEqual(Array(3).fill('MINED_SUCCESS'));
    expect(await account.countOn(home)).toBe(2n);
    const refused = await account.run(twice, { simulate: false }, session);
    expect(refused.userOps[1]?.executionError).toMatch(/PolicyViolation/);
  });

  it('is refused with one signature for all', async () => {
    const account = await createTestAccount(devnet, 5_000_000n, version);
    const session = await account.enable([encodePolicy({ type: 'sudo' })]);
    const request = await account.request([calling(home, 'incrementCount')], {}, session);
    const quote = await askQuote(devnet.nodeUrl, request);
    await handIn(devnet.nodeUrl, quote, await signQuote(quote, session.key));

    const answer = await settled(devnet.nodeUrl, quote.hash);
    expect(statuses(answer)).toEqual(['FAILED', 'FAILED']);
    expect(answer.userOps[0]?.executionError).toBe('AA24 signature error');
  });

  it('is refused with the signatures of another', async () => {
    const account = await createTestAccount(devnet, 5_000_000n, version);
    const session = await account.enable([encodePolicy({ type: 'sudo' })]);
    const request = await account.request([calling(home, 'incrementCount')], {}, session);
    const response = await askQuote(devnet.nodeUrl, request);
    const quote = verifyQuote({ request, response, maxFee: 5_000_000n });
    await handInBody(devnet.nodeUrl, await signVerified(quote, account.owner));

    const answer = await settled(devnet.nodeUrl, response.hash);
    expect(answer.userOps[0]?.executionError).toBe('AA24 signature error');
  });
});

it('is not signed together with an older version', async () => {
  const account = await createTestAccount(devnet, 5_000_000n, version);
  const request = await account.request([calling(home, 'incrementCount')]);
  const older = { chainId: away.chainId, version: meeVersions['2.1.0'] };
  const { body } = await ask(`${devnet.nodeUrl}/quote`, {
    ...request,
    meeVersions: [...request.meeVersions, older],
  });
  expect(body).toEqual({ error: expect.stringMatching(/together/) });
});
