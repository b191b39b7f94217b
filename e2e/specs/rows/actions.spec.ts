import { type Address, type Hex, parseAbiItem } from 'viem';
import type { Devnet } from '../../../devnet/devnet';
import { buildSessionAction, type RequestedSession } from '../../../src/client';
import { policyAddresses } from '../../../src/protocol/constants/addresses';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { type Call, counterCalls, freshAddress, tokenCalls } from '../../flows/calls';
import {
  actionsOn,
  allowanceOn,
  balanceOn,
  type Chain,
  countOn,
  enabledOn,
  firstChain,
  policiesOn,
  secondChain,
} from '../../flows/chain';
import { decrementCall, incrementCall } from '../../flows/requests';
import { operationsOf, sentAs, sessionsOf } from '../../flows/sent';
import { approving, grant, type Site } from '../../flows/site';

const secondsNow = (): number => Math.floor(Date.now() / 1000);
const usageOf = (limit: bigint) => ({ type: 'usageLimit', limit }) as const;

const granted = async (site: Site, chain: Chain, actions: readonly RequestedSession[]) => {
  const asked = { enableSession: { actions }, feeToken: feeIn(chain) };
  const { grantId, account, permissions, hash } = await grant(site, asked);
  const use = (...calls: readonly Call[]) =>
    site.latchkey.use({ grantId, instructions: on(chain, ...calls) });
  return { use, hash, held: { account, permissionId: permissions[0]?.permissionId ?? '0x' } } as const;
};

/** Lets the account spend its own tokens by `transferFrom`. */
const allowSelf = async (site: Site, chain: Chain, account: Address): Promise<void> => {
  const { approve } = tokenCalls(chain.plainToken);
  const options = { instructions: on(chain, approve(account, 1_000n)), feeToken: feeIn(chain) };
  await approving(site, () => site.latchkey.prepare(options));
};

type Move = (to: Address, amount: bigint) => Call;

/** Grants a function of the plain token under every option, and tries each limit. */
const holdTogether = async (
  type: 'transfer' | 'transferFrom' | 'approve',
  move: Move,
  { site, chain, recipient }: { site: Site; chain: Chain; recipient: Address },
): Promise<void> => {
  const actions = buildSessionAction({
    type,
    data: {
      chainIds: [chain.chainId],
      contractAddress: chain.plainToken,
      recipientAddress: recipient,
      amountLimitPerAction: 10n,
      maxAmountLimit: 25n,
      usageLimit: 4n,
      validAfter: secondsNow() - 60,
      validUntil: secondsNow() + 3600,
    },
  });
  const { use, held } = await granted(site, chain, actions);
  const { universal, usageLimit, timeframe } = policyAddresses;
  expect(new Set(await policiesOn(chain, held, move(recipient, 1n)))).toEqual(
    new Set([universal, usageLimit, timeframe]),
  );
  await refused(use(move(freshAddress(), 1n)), 4100, 'RULE_NOT_MET');
  await refused(use(move(recipient, 11n)), 4100, 'RULE_NOT_MET');
  await use(move(recipient, 10n), move(recipient, 10n));
  await refused(use(move(recipient, 6n)), 4100, 'RULE_TOTAL_EXCEEDED');
  await use(move(recipient, 1n), move(recipient, 1n));
  await refused(use(move(recipient, 1n)), 4100, 'USAGE_LIMIT_EXCEEDED');
};

test('actions: transfer: recipientAddress, amountLimitPerAction, maxAmountLimit and usageLimit hold together', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { plainToken: token, chainId } = chain;
  const recipient = freshAddress();
  await devnet.fund({ chainId, to: account, token, amount: 1_000n });
  await holdTogether('transfer', tokenCalls(token).transfer, { site, chain, recipient });
  expect(await balanceOn(chain, recipient, token)).toBe(22n);
});

test('actions: transferFrom: recipientAddress, amountLimitPerAction, maxAmountLimit and usageLimit hold together', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { plainToken: token, chainId } = chain;
  const recipient = freshAddress();
  await devnet.fund({ chainId, to: account, token, amount: 1_000n });
  await allowSelf(site, chain, account);
  const move: Move = (to, amount) => tokenCalls(token).transferFrom(account, to, amount);
  await holdTogether('transferFrom', move, { site, chain, recipient });
  expect(await balanceOn(chain, recipient, token)).toBe(22n);
});

