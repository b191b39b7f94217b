import { createClient, http } from 'viem';
import { getBlock } from 'viem/actions';
import type { Devnet } from '../../../devnet/devnet';
import { sessionModes } from '../../../src/protocol/constants/modes';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { counterCalls } from '../../flows/calls';
import { balanceOn, type Chain, codeOn, countOn, firstChain, secondChain } from '../../flows/chain';
import { ownerOf } from '../../flows/owner';
import { callProvider } from '../../flows/provider';
import { decrementCall, incrementCall } from '../../flows/requests';
import { feeOf, operationsOf, quotedSince, sentAs, submissions } from '../../flows/sent';
import { type Granted, grant, openSite, type Site } from '../../flows/site';

const often = { type: 'usageLimit', limit: 100n } as const;
const secondsNow = (): number => Math.floor(Date.now() / 1000);

let held: Granted;

const asked = (devnet: Devnet) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  return [
    ...counterAction(home, 'incrementCount()', often),
    ...counterAction(home, 'refuse()', often),
    ...counterAction(away, 'incrementCount()', often),
  ];
};

test.beforeAll(async ({ shared, devnet }) => {
  const site = await shared.site('useparameters');
  held = await grant(site, {
    enableSession: { actions: asked(devnet) },
    feeToken: feeIn(firstChain(devnet)),
  });
});

const increment = (site: Site, chain: Chain, options: object = {}) =>
  site.latchkey.use({
    grantId: held.grantId,
    instructions: on(chain, incrementCall(chain.counter)),
    ...options,
  });

test('useParameters: mode: use is signed by the session key alone, and nobody is asked', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const [count, before] = [await countOn(chain), devnet.requests.length];
  const pages = site.extension.context.pages().length;
  await increment(site, chain);
  expect(await countOn(chain)).toBe(count + 1n);
  expect(site.extension.context.pages()).toHaveLength(pages);
  const { permissionId } = held.permissions.find(({ chainId }) => chainId === chain.chainId) ?? {};
  const sessionDetails = expect.objectContaining({ mode: sessionModes.use, permissionId });
  expect(quotedSince(devnet, before)).toMatchObject([
    { paymentInfo: { sessionDetails }, userOps: [{ sessionDetails }] },
  ]);
});

test('useParameters: sessionDetails: the permissions that prepare gave name the grant', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const actions = counterAction(chain, 'incrementCount()', { type: 'usageLimit', limit: 101n });
  const newer = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const instructions = on(chain, incrementCall(chain.counter));
  for (const { permissions: sessionDetails, grantId } of [held, newer]) {
    expect(await site.latchkey.use({ sessionDetails, instructions })).toMatchObject({ grantId });
  }
  const sessionDetails = [{ chainId: chain.chainId, permissionId: `0x${'42'.repeat(32)}` }] as const;
  await refused(site.latchkey.use({ sessionDetails, instructions }), 4100, 'UNKNOWN_GRANT');
});

test('useParameters: instructions: calls of several chains run in one request, one operation for each chain', async ({
  site,
  devnet,
}) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  const counts = await Promise.all([countOn(home), countOn(away)]);
  const calls = [incrementCall(home.counter), incrementCall(home.counter)];
  const instructions = [...on(home, ...calls), ...on(away, incrementCall(away.counter))];
  const { hash, transactions } = await site.latchkey.use({ grantId: held.grantId, instructions });
  const chainIds = [home.chainId, away.chainId];
  expect(operationsOf(sentAs(devnet, hash)).map(({ chainId }) => Number(chainId))).toEqual(chainIds);
  expect(new Set(transactions.map(({ chainId }) => chainId))).toEqual(new Set(chainIds));
  expect(await Promise.all([countOn(home), countOn(away)])).toEqual([
    (counts[0] ?? 0n) + 2n,
    (counts[1] ?? 0n) + 1n,
  ]);
});

test('useParameters: instructions: one call outside the permission stops all of them', async ({
  site,
  devnet,
}) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  const count = await countOn(home);
  const before = devnet.requests.length;
  const instructions = [...on(home, incrementCall(home.counter)), ...on(away, decrementCall(away.counter))];
  const use = site.latchkey.use({ grantId: held.grantId, instructions });
  await refused(use, 4100, 'ACTION_NOT_GRANTED');
  expect(devnet.requests).toHaveLength(before);
  expect(await countOn(home)).toBe(count);
});

test('useParameters: feeToken: the fee is taken in the token of the grant, no other is taken', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const before = await balanceOn(chain, account, chain.permitToken);
  const { hash } = await increment(site, chain, { feeToken: feeIn(chain) });
  const fee = feeOf(sentAs(devnet, hash));
  expect(fee).toBeGreaterThan(0n);
  expect(await balanceOn(chain, account, chain.permitToken)).toBe(before - fee);
  const other = { address: chain.plainToken, chainId: chain.chainId };
  await refused(increment(site, chain, { feeToken: other }), -32602, 'FEE_TOKEN_NOT_GRANTED');
  await refused(
    increment(site, chain, { feeToken: feeIn(secondChain(devnet)) }),
    -32602,
    'FEE_TOKEN_NOT_GRANTED',
  );
});

