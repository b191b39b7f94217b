import {
  createClient,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  numberToHex,
  parseAbi,
  parseAbiParameters,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { getBlock, getTransactionCount, getTransactionReceipt, readContract } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeExecute } from '../../src/protocol/actions/execute';
import { accountAbi } from '../../src/protocol/constants/abis';
import { policyAddresses } from '../../src/protocol/constants/addresses';
import { encodePolicy } from '../../src/protocol/policies/registry';
import { type Devnet, type DevnetChain, devnetOptionsFromEnvironment, startDevnet } from '../devnet';
import { wallClock } from './chain';
import { ask, askQuote, handIn, look, settled, statuses } from './testing/nodeClient';
import { createTestAccount, signQuote } from './testing/testAccount';

const counterAbi = parseAbi([
  'function incrementCount()',
  'function decrementCount()',
  'function countOf(address caller) view returns (uint256)',
]);
const sudo = encodePolicy({ type: 'sudo' });

let devnet: Devnet;
let home: DevnetChain;
let away: DevnetChain;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
  const [first, second] = devnet.chains;
  if (first === undefined || second === undefined) throw new RangeError('Two chains are needed.');
  [home, away] = [first, second];
});

afterAll(() => devnet?.stop());

const callCounter = (chain: DevnetChain, functionName: 'incrementCount' | 'decrementCount'): Hex =>
  encodeExecute([
    { to: chain.counter, value: 0n, data: encodeFunctionData({ abi: counterAbi, functionName }) },
  ]);

const increment = (chain: DevnetChain) => ({ chain, callData: callCounter(chain, 'incrementCount') });

const connect = (chain: DevnetChain) => createClient({ transport: http(chain.rpcUrl) });

const nodeTransactions = (chain: DevnetChain) =>
  getTransactionCount(connect(chain), { address: devnet.nodeAddress });

describe('a supertransaction', () => {
  it('runs on both chains and pays the quoted fee to the node', async () => {
    const account = await createTestAccount(devnet);
    const before = await nodeTransactions(away);
    const answer = await account.run([increment(home), increment(away), increment(home)]);

    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS', 'MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(await account.countOn(home)).toBe(2n);
    expect(await account.countOn(away)).toBe(1n);
    expect((await nodeTransactions(away)) - before).toBe(1);
    const left = await readContract(connect(home), {
      address: home.permitToken,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [account.address],
    });
    expect(left).toBe(5_000_000n - BigInt(answer.paymentInfo.tokenWeiAmount));
  });

  it('runs once however often it is handed in', async () => {
    const account = await createTestAccount(devnet);
    const before = await nodeTransactions(home);
    const quote = await askQuote(devnet.nodeUrl, await account.request([increment(home)]));
    const signature = await signQuote(quote, account.owner);
    const together = await Promise.all([
      handIn(devnet.nodeUrl, quote, signature),
      handIn(devnet.nodeUrl, quote, signature),
    ]);
    const answer = await settled(devnet.nodeUrl, quote.hash);
    const late = await handIn(devnet.nodeUrl, quote, signature);

    expect(new Set([...together, late])).toEqual(new Set([quote.hash]));
    expect(await settled(devnet.nodeUrl, late)).toEqual(answer);
    expect(await account.countOn(home)).toBe(1n);
    expect((await nodeTransactions(home)) - before).toBe(2);
  });

  it('fails as a whole when the payment fails', async () => {
    const account = await createTestAccount(devnet, 0n);
    const before = await nodeTransactions(home);
    const answer = await account.run([increment(home), increment(away)], { simulate: false });

    expect(statuses(answer)).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(answer.userOps[0]?.executionError).toMatch(/ERC20InsufficientBalance/);
    expect(answer.userOps[1]?.executionError).toMatch(/^Payment failed: .*ERC20InsufficientBalance/);
    expect(await nodeTransactions(home)).toBe(before);
    expect(await account.countOn(away)).toBe(0n);
  });

  it('fails with AA24 when a stranger signed it', async () => {
    const account = await createTestAccount(devnet);
    const quote = await askQuote(devnet.nodeUrl, await account.request([increment(home)]));
    const stranger = privateKeyToAccount(generatePrivateKey());
    await handIn(devnet.nodeUrl, quote, await signQuote(quote, stranger));
    const answer = await settled(devnet.nodeUrl, quote.hash);

    expect(statuses(answer)).toEqual(['FAILED', 'FAILED']);
    expect(answer.userOps[1]?.executionError).toBe('Payment failed: AA24 signature error');
  });

  it('is MINED_FAIL where a call reverts, and the other chain goes on', async () => {
    const account = await createTestAccount(devnet);
    const underflow = { chain: home, callData: callCounter(home, 'decrementCount') };
    const answer = await account.run([underflow, increment(away)], { simulate: false });

    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'MINED_FAIL', 'MINED_SUCCESS']);
    expect(await account.countOn(away)).toBe(1n);
  });
});

