import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import {
  type Address,
  createClient,
  encodeFunctionData,
  type Hex,
  http,
  parseAbi,
  toFunctionSelector,
} from 'viem';
import { readContract } from 'viem/actions';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Devnet,
  type DevnetChain,
  devnetOptionsFromEnvironment,
  startDevnet,
} from '../../devnet/devnet';
import { smartSessionAbi } from '../protocol/constants/abis';
import { smartSessionAddress } from '../protocol/constants/addresses';
import { encodePolicy } from '../protocol/policies/registry';
import type { PrepareResult } from '../rpc/dapp/methods';
import { dearQuote } from './testing/dearQuote';
import { createHarness, type Harness, password } from './testing/harness';

const origin = 'https://dapp.example';
const counterAbi = parseAbi([
  'function count() view returns (uint256)',
  'function incrementCount()',
  'function decrementCount()',
]);

let devnet: Devnet;
let home: DevnetChain;
let other: DevnetChain;
let harness: Harness;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
  const [first, second] = devnet.chains;
  if (!first || !second) throw new RangeError('The network needs two chains.');
  home = first;
  other = second;
});

afterAll(() => devnet?.stop());

const increment = encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' });
const decrement = encodeFunctionData({ abi: counterAbi, functionName: 'decrementCount' });

const client = (chain: DevnetChain) => createClient({ transport: http(chain.rpcUrl) });
const countOn = (chain: DevnetChain) =>
  readContract(client(chain), { address: chain.counter, abi: counterAbi, functionName: 'count' });
const isEnabled = (chain: DevnetChain, permissionId: Hex, account: Address) =>
  readContract(client(chain), {
    address: smartSessionAddress,
    abi: smartSessionAbi,
    functionName: 'isPermissionEnabled',
    args: [permissionId, account],
  });

const prepareParams = (requestId: string, chains: readonly DevnetChain[] = [home], limit = 3n) => [
  {
    requestId,
    enableSession: {
      actions: chains.map((chain) => ({
        chainId: chain.chainId,
        actions: [
          {
            actionTarget: chain.counter,
            actionTargetSelector: toFunctionSelector('incrementCount()'),
            actionPolicies: [encodePolicy({ type: 'usageLimit', limit })],
            signature: 'incrementCount()',
          },
        ],
      })),
    },
    feeToken: { address: home.permitToken, chainId: home.chainId },
  },
];

const useParams = (requestId: string, data: Hex = increment, chains: readonly DevnetChain[] = [home]) => [
  {
    requestId,
    instructions: chains.map((chain) => ({ chainId: chain.chainId, calls: [{ to: chain.counter, data }] })),
  },
];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  devnet.setFault(undefined);
  harness = await createHarness();
  await harness.popup('createVault', { password });
  const networks = devnet.chains.map(({ chainId, name, rpcUrl }) => ({
    chainId,
    name,
    rpcUrl,
    nativeSymbol: 'ETH',
  }));
  await harness.popup('saveSettings', { nodeUrl: devnet.nodeUrl, networks });
  const { account } = await harness.popup('getState');
  if (!account) throw new TypeError('The account is not known.');
  await devnet.fund({ chainId: home.chainId, to: account, token: home.permitToken, amount: 100_000_000n });
});

afterEach(() => {
  devnet.setFault(undefined);
  harness.stop();
  expect(harness.defects).toEqual([]);
});

const submissions = () => devnet.requests.filter(({ path }) => path.endsWith('/exec')).length;

const approveNext = async () => {
  const review = await harness.nextReview();
  await harness.popup('approve', { reviewId: review.id, digest: review.digest });
  return review;
};

const grant = async (
  requestId = 'grant',
  chains: readonly DevnetChain[] = [home],
  limit = 3n,
): Promise<PrepareResult> => {
  const answer = harness.dapp(origin, 'latchkey_prepare', prepareParams(requestId, chains, limit));
  await approveNext();
  return answer;
};