test('actions: approve: recipientAddress, amountLimitPerAction, maxAmountLimit and usageLimit hold together', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { plainToken: token } = chain;
  const recipient = freshAddress();
  await holdTogether('approve', tokenCalls(token).approve, { site, chain, recipient });
  expect(await allowanceOn(chain, token, account, recipient)).toBe(1n);
});

test('actions: maxAmountLimit: without amountLimitPerAction one call may take all of it', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { versionedToken: token, chainId } = chain;
  const recipient = freshAddress();
  await devnet.fund({ chainId, to: account, token, amount: 1_000n });
  const { transfer } = tokenCalls(token);
  const data = { chainIds: [chainId], contractAddress: token, maxAmountLimit: 25n };
  const { use } = await granted(site, chain, buildSessionAction({ type: 'transfer', data }));
  await refused(use(transfer(recipient, 26n)), 4100, 'RULE_NOT_MET');
  await use(transfer(recipient, 25n));
  await refused(use(transfer(recipient, 1n)), 4100, 'RULE_TOTAL_EXCEEDED');
  expect(await balanceOn(chain, recipient, token)).toBe(25n);
});

test('actions: validAfter and validUntil: they are the window that the chain gets', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const { bareToken: token, chainId } = chain;
  const [validAfter, validUntil] = [secondsNow() + 3000, secondsNow() + 9000];
  const data = { chainIds: [chainId], contractAddress: token, validAfter, validUntil };
  const { use, hash } = await granted(site, chain, buildSessionAction({ type: 'approve', data }));
  const [session] = operationsOf(sentAs(devnet, hash)).flatMap(sessionsOf);
  const [policy] = session?.actions[0]?.actionPolicies ?? [];
  expect(policy?.policy).toBe(policyAddresses.timeframe);
  for (const bound of [validAfter, validUntil]) expect(policy?.initData).toContain(bound.toString(16));
  await refused(use(tokenCalls(token).approve(freshAddress(), 1n)), 4100, 'TIMEFRAME_NOT_STARTED');
  const over = { ...data, validAfter: 1, validUntil: secondsNow() - 10 };
  expect(() => buildSessionAction({ type: 'approve', data: over })).toThrow(
    expect.objectContaining({ code: -32602 }),
  );
});

test('actions: policies: those given count, and nothing defaults to full access', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const { daiToken: token, chainId } = chain;
  const { approve } = tokenCalls(token);
  const data = { chainIds: [chainId], contractAddress: token };
  const policies = [usageOf(1n)];
  const actions = buildSessionAction({ type: 'approve', data: { ...data, policies } });
  const { use, held } = await granted(site, chain, actions);
  expect(await policiesOn(chain, held, approve(freshAddress(), 1n))).toEqual([policyAddresses.usageLimit]);
  await use(approve(freshAddress(), 7n));
  await refused(use(approve(freshAddress(), 7n)), 4100, 'USAGE_LIMIT_EXCEEDED');
  for (const given of [{}, { policies: [] }, { policies, usageLimit: 2n }]) {
    expect(() => buildSessionAction({ type: 'approve', data: { ...data, ...given } })).toThrow(
      expect.objectContaining({ code: -32602 }),
    );
  }
});

test('actions: custom: a function by its ABI item, on every chain named', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  expect(away.counter).toBe(home.counter);
  const { addTo } = counterCalls(home.counter);
  const actions = buildSessionAction({
    type: 'custom',
    data: {
      chainIds: [home.chainId, away.chainId],
      contractAddress: home.counter,
      functionSignature: parseAbiItem('function addTo(uint256 amount)'),
      policies: [usageOf(3n)],
    },
  });
  const { grantId, permissions } = await grant(site, { enableSession: { actions }, feeToken: feeIn(home) });
  const counts = await Promise.all([countOn(home), countOn(away)]);
  for (const chain of [home, away]) {
    const { permissionId = '0x' } = permissions.find(({ chainId }) => chainId === chain.chainId) ?? {};
    expect(await enabledOn(chain, permissionId, account)).toBe(true);
    await site.latchkey.use({ grantId, instructions: on(chain, addTo(5n)) });
  }
  expect(await Promise.all([countOn(home), countOn(away)])).toEqual(counts.map((count) => count + 5n));
  const other = site.latchkey.use({ grantId, instructions: on(home, decrementCall(home.counter)) });
  await refused(other, 4100, 'ACTION_NOT_GRANTED');
});