describe('time bounds and conditions', () => {
  it('waits for the lower bound', async () => {
    const account = await createTestAccount(devnet);
    const quote = await askQuote(devnet.nodeUrl, await account.request([increment(home)], { lower: 3 }));
    await handIn(devnet.nodeUrl, quote, await signQuote(quote, account.owner));
    expect(statuses(await look(devnet.nodeUrl, quote.hash))).toEqual(['PENDING', 'PENDING']);

    const { userOps } = await settled(devnet.nodeUrl, quote.hash);
    const [payment] = userOps;
    expect(payment?.executionStatus).toBe('MINED_SUCCESS');
    const receipt = await getTransactionReceipt(connect(home), { hash: hashOf(payment?.executionData) });
    const block = await getBlock(connect(home), { blockNumber: receipt.blockNumber });
    expect(block.timestamp).toBeGreaterThanOrEqual(BigInt(payment?.lowerBoundTimestamp ?? 0));
  });

  it('does not run after the upper bound', async () => {
    const account = await createTestAccount(devnet);
    const answer = await account.run([increment(home)], { lower: -200, upper: -20 });
    expect(statuses(answer)).toEqual(['FAILED', 'FAILED']);
    expect(answer.userOps[0]?.executionError).toMatch(/time window/);
    expect(await account.countOn(home)).toBe(0n);
  });

  it('waits until the nonce before its own is used', async () => {
    const account = await createTestAccount(devnet);
    await account.run([increment(home)]);
    const hint = BigInt(wallClock());
    const second = await askQuote(
      devnet.nodeUrl,
      await account.request([{ ...increment(home), hint, sequence: 1n }]),
    );
    await handIn(devnet.nodeUrl, second, await signQuote(second, account.owner));
    await account.run([{ ...increment(home), hint, sequence: 0n }]);

    expect(statuses(await settled(devnet.nodeUrl, second.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(await account.countOn(home)).toBe(3n);
  });

  it('waits until a composable condition is met', async () => {
    const [account, other] = [await createTestAccount(devnet), await createTestAccount(devnet)];
    const callData = whenCounted(home, other.address);
    const request = await account.request([{ chain: home, callData }], { simulate: false });
    const quote = await askQuote(devnet.nodeUrl, request);
    await handIn(devnet.nodeUrl, quote, await signQuote(quote, account.owner));
    await other.run([increment(home)]);

    expect(statuses(await settled(devnet.nodeUrl, quote.hash))).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
    expect(await account.countOn(home)).toBe(1n);
  });

  it('gives up a condition at the upper bound and names it', async () => {
    const [account, other] = [await createTestAccount(devnet), await createTestAccount(devnet, 0n)];
    const callData = whenCounted(home, other.address);
    const answer = await account.run([{ chain: home, callData }], { simulate: false, upper: 5 });

    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'FAILED']);
    expect(answer.userOps[1]?.executionError).toMatch(/ConstraintNotMet/);
    expect(await account.countOn(home)).toBe(0n);
  });
});

describe('a session', () => {
  it('is refused by the chain with the permission and the policy', async () => {
    const account = await createTestAccount(devnet);
    const session = await account.enable([encodePolicy({ type: 'usageLimit', limit: 1n })]);
    const terms = { simulate: false };
    expect(statuses(await account.run([increment(home)], terms, session))).toEqual([
      'MINED_SUCCESS',
      'MINED_SUCCESS',
    ]);
    const answer = await account.run([increment(home)], terms, session);

    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'FAILED']);
    expect(answer.userOps[1]?.executionError).toBe(
      `AA23 reverted: PolicyViolation(${session.permissionId}, ${policyAddresses.usageLimit})`,
    );
    expect(await account.countOn(home)).toBe(1n);
  });

  it('is refused at the quote when a simulation is asked for', async () => {
    const account = await createTestAccount(devnet);
    const session = await account.enable([sudo]);
    const outside = { chain: home, callData: callCounter(home, 'decrementCount') };
    const answer = await ask(`${devnet.nodeUrl}/quote`, await account.request([outside], {}, session));

    expect(answer).toEqual({
      status: 400,
      body: {
        error: `Simulation failed: userOps[1] on chain ${home.chainId}: NoPoliciesSet(${session.permissionId})`,
      },
    });
  });

  it('counts the uses of one quote together in the simulation', async () => {
    const account = await createTestAccount(devnet);
    const session = await account.enable([encodePolicy({ type: 'usageLimit', limit: 1n })]);
    const request = await account.request([increment(home), increment(home)], {}, session);
    const { status, body } = await ask(`${devnet.nodeUrl}/quote`, request);

    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/userOps\[2\].*PolicyViolation/);
  });

  it('lives in another SmartSession too, and is simulated there', async () => {
    const account = await createTestAccount(devnet);
    const session = await account.enable(
      [encodePolicy({ type: 'usageLimit', limit: 1n })],
      home.otherSmartSession,
    );
    expect(statuses(await account.run([increment(home)], {}, session))).toEqual([
      'MINED_SUCCESS',
      'MINED_SUCCESS',
    ]);
    const { status, body } = await ask(
      `${devnet.nodeUrl}/quote`,
      await account.request([increment(home)], {}, session),
    );
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/PolicyViolation/);
  });

  it('outside its time frame ends with AA22', async () => {
    const account = await createTestAccount(devnet);
    const validAfter = wallClock() + 3600;
    const session = await account.enable([
      encodePolicy({ type: 'timeframe', validAfter, validUntil: validAfter + 60 }),
    ]);
    const answer = await account.run([increment(home)], {}, session);

    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'FAILED']);
    expect(answer.userOps[1]?.executionError).toBe('AA22 expired or not due');
  });

  it('inside its time frame runs on a chain that was idle', async () => {
    const account = await createTestAccount(devnet);
    const validAfter = wallClock() - 1;
    const session = await account.enable([
      encodePolicy({ type: 'timeframe', validAfter, validUntil: validAfter + 3600 }),
    ]);
    const answer = await account.run([increment(home)], {}, session);
    expect(statuses(answer)).toEqual(['MINED_SUCCESS', 'MINED_SUCCESS']);
  });
});

const hashOf = (text: string | undefined): Hex => `0x${(text ?? '').slice(2)}`;

/** `Counter.incrementCount` under the condition that another account has counted on this chain. */
function whenCounted(chain: DevnetChain, other: `0x${string}`): Hex {
  const read = encodeFunctionData({ abi: counterAbi, functionName: 'countOf', args: [other] });
  const staticCall = 1;
  const atLeast = 1;
  return encodeFunctionData({
    abi: accountAbi,
    functionName: 'executeComposable',
    args: [
      [
        {
          to: chain.counter,
          value: 0n,
          functionSig: encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' }),
          inputParams: [
            {
              fetcherType: staticCall,
              paramData: encodeAbiParameters(parseAbiParameters('address, bytes'), [chain.counter, read]),
              constraints: [{ constraintType: atLeast, referenceData: numberToHex(1n, { size: 32 }) }],
            },
          ],
          outputParams: [],
        },
      ],
    ],
  });
}
