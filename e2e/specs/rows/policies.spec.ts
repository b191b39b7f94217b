import type { Page } from '@playwright/test';
import { type Address, concatHex, pad, toFunctionSelector } from 'viem';
import { buildSessionAction, calldataArgument, type Policy, type UniversalRule } from '../../../src/client';
import { policyAddresses } from '../../../src/protocol/constants/addresses';
import { encodePolicy } from '../../../src/protocol/policies/registry';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { type Call, counterCalls, freshAddress, tokenCalls } from '../../flows/calls';
import { allowanceOn, balanceOn, type Chain, countOn, firstChain, policiesOn } from '../../flows/chain';
import { incrementCall } from '../../flows/requests';
import { grant, type Site } from '../../flows/site';
import { rewriteStoredPolicy } from '../../flows/tamper';

const secondsNow = (): number => Math.floor(Date.now() / 1000);
const word = (value: bigint): `0x${string}` => pad(`0x${value.toString(16).padStart(2, '0')}`);

const ruleOf = (rule: Partial<UniversalRule> & Pick<UniversalRule, 'condition' | 'comparisonValue'>) => ({
  calldataOffset: calldataArgument(1),
  isLimited: false,
  usage: { limit: 0n, used: 0n },
  ...rule,
});

const universal = (rule: UniversalRule, valueLimitPerUse = 0n) =>
  ({ type: 'universal', rules: [rule], valueLimitPerUse }) as const;

/** A permission for one function of the counter, and its use. */
const granted = async (site: Site, chain: Chain, functionSignature: string, policy: Policy) => {
  const { grantId, account, permissions } = await grant(site, {
    enableSession: { actions: counterAction(chain, functionSignature, policy) },
    feeToken: feeIn(chain),
  });
  const use = (...calls: readonly Call[]) =>
    site.latchkey.use({ grantId, instructions: on(chain, ...calls) });
  return { grantId, use, held: { account, permissionId: permissions[0]?.permissionId ?? '0x' } } as const;
};

/** Makes the extension's own check pass what the chain will refuse. */
const widenHere = async (extensionPage: Page, target: Address, policy: Policy): Promise<void> => {
  expect(await rewriteStoredPolicy(extensionPage, { target, ...encodePolicy(policy) })).toBeGreaterThan(0);
};

test('policies: sudo: the function may be called without a limit, and no other function', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { plainToken: token, chainId } = chain;
  const { transfer, approve } = tokenCalls(token);
  const recipient = freshAddress();
  await devnet.fund({ chainId, to: account, token, amount: 10n ** 15n });
  const actions = buildSessionAction({
    type: 'transfer',
    data: { chainIds: [chainId], contractAddress: token, policies: [{ type: 'sudo' }] },
  });
  const { grantId, permissions } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const held = { account, permissionId: permissions[0]?.permissionId ?? '0x' };
  expect(await policiesOn(chain, held, transfer(recipient, 1n))).toEqual([policyAddresses.sudo]);
  const use = (...calls: readonly Call[]) =>
    site.latchkey.use({ grantId, instructions: on(chain, ...calls) });
  await use(transfer(recipient, 10n ** 15n - 1n), transfer(recipient, 1n));
  expect(await balanceOn(chain, recipient, token)).toBe(10n ** 15n);
  await refused(use(approve(recipient, 1n)), 4100, 'ACTION_NOT_GRANTED');
});

