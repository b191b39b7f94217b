import { buildSessionAction } from '../../../src/client';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { freshAddress, tokenCalls } from '../../flows/calls';
import {
  actionsOn,
  balanceOn,
  countOn,
  firstChain,
  policiesOn,
  secondChain,
  signerOn,
} from '../../flows/chain';
import { callProvider } from '../../flows/provider';
import { decrementCall, incrementCall } from '../../flows/requests';
import { feeOf, operationsOf, sentAs, sessionsOf } from '../../flows/sent';
import { grant } from '../../flows/site';

const usageOf = (limit: bigint) => ({ type: 'usageLimit', limit }) as const;

test('enableSession: redeemer: the companion makes a fresh key for each grant, a given one is refused', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const ask = async (limit: bigint) => {
    const actions = counterAction(chain, 'incrementCount()', usageOf(limit));
    return grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  };
  const [first, second] = [await ask(2n), await ask(3n)];
  for (const { redeemer, permissions } of [first, second]) {
    const held = { account, permissionId: permissions[0]?.permissionId ?? '0x' };
    expect(await signerOn(chain, held)).toBe(redeemer.toLowerCase());
  }
  expect(first.redeemer).not.toBe(second.redeemer);
  const actions = counterAction(chain, 'decrementCount()', usageOf(1n));
  const enableSession = { redeemer: freshAddress(), actions };
  const params = { requestId: 'redeemer', enableSession, feeToken: feeIn(chain) };
  expect(await callProvider(site.page, 'latchkey_prepare', [params])).toMatchObject({
    error: { code: -32602, data: { reason: 'REDEEMER_GIVEN' } },
  });
});

test('enableSession: actions: one approval enables those of two chains', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  const actions = [home, away].flatMap((chain) => counterAction(chain, 'incrementCount()', usageOf(4n)));
  const { grantId, permissions } = await grant(site, { enableSession: { actions }, feeToken: feeIn(home) });
  const counts = await Promise.all([countOn(home), countOn(away)]);
  for (const chain of [home, away]) {
    const { permissionId = '0x' } = permissions.find(({ chainId }) => chainId === chain.chainId) ?? {};
    expect(await policiesOn(chain, { account, permissionId }, incrementCall(chain.counter))).toHaveLength(1);
  }
  const instructions = [home, away].flatMap((chain) => on(chain, incrementCall(chain.counter)));
  await site.latchkey.use({ grantId, instructions });
  expect(await Promise.all([countOn(home), countOn(away)])).toEqual(counts.map((count) => count + 1n));
});

test('enableSession: batchActions: false enables every entry by an operation of its own, true all by one', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const ask = async (limit: bigint, batchActions: boolean) => {
    const names = ['incrementCount()', 'decrementCount()'];
    const actions = names.flatMap((name) => counterAction(chain, name, usageOf(limit)));
    const granted = await grant(site, { enableSession: { actions, batchActions }, feeToken: feeIn(chain) });
    const sessions = operationsOf(sentAs(devnet, granted.hash)).map(sessionsOf);
    return { ...granted, enabling: sessions.filter(({ length }) => length > 0) };
  };
  const whole = await ask(6n, true);
  expect(whole.enabling).toHaveLength(1);
  const parts = await ask(7n, false);
  expect(parts.enabling.length).toBeGreaterThanOrEqual(2);
  expect(parts.permissions).toHaveLength(1);
  const { permissionId = '0x' } = parts.permissions[0] ?? {};
  expect(await actionsOn(chain, { account, permissionId })).toBe(3);
  const count = await countOn(chain);
  const { counter } = chain;
  await site.latchkey.use({
    grantId: parts.grantId,
    instructions: on(chain, incrementCall(counter), decrementCall(counter), incrementCall(counter)),
  });
  expect(await countOn(chain)).toBe(count + 1n);
});

test('enableSession: maxPaymentAmount: later uses pay fees up to it and no more', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const actions = counterAction(chain, 'incrementCount()', usageOf(20n));
  const use = { instructions: on(chain, incrementCall(chain.counter)) };
  const trial = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const price = feeOf(sentAs(devnet, (await site.latchkey.use({ ...use, grantId: trial.grantId })).hash));
  const maxPaymentAmount = (price * 3n) / 2n;
  const { grantId } = await grant(site, {
    enableSession: { actions: counterAction(chain, 'incrementCount()', usageOf(21n)), maxPaymentAmount },
    feeToken: feeIn(chain),
  });
  const usage = await site.latchkey.getUsage({ grantId });
  expect(usage.permissions[0]?.limits).toContainEqual(
    expect.objectContaining({ feeBudget: true, limit: maxPaymentAmount, used: 0n }),
  );
  await site.latchkey.use({ ...use, grantId });
  const count = await countOn(chain);
  await refused(site.latchkey.use({ ...use, grantId }), -32000, 'FEE_BUDGET_EXCEEDED');
  expect(await countOn(chain)).toBe(count);
});

test('enableSession: payment policy and fee token: a limit on the fee token is widened by the budget, counted apart', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { permitToken, chainId } = chain;
  const actions = buildSessionAction({
    type: 'transfer',
    data: { chainIds: [chainId], contractAddress: permitToken, maxAmountLimit: 1_000_000n },
  });
  const { grantId, permissions, hash } = await grant(site, {
    enableSession: { actions, maxPaymentAmount: 3_000_000n },
    feeToken: feeIn(chain),
  });
  const { permissionId = '0x' } = permissions[0] ?? {};
  expect(await actionsOn(chain, { account, permissionId })).toBe(1);
  const [session] = operationsOf(sentAs(devnet, hash)).flatMap(sessionsOf);
  expect(session?.actions[0]?.actionPolicies[0]?.initData).toContain(
    (4_000_000).toString(16).padStart(64, '0'),
  );
  const recipient = freshAddress();
  const { transfer } = tokenCalls(permitToken);
  const send = (amount: bigint) =>
    site.latchkey.use({ grantId, instructions: on(chain, transfer(recipient, amount)) });
  await send(900_000n);
  await refused(send(100_001n), 4100, 'RULE_TOTAL_EXCEEDED');
  await send(100_000n);
  expect(await balanceOn(chain, recipient, permitToken)).toBe(1_000_000n);
});