test('useParameters: sponsorship: somebody else pays, the node or the gas tank that was approved', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { permitToken: token } = chain;
  const gasTank = { ...devnet.gasTank, token };
  const sponsorshipOptions = { url: devnet.nodeUrl, gasTank };
  const sponsored = { sponsorship: true, sponsorshipOptions };
  await refused(increment(site, chain, sponsored), 4100, 'SPONSOR_NOT_GRANTED');
  const { grantId } = await grant(site, {
    enableSession: {
      actions: counterAction(chain, 'incrementCount()', { type: 'usageLimit', limit: 102n }),
    },
    feeToken: feeIn(chain),
    ...sponsored,
  });
  const [mine, filled] = [
    await balanceOn(chain, account, token),
    await balanceOn(chain, gasTank.address, token),
  ];
  const count = await countOn(chain);
  await increment(site, chain, { sponsorship: true });
  const { hash } = await increment(site, chain, { grantId, ...sponsored });
  expect(await countOn(chain)).toBe(count + 2n);
  expect(await balanceOn(chain, account, token)).toBe(mine);
  expect(await balanceOn(chain, gasTank.address, token)).toBe(filled - feeOf(sentAs(devnet, hash)));
});

test("useParameters: delegate: calls come from the owner's own address, and only under a grant of it", async ({
  site,
  extension,
  ready,
  devnet,
}) => {
  const chain = firstChain(devnet);
  await refused(increment(site, chain, { delegate: true }), -32602, 'GRANT_NOT_DELEGATED');
  const owner = await ownerOf(ready.popup.page);
  await devnet.fund({ chainId: chain.chainId, to: owner, token: chain.permitToken, amount: 50_000_000n });
  const delegated = await openSite(extension, 'delegated');
  const actions = counterAction(chain, 'incrementCount()', often);
  const { grantId } = await grant(delegated, {
    enableSession: { actions },
    feeToken: feeIn(chain),
    delegate: true,
  });
  const [count, code] = [await countOn(chain), await codeOn(chain, owner)];
  const { hash } = await increment(delegated, chain, { grantId, delegate: true });
  expect(await countOn(chain)).toBe(count + 1n);
  expect(await codeOn(chain, owner)).toBe(code);
  for (const { userOp, eip7702Auth } of sentAs(devnet, hash).userOps) {
    expect(userOp.sender).toBe(owner);
    expect(eip7702Auth).toBeUndefined();
  }
});

test('useParameters: authorization: a given one is refused', async ({ site, devnet }) => {
  const chain = firstChain(devnet);
  const { grantId } = held;
  const before = devnet.requests.length;
  const authorization = { chainId: chain.chainId, address: chain.counter, nonce: 0 };
  for (const given of [{ authorization }, { authorizations: [authorization] }]) {
    const instructions = on(chain, incrementCall(chain.counter));
    const params = { requestId: crypto.randomUUID(), grantId, instructions, ...given };
    expect(await callProvider(site.page, 'latchkey_use', [params])).toMatchObject({
      error: { code: -32602, data: { reason: 'AUTHORIZATION_GIVEN' } },
    });
  }
  expect(devnet.requests).toHaveLength(before);
});

test('useParameters: lowerBoundTimestamp: nothing is mined before that time', async ({ site, devnet }) => {
  const chain = firstChain(devnet);
  const lowerBoundTimestamp = secondsNow() + 3;
  const { hash, transactions } = await increment(site, chain, { lowerBoundTimestamp });
  for (const sent of sentAs(devnet, hash).userOps) {
    expect(Number(sent.lowerBoundTimestamp)).toBe(lowerBoundTimestamp);
  }
  const client = createClient({ transport: http(chain.rpcUrl) });
  expect(transactions.length).toBeGreaterThan(0);
  for (const { transactionHash } of transactions) {
    const receipt = await client.request({ method: 'eth_getTransactionReceipt', params: [transactionHash] });
    const { timestamp } = await getBlock(client, { blockNumber: BigInt(receipt?.blockNumber ?? 0) });
    expect(Number(timestamp)).toBeGreaterThanOrEqual(lowerBoundTimestamp);
  }
});

test('useParameters: upperBoundTimestamp: every operation is signed for that time at the latest', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const upperBoundTimestamp = secondsNow() + 555;
  const { hash } = await increment(site, chain, { upperBoundTimestamp });
  for (const sent of sentAs(devnet, hash).userOps) {
    expect(Number(sent.upperBoundTimestamp)).toBe(upperBoundTimestamp);
  }
  const over = { lowerBoundTimestamp: 1, upperBoundTimestamp: secondsNow() - 1 };
  await refused(increment(site, chain, over), -32602, 'BOUNDS_OVER');
});

test('useParameters: simulation: with it what would fail is not signed, without it it runs, fails and counts', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const failing = { instructions: on(chain, counterCalls(chain.counter).refuse()) };
  const usedUp = async () => {
    const { permissions } = await site.latchkey.getUsage({ grantId: held.grantId });
    const limits = permissions.flatMap(({ limits }) => limits);
    return limits.filter(
      ({ actionTargetSelector }) => failing.instructions[0]?.calls[0]?.data === actionTargetSelector,
    );
  };
  const before = submissions(devnet);
  await refused(
    increment(site, chain, { ...failing, simulation: { simulate: true } }),
    -32000,
    'NODE_REFUSED',
  );
  expect(submissions(devnet)).toBe(before);
  expect(await usedUp()).toMatchObject([{ used: 0n }]);
  await refused(increment(site, chain, { ...failing, simulation: { simulate: false } }), -32000, 'REVERTED');
  expect(submissions(devnet)).toBe(before + 1);
  expect(await usedUp()).toMatchObject([{ used: 1n }]);
});

test('useParameters: simulation: a gas buffer raises the gas limit of its chain', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const gasOf = async (gasLimitBuffers: Record<number, number>) => {
    const { hash } = await increment(site, chain, { simulation: { simulate: true, gasLimitBuffers } });
    return operationsOf(sentAs(devnet, hash)).map(({ userOp }) => BigInt(userOp.callGasLimit));
  };
  const plain = await gasOf({ [secondChain(devnet).chainId]: 100 });
  expect(await gasOf({ [chain.chainId]: 100 })).toEqual(plain.map((gas) => 2n * gas));
});