test('actions: native transfer: plain coin to one address under 0xffffffff', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { chainId } = chain;
  const [recipientAddress, stranger] = [freshAddress(), freshAddress()];
  await devnet.fund({ chainId, to: account, amount: 1_000n });
  const actions = buildSessionAction({
    type: 'nativeTransfer',
    data: { chainIds: [chainId], recipientAddress, valueLimit: 100n, usageLimit: 2n },
  });
  const { use, held } = await granted(site, chain, actions);
  const filed = { to: recipientAddress, data: '0xffffffff' } as const;
  expect(new Set(await policiesOn(chain, held, filed))).toEqual(
    new Set([policyAddresses.valueLimit, policyAddresses.usageLimit]),
  );
  const send = (value: bigint, to: Address = recipientAddress) => use({ to, data: '0x', value });
  await refused(send(1n, stranger), 4100, 'ACTION_NOT_GRANTED');
  await send(60n);
  await refused(send(41n), 4100, 'VALUE_LIMIT_EXCEEDED');
  await send(40n);
  await refused(send(0n), 4100, 'USAGE_LIMIT_EXCEEDED');
  expect(await balanceOn(chain, recipientAddress)).toBe(100n);
});

const enablingOf = (devnet: Devnet, hash: Hex | undefined) =>
  operationsOf(sentAs(devnet, hash)).flatMap((operation) => {
    const sessions = sessionsOf(operation);
    return sessions.length === 0 ? [] : [sessions.flatMap(({ actions }) => actions)];
  });

test('actions: batch: several actions of a chain are one entry, enabled by one operation', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const { counter } = chain;
  const names = ['incrementCount()', 'decrementCount()'];
  const actions = names.flatMap((name) => counterAction(chain, name, usageOf(2n)));
  const batch = buildSessionAction({ type: 'batch', data: { actions } });
  expect(batch).toHaveLength(1);
  const { use, hash, held } = await granted(site, chain, batch);
  expect(enablingOf(devnet, hash)).toHaveLength(1);
  expect(await actionsOn(chain, held)).toBe(3);
  const count = await countOn(chain);
  await use(incrementCall(counter), incrementCall(counter), decrementCall(counter));
  expect(await countOn(chain)).toBe(count + 1n);
});

test('actions: partial batching: with batchActions false a batch and a single action are two operations', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { counter } = chain;
  const [up, down, add] = ['incrementCount()', 'decrementCount()', 'addTo(uint256)'].map((name) =>
    counterAction(chain, name, usageOf(5n)),
  );
  if (!up || !down || !add) throw new Error('Nothing was built.');
  const batch = buildSessionAction({ type: 'batch', data: { actions: [...up, ...down] } });
  const { grantId, permissions, hash } = await grant(site, {
    enableSession: { actions: [...batch, ...add], batchActions: false },
    feeToken: feeIn(chain),
  });
  const targets = (operation: readonly { actionTarget: Address }[]) =>
    operation.filter(({ actionTarget }) => actionTarget === counter).length;
  expect(
    enablingOf(devnet, hash)
      .map(targets)
      .filter((count) => count > 0),
  ).toEqual([2, 1]);
  const { permissionId = '0x' } = permissions[0] ?? {};
  expect(await actionsOn(chain, { account, permissionId })).toBe(4);
  const count = await countOn(chain);
  const calls = [incrementCall(counter), decrementCall(counter), counterCalls(counter).addTo(3n)];
  await site.latchkey.use({ grantId, instructions: on(chain, ...calls) });
  expect(await countOn(chain)).toBe(count + 3n);
});