describe('the main job', () => {
  it('connects, grants, uses three times, refuses the rest', async () => {
    expect(await harness.dapp(origin, 'eth_accounts')).toEqual([]);
    const connecting = harness.dapp(origin, 'eth_requestAccounts');
    const connect = await approveNext();
    expect(await connecting).toEqual([connect.account]);
    expect(harness.accounts).toEqual([{ origin, accounts: [connect.account] }]);

    const preparing = harness.dapp(origin, 'latchkey_prepare', prepareParams('p1'));
    const review = await harness.nextPrepareReview();
    expect(review.permissions[0]?.steps).toEqual([
      'deployAccount',
      'installSmartSessions',
      'enablePermission',
    ]);
    expect(review.permissions[0]?.actions[0]).toMatchObject({
      target: home.counter,
      signature: { text: 'incrementCount()', source: 'dapp' },
      policies: [{ type: 'usageLimit', limit: 3n }],
      feeBudget: false,
    });
    expect(review.permissions[0]?.actions[1]).toMatchObject({ target: home.permitToken, feeBudget: true });
    expect(review.feeBudget).toMatchObject({ amount: 5_000_000n, decimals: 6 });
    expect(review.fee.max.amount).toBeGreaterThanOrEqual(review.fee.estimate.amount);
    await harness.popup('approve', { reviewId: review.id, digest: review.digest });
    const prepared = await preparing;
    expect(prepared.account).toBe(connect.account);
    for (const { permissionId } of prepared.permissions) {
      expect(await isEnabled(home, permissionId, prepared.account)).toBe(true);
    }

    const before = await countOn(home);
    for (const round of [1n, 2n, 3n]) {
      const sent = devnet.requests.length;
      const used = await harness.dapp(origin, 'latchkey_use', useParams(`u${round}`));
      expect(used.grantId).toBe(prepared.grantId);
      expect(await countOn(home)).toBe(before + round);
      const rounds = devnet.requests.slice(sent).map(({ path }) => path.replace(/^\/v1/, '').split('/')[1]);
      expect(rounds.filter((path) => path !== 'explorer')).toEqual(['quote', 'exec']);
    }

    const sent = devnet.requests.length;
    await expect(harness.dapp(origin, 'latchkey_use', useParams('u4'))).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'USAGE_LIMIT_EXCEEDED', details: { remaining: '0' } },
    });
    await expect(harness.dapp(origin, 'latchkey_use', useParams('u5', decrement))).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'ACTION_NOT_GRANTED' },
    });
    expect(devnet.requests).toHaveLength(sent);
    expect(await countOn(home)).toBe(before + 3n);
    const [view] = await harness.popup('listGrants');
    expect(view).toMatchObject({ state: 'enabled', usage: [{ used: [3n, 0n] }] });
  });

  it('covers two chains by one approval, one operation each', async () => {
    const prepared = await grant('two', [home, other]);
    expect(prepared.permissions.map(({ chainId }) => chainId)).toEqual([home.chainId, other.chainId]);
    const counts = await Promise.all([countOn(home), countOn(other)]);
    await harness.dapp(origin, 'latchkey_use', useParams('both', increment, [home, other]));
    expect(await Promise.all([countOn(home), countOn(other)])).toEqual(counts.map((count) => count + 1n));
  });

  it('attaches to a request of the same name and never runs it twice', async () => {
    await grant();
    const before = await countOn(home);
    const [first, second] = await Promise.all([
      harness.dapp(origin, 'latchkey_use', useParams('same')),
      harness.dapp(origin, 'latchkey_use', useParams('same')),
    ]);
    expect(second).toEqual(first);
    expect(await harness.dapp(origin, 'latchkey_use', useParams('same'))).toEqual(first);
    expect(await countOn(home)).toBe(before + 1n);
    await expect(harness.dapp(origin, 'latchkey_use', useParams('same', decrement))).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'REQUEST_ID_TAKEN' },
    });
  });

  it('passes a counter once when requests race', async () => {
    await grant('race', [home], 1n);
    const before = await countOn(home);
    const ended = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => harness.dapp(origin, 'latchkey_use', useParams(name))),
    );
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await countOn(home)).toBe(before + 1n);
  });
});