test('policies: universal: every condition lets pass what meets it and nothing else', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const spender = freshAddress();
  const { plainToken, permitToken, versionedToken, bareToken, saltToken, daiToken, strictToken } = chain;
  const cases = [
    { token: plainToken, condition: 'equal', comparisonValue: word(10n), good: 10n, bad: [9n, 11n] },
    { token: permitToken, condition: 'notEqual', comparisonValue: word(10n), good: 11n, bad: [10n] },
    { token: versionedToken, condition: 'greaterThan', comparisonValue: word(10n), good: 11n, bad: [10n] },
    { token: bareToken, condition: 'greaterThanOrEqual', comparisonValue: word(10n), good: 10n, bad: [9n] },
    { token: saltToken, condition: 'lessThan', comparisonValue: word(10n), good: 9n, bad: [10n] },
    { token: daiToken, condition: 'lessThanOrEqual', comparisonValue: word(10n), good: 10n, bad: [11n] },
    {
      token: strictToken,
      condition: 'inRange',
      comparisonValue: word((10n << 128n) | 20n),
      good: 20n,
      bad: [9n, 21n],
    },
  ] as const;
  const actions = cases.flatMap(({ token, condition, comparisonValue }) =>
    buildSessionAction({
      type: 'custom',
      data: {
        chainIds: [chain.chainId],
        contractAddress: token,
        functionSignature: 'approve(address,uint256)',
        policies: [universal(ruleOf({ condition, comparisonValue, calldataOffset: calldataArgument(2) }))],
      },
    }),
  );
  const { grantId } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const use = (...calls: readonly Call[]) =>
    site.latchkey.use({ grantId, instructions: on(chain, ...calls) });
  for (const { token, bad } of cases) {
    for (const amount of bad)
      await refused(use(tokenCalls(token).approve(spender, amount)), 4100, 'RULE_NOT_MET');
  }
  await use(...cases.map(({ token, good }) => tokenCalls(token).approve(spender, good)));
  for (const { token, good } of cases) expect(await allowanceOn(chain, token, account, spender)).toBe(good);
});

test('policies: universal: usage of a rule adds up over all calls, and the chain counts too', async ({
  site,
  devnet,
  shared: { popup },
}) => {
  const chain = firstChain(devnet);
  const { addTo } = counterCalls(chain.counter);
  const limited = { condition: 'lessThanOrEqual', comparisonValue: word(10n), isLimited: true } as const;
  const rule = ruleOf({ ...limited, usage: { limit: 15n, used: 0n } });
  const { use, held } = await granted(site, chain, 'addTo(uint256)', universal(rule));
  expect(await policiesOn(chain, held, addTo(1n))).toEqual([policyAddresses.universal]);
  const count = await countOn(chain);
  await use(addTo(10n));
  await refused(use(addTo(6n)), 4100, 'RULE_TOTAL_EXCEEDED');
  await use(addTo(5n));
  expect(await countOn(chain)).toBe(count + 15n);
  const wider = ruleOf({ ...limited, usage: { limit: 150n, used: 0n } });
  await widenHere(popup.page, chain.counter, universal(wider));
  await refused(use(addTo(1n)), -32000, 'NODE_REFUSED');
  expect(await countOn(chain)).toBe(count + 15n);
});

test('policies: universal: valueLimitPerUse bounds the coin that one call carries', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  await devnet.fund({ chainId: chain.chainId, to: account, amount: 1_000n });
  const pay = (value: bigint): Call => ({
    to: chain.counter,
    value,
    data: concatHex([toFunctionSelector('pay()'), word(0n)]),
  });
  const rule = ruleOf({ condition: 'equal', comparisonValue: word(0n) });
  const { use } = await granted(site, chain, toFunctionSelector('pay()'), universal(rule, 5n));
  const before = await balanceOn(chain, chain.counter);
  await refused(use(pay(6n)), 4100, 'VALUE_PER_USE_EXCEEDED');
  await use(pay(5n), pay(5n));
  expect(await balanceOn(chain, chain.counter)).toBe(before + 10n);
});

test('policies: universal: calldataArgument(n) finds the n-th argument, also behind a text', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const { addWithNote } = counterCalls(chain.counter);
  const atMost = { condition: 'lessThanOrEqual', comparisonValue: word(3n) } as const;
  const rule = ruleOf({ ...atMost, calldataOffset: calldataArgument(2) });
  const { use } = await granted(site, chain, 'addWithNote(string,uint256)', universal(rule));
  const count = await countOn(chain);
  await refused(use(addWithNote('four', 4n)), 4100, 'RULE_NOT_MET');
  await use(addWithNote('a note that is longer than one word of calldata', 3n));
  expect(await countOn(chain)).toBe(count + 3n);
});

test('policies: timeframe: a call passes inside the window and is refused before it', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const { addTo } = counterCalls(chain.counter);
  const now = secondsNow();
  const open = { type: 'timeframe', validAfter: now - 60, validUntil: now + 3600 } as const;
  const inside = await granted(site, chain, 'addTo(uint256)', open);
  expect(await policiesOn(chain, inside.held, addTo(1n))).toEqual([policyAddresses.timeframe]);
  const count = await countOn(chain);
  await inside.use(addTo(2n));
  expect(await countOn(chain)).toBe(count + 2n);
  const later = { type: 'timeframe', validAfter: now + 3000, validUntil: now + 7200 } as const;
  const early = await granted(site, chain, 'addTo(uint256)', later);
  await refused(early.use(addTo(2n)), 4100, 'TIMEFRAME_NOT_STARTED');
  expect(await countOn(chain)).toBe(count + 2n);
});

