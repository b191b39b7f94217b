import { toFunctionSelector } from 'viem';
import { buildActionPolicy } from '../../../src/client';
import { policyAddresses } from '../../../src/protocol/constants/addresses';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { counterCalls, tokenCalls } from '../../flows/calls';
import { countOn, firstChain, policiesOn, secondChain } from '../../flows/chain';
import { callProvider } from '../../flows/provider';
import { decrementCall, incrementCall } from '../../flows/requests';
import { grant } from '../../flows/site';

const usageOf = (limit: bigint) => ({ type: 'usageLimit', limit }) as const;
const increment = toFunctionSelector('incrementCount()');

test('sessionAction: actions: all of an entry are in one permission, and nothing else is', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { chainId, counter } = chain;
  const actionPolicies = [buildActionPolicy(usageOf(3n))];
  const actions = ['incrementCount()', 'decrementCount()'].map((name) => ({
    actionTarget: counter,
    actionTargetSelector: toFunctionSelector(name),
    actionPolicies,
  }));
  const granted = await grant(site, {
    enableSession: { actions: [{ chainId, actions }] },
    feeToken: feeIn(chain),
  });
  const held = { account, permissionId: granted.permissions[0]?.permissionId ?? '0x' };
  for (const call of [incrementCall(counter), decrementCall(counter)]) {
    expect(await policiesOn(chain, held, call)).toEqual([policyAddresses.usageLimit]);
  }
  const use = site.latchkey.use({
    grantId: granted.grantId,
    instructions: on(chain, counterCalls(counter).addTo(1n)),
  });
  await refused(use, 4100, 'ACTION_NOT_GRANTED');
});

test('sessionAction: chainId: what is granted on one chain is not on another', async ({ site, devnet }) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  const { grantId, permissions } = await grant(site, {
    enableSession: { actions: counterAction(away, 'incrementCount()', usageOf(2n)) },
    feeToken: feeIn(away),
  });
  expect(permissions.map(({ chainId }) => chainId)).toEqual([away.chainId]);
  const count = await countOn(away);
  await site.latchkey.use({ grantId, instructions: on(away, incrementCall(away.counter)) });
  expect(await countOn(away)).toBe(count + 1n);
  const elsewhere = site.latchkey.use({ grantId, instructions: on(home, incrementCall(home.counter)) });
  await refused(elsewhere, 4100, 'CHAIN_NOT_GRANTED');
});

test('actionData: actionTarget: the same function of another contract is not granted', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const { chainId, plainToken, versionedToken, counter } = chain;
  const { data } = tokenCalls(plainToken).approve(counter, 1n);
  const action = {
    actionTarget: plainToken,
    actionTargetSelector: toFunctionSelector('approve(address,uint256)'),
    actionPolicies: [buildActionPolicy(usageOf(1n))],
  };
  const { grantId } = await grant(site, {
    enableSession: { actions: [{ chainId, actions: [action] }] },
    feeToken: feeIn(chain),
  });
  const other = { grantId, instructions: on(chain, { to: versionedToken, data }) };
  await refused(site.latchkey.use(other), 4100, 'ACTION_NOT_GRANTED');
  await site.latchkey.use({ grantId, instructions: on(chain, { to: plainToken, data }) });
});

test('actionData: actionTargetSelector: another function of the same contract is not granted', async ({
  site,
  devnet,
}) => {
  const chain = firstChain(devnet);
  const { chainId, counter } = chain;
  const action = {
    actionTarget: counter,
    actionTargetSelector: increment,
    actionPolicies: [buildActionPolicy(usageOf(5n))],
  };
  const { grantId } = await grant(site, {
    enableSession: { actions: [{ chainId, actions: [action] }] },
    feeToken: feeIn(chain),
  });
  const count = await countOn(chain);
  const both = { grantId, instructions: on(chain, incrementCall(counter), decrementCall(counter)) };
  await refused(site.latchkey.use(both), 4100, 'ACTION_NOT_GRANTED');
  expect(await countOn(chain)).toBe(count);
  await site.latchkey.use({ grantId, instructions: on(chain, incrementCall(counter)) });
  expect(await countOn(chain)).toBe(count + 1n);
});

test('actionData: actionPolicies: all of them hold together, and none at all is refused', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { counter, chainId } = chain;
  const { addTo } = counterCalls(counter);
  const atMost = {
    type: 'universal',
    rules: [
      {
        condition: 'lessThanOrEqual',
        calldataOffset: 0n,
        comparisonValue: `0x${(5).toString(16).padStart(64, '0')}`,
        isLimited: false,
        usage: { limit: 0n, used: 0n },
      },
    ],
    valueLimitPerUse: 0n,
  } as const;
  const { grantId, permissions } = await grant(site, {
    enableSession: { actions: counterAction(chain, 'addTo(uint256)', atMost, usageOf(1n)) },
    feeToken: feeIn(chain),
  });
  const held = { account, permissionId: permissions[0]?.permissionId ?? '0x' };
  expect(new Set(await policiesOn(chain, held, addTo(1n)))).toEqual(
    new Set([policyAddresses.universal, policyAddresses.usageLimit]),
  );
  const add = (amount: bigint) => site.latchkey.use({ grantId, instructions: on(chain, addTo(amount)) });
  await refused(add(6n), 4100, 'RULE_NOT_MET');
  await add(5n);
  await refused(add(5n), 4100, 'USAGE_LIMIT_EXCEEDED');
  const bare = { actionTarget: counter, actionTargetSelector: increment, actionPolicies: [] };
  const params = {
    requestId: 'no-policies',
    enableSession: { actions: [{ chainId, actions: [bare] }] },
    feeToken: feeIn(chain),
  };
  expect(await callProvider(site.page, 'latchkey_prepare', [params])).toMatchObject({
    error: { code: -32602, data: { reason: 'INVALID_PARAMS' } },
  });
});