describe('refusals', () => {
  it('a rejected review ends with 4001, destroys the key and signs nothing', async () => {
    const sent = submissions();
    const preparing = harness.dapp(origin, 'latchkey_prepare', prepareParams('no'));
    const review = await harness.nextReview();
    await harness.popup('reject', { reviewId: review.id, digest: review.digest });
    await expect(preparing).rejects.toMatchObject({ code: 4001, data: { reason: 'USER_REJECTED' } });
    expect(submissions()).toBe(sent);
    expect(await harness.dapp(origin, 'latchkey_getPermissions')).toEqual([]);
    expect(await harness.dapp(origin, 'eth_accounts')).toEqual([]);
    await expect(harness.dapp(origin, 'latchkey_prepare', prepareParams('no'))).rejects.toMatchObject({
      code: 4001,
    });
  });

  it('a closed window rejects what it showed and shows the next', async () => {
    const first = harness.dapp(origin, 'latchkey_prepare', prepareParams('one'));
    await harness.nextReview();
    const second = harness.dapp('https://other.example', 'eth_requestAccounts');
    await harness.changed();
    await harness.closeWindow();
    await expect(first).rejects.toMatchObject({ code: 4001, data: { reason: 'REVIEW_CLOSED' } });
    const review = await harness.nextReview();
    expect(review).toMatchObject({ kind: 'connect', origin: 'https://other.example' });
    expect(harness.windows.open.size).toBe(1);
    await harness.popup('approve', { reviewId: review.id, digest: review.digest });
    expect(await second).toEqual([review.account]);
  });

  it('a decision on another digest changes nothing, and the first decision wins', async () => {
    const connecting = harness.dapp(origin, 'eth_requestAccounts');
    const { id: reviewId, digest } = await harness.nextReview();
    const other: Hex = `0x${'11'.repeat(32)}`;
    await expect(harness.popup('approve', { reviewId, digest: other })).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'REVIEW_CHANGED' },
    });
    await Promise.all([
      harness.popup('approve', { reviewId, digest }),
      harness.popup('reject', { reviewId, digest }),
    ]);
    expect(await connecting).toHaveLength(1);
    expect(await harness.popup('getReview', { reviewId })).toBeUndefined();
  });

  it('a lock rejects what waits, and USE while locked says how to go on', async () => {
    await grant();
    const preparing = harness.dapp(origin, 'latchkey_prepare', prepareParams('waiting'));
    await harness.nextReview();
    await harness.popup('lock');
    await expect(preparing).rejects.toMatchObject({ code: 4001, data: { reason: 'LOCKED' } });
    await expect(harness.dapp(origin, 'latchkey_use', useParams('locked'))).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'LOCKED' },
    });
    expect(await harness.popup('getState')).toEqual({ vault: 'locked', reviews: [], waiting: 0 });
    await expect(harness.popup('listGrants')).rejects.toMatchObject({ code: 4100 });
    await harness.popup('unlock', { password });
    expect(await harness.dapp(origin, 'latchkey_use', useParams('locked'))).toHaveProperty('hash');
  });

  it('a request while locked waits for the unlock, then is planned and shown', async () => {
    await harness.popup('lock');
    const preparing = harness.dapp(origin, 'latchkey_prepare', prepareParams('early'));
    await harness.changed();
    expect(await harness.popup('getState')).toEqual({ vault: 'locked', reviews: [], waiting: 1 });
    await harness.popup('unlock', { password });
    await approveNext();
    expect(await preparing).toHaveProperty('grantId');
    expect(harness.windows.routes).toHaveLength(1);
  });

  it('another origin is told the same of a foreign grant as of none', async () => {
    const { grantId, permissions } = await grant();
    const stranger = 'https://stranger.example';
    const [params] = useParams('stolen');
    const foreign = await harness
      .dapp(stranger, 'latchkey_use', [{ ...params, grantId }])
      .catch((error) => error);
    const none = await harness.dapp(stranger, 'latchkey_use', useParams('none')).catch((error) => error);
    const unknown = await harness
      .dapp(stranger, 'latchkey_use', [{ ...params, requestId: 'u', grantId: 'nothing' }])
      .catch((error) => error);
    expect(foreign).toMatchObject({ code: 4100, data: { reason: 'UNKNOWN_GRANT' } });
    expect(none.toJSON()).toEqual(foreign.toJSON());
    expect(unknown.toJSON()).toEqual(foreign.toJSON());
    expect(await harness.dapp(stranger, 'latchkey_getPermissions')).toEqual([]);
    const [held] = permissions;
    await expect(harness.dapp(stranger, 'latchkey_isPermissionEnabled', [held])).rejects.toEqual(foreign);
    expect(await harness.dapp(origin, 'latchkey_isPermissionEnabled', [held])).toBe(true);
    await expect(
      harness.dapp(stranger, 'latchkey_getRequest', [{ requestId: 'grant' }]),
    ).rejects.toMatchObject({
      data: { reason: 'UNKNOWN_REQUEST' },
    });
  });

  it('an action on the account itself is refused before any review', async () => {
    const connecting = harness.dapp(origin, 'eth_requestAccounts');
    const { account } = await approveNext();
    await connecting;
    const shown = harness.windows.routes.length;
    const self = prepareParams('self', [{ ...home, counter: account }]);
    await expect(harness.dapp(origin, 'latchkey_prepare', self)).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'ESCALATION_TARGET' },
    });
    expect(harness.windows.routes).toHaveLength(shown);
  });
});

type Quoted = {
  hash: Hex;
  paymentInfo: { tokenWeiAmount: string };
  userOps: { userOp: { callData: Hex } }[];
};