test('policies: timeframe: a call is refused once the window is over, also by the chain', async ({
  site,
  devnet,
  shared: { popup },
}) => {
  const chain = firstChain(devnet);
  const policy = { type: 'timeframe', validAfter: 0, validUntil: secondsNow() + 4 } as const;
  const { use, grantId } = await granted(site, chain, 'addWithNote(string,uint256)', policy);
  const call = counterCalls(chain.counter).addWithNote('late', 1n);
  const reason = async () => {
    const checked = await site.latchkey.checkCalls({ grantId, instructions: on(chain, call) });
    return checked.allowed ? undefined : checked.error.reason;
  };
  await expect.poll(reason, { timeout: 30_000 }).toBe('TIMEFRAME_EXPIRED');
  await refused(use(call), 4100, 'TIMEFRAME_EXPIRED');
  const count = await countOn(chain);
  await widenHere(popup.page, chain.counter, { ...policy, validUntil: policy.validUntil + 3600 });
  await expect(use(call)).rejects.toMatchObject({ code: -32000 });
  expect(await countOn(chain)).toBe(count);
});

test('policies: spendingLimits: what is sent and approved adds up to the limit of the token', async ({
  site,
  devnet,
  shared: { account, popup },
}) => {
  const chain = firstChain(devnet);
  const { saltToken: token, chainId } = chain;
  const { transfer } = tokenCalls(token);
  const recipient = freshAddress();
  await devnet.fund({ chainId, to: account, token, amount: 1_000n });
  const limitOf = (limit: bigint) => ({ type: 'spendingLimits', tokenLimits: [{ token, limit }] }) as const;
  const actions = buildSessionAction({
    type: 'transfer',
    data: { chainIds: [chainId], contractAddress: token, policies: [limitOf(100n)] },
  });
  const { grantId } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const send = (amount: bigint) =>
    site.latchkey.use({ grantId, instructions: on(chain, transfer(recipient, amount)) });
  await send(60n);
  await refused(send(41n), 4100, 'SPENDING_LIMIT_EXCEEDED');
  await send(40n);
  await widenHere(popup.page, token, limitOf(1_000n));
  await refused(send(1n), -32000, 'NODE_REFUSED');
  expect(await balanceOn(chain, recipient, token)).toBe(100n);
});

test('policies: usageLimit: so many calls pass and no more, also when they come in one request', async ({
  site,
  devnet,
  shared: { popup },
}) => {
  const chain = firstChain(devnet);
  const call = incrementCall(chain.counter);
  const { use } = await granted(site, chain, 'incrementCount()', { type: 'usageLimit', limit: 3n });
  const count = await countOn(chain);
  await use(call, call);
  await refused(use(call, call), 4100, 'USAGE_LIMIT_EXCEEDED');
  await use(call);
  await widenHere(popup.page, chain.counter, { type: 'usageLimit', limit: 100n });
  await refused(use(call), -32000, 'NODE_REFUSED');
  expect(await countOn(chain)).toBe(count + 3n);
});

test('policies: valueLimit: the coin of all calls adds up to the limit', async ({
  site,
  devnet,
  shared: { account, popup },
}) => {
  const chain = firstChain(devnet);
  await devnet.fund({ chainId: chain.chainId, to: account, amount: 1_000n });
  const { pay } = counterCalls(chain.counter);
  const { use } = await granted(site, chain, 'pay()', { type: 'valueLimit', limit: 100n });
  const before = await balanceOn(chain, chain.counter);
  await use(pay(60n));
  await refused(use(pay(41n)), 4100, 'VALUE_LIMIT_EXCEEDED');
  await use(pay(40n));
  await widenHere(popup.page, chain.counter, { type: 'valueLimit', limit: 1_000n });
  await refused(use(pay(1n)), -32000, 'NODE_REFUSED');
  expect(await balanceOn(chain, chain.counter)).toBe(before + 100n);
});