describe('a hostile node', () => {
  const changes: Record<string, (quote: Quoted) => Quoted> = {
    hash: (quote) => ({ ...quote, hash: `0x${'42'.repeat(32)}` }),
    fee: (quote) => ({ ...quote, paymentInfo: { ...quote.paymentInfo, tokenWeiAmount: '1' } }),
    callData: (quote) => {
      const userOps = structuredClone(quote.userOps);
      for (const { userOp } of userOps.slice(1)) userOp.callData = `${userOp.callData}00`;
      return { ...quote, userOps };
    },
  };

  it.each(Object.keys(changes))(
    'that changes the %s gets no signature, and the counters stay',
    async (field) => {
      await grant('g', [home], 1n);
      const sent = submissions();
      devnet.setFault((kind, body) => (kind === 'quote' ? changes[field]?.(body as Quoted) : body));
      await expect(harness.dapp(origin, 'latchkey_use', useParams('bad'))).rejects.toMatchObject({
        code: -32000,
        data: { reason: 'QUOTE_MISMATCH', details: { field: expect.stringMatching(/hash|callData|Amount/) } },
      });
      expect(submissions()).toBe(sent);
      devnet.setFault(undefined);
      expect(await harness.dapp(origin, 'latchkey_use', useParams('good'))).toHaveProperty('hash');
    },
  );

  it('that asks for more than was approved gets no owner signature', async () => {
    const preparing = harness.dapp(origin, 'latchkey_prepare', prepareParams('dear'));
    const { id: reviewId, digest, fee } = await harness.nextPrepareReview();
    devnet.setFault((kind, body) => (kind === 'quote' ? dearQuote(body, fee.max.amount + 1n) : body));
    const sent = submissions();
    await harness.popup('approve', { reviewId, digest });
    await expect(preparing).rejects.toMatchObject({ code: -32000, data: { reason: 'FEE_CHANGED' } });
    expect(submissions()).toBe(sent);
    expect(await harness.dapp(origin, 'latchkey_getPermissions')).toMatchObject([{ state: 'failed' }]);
  });
});

describe('a killed worker', () => {
  const executed = () =>
    new Set(
      devnet.requests.filter(({ path }) => path.endsWith('/exec')).map(({ body }) => (body as Quoted).hash),
    ).size;

  /** Holds the node's next answer of a kind; gives the moment it is reached and its release. */
  const hold = (held: string) => {
    let reach = (): void => undefined;
    let release = (): void => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let used = false;
    devnet.setFault(async (kind, body) => {
      if (kind !== held || used) return body;
      used = true;
      reach();
      await released;
      return body;
    });
    return { reached, release };
  };

  it('between approval and quote: enabled once', async () => {
    const before = executed();
    void harness.dapp(origin, 'latchkey_prepare', prepareParams('p'));
    const review = await harness.nextReview();
    const { reached, release } = hold('quote');
    await harness.popup('approve', { reviewId: review.id, digest: review.digest });
    await reached;
    await harness.restart();
    release();
    const { account, permissions } = await harness.dapp(origin, 'latchkey_prepare', prepareParams('p'));
    expect(await isEnabled(home, permissions[0]?.permissionId ?? '0x', account)).toBe(true);
    expect(executed()).toBe(before + 1);
  });

  it('between exec and its answer: executed once', async () => {
    await grant();
    const count = await countOn(home);
    const before = executed();
    const { reached, release } = hold('exec');
    void harness.dapp(origin, 'latchkey_use', useParams('u'));
    await reached;
    await harness.restart();
    release();
    expect(await harness.dapp(origin, 'latchkey_use', useParams('u'))).toHaveProperty('hash');
    expect(await countOn(home)).toBe(count + 1n);
    expect(executed()).toBe(before + 1);
  });

  it('while a review is open: the decision still counts, and a lost window opens again', async () => {
    void harness.dapp(origin, 'latchkey_prepare', prepareParams('p'));
    const { digest } = await harness.nextReview();
    harness.windows.closeAll();
    await harness.restart();
    const again = await harness.nextReview();
    expect(again.digest).toBe(digest);
    const preparing = harness.dapp(origin, 'latchkey_prepare', prepareParams('p'));
    await harness.popup('approve', { reviewId: again.id, digest });
    expect(await preparing).toHaveProperty('grantId');
  });

  it('after a restart of the browser nothing pending comes back, and grants stay', async () => {
    await grant();
    void harness.dapp(origin, 'latchkey_prepare', prepareParams('pending'));
    await harness.nextReview();
    harness.memory.values.clear();
    harness.windows.closeAll();
    const shown = harness.windows.routes.length;
    await harness.restart();
    await expect(harness.dapp(origin, 'latchkey_prepare', prepareParams('pending'))).rejects.toMatchObject({
      code: 4001,
      data: { reason: 'BROWSER_RESTARTED' },
    });
    expect(harness.windows.routes).toHaveLength(shown);
    await harness.popup('unlock', { password });
    expect(await harness.dapp(origin, 'latchkey_use', useParams('after'))).toHaveProperty('hash');
  });
});
