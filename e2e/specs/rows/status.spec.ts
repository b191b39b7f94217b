import { toFunctionSelector } from 'viem';
import { buildSessionAction } from '../../../src/client';
import { expect, test } from '../../fixtures';
import { counterAction, feeIn, on, refused } from '../../flows/asking';
import { counterCalls, freshAddress, tokenCalls } from '../../flows/calls';
import { countOn, enabledOn, firstChain, policiesOn, secondChain } from '../../flows/chain';
import { decrementCall, incrementCall } from '../../flows/requests';
import { approving, grant } from '../../flows/site';

const usageOf = (limit: bigint) => ({ type: 'usageLimit', limit }) as const;
const unknown = `0x${'42'.repeat(32)}` as const;

test('status: isPermissionEnabled: it says what the chain says', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const [home, away] = [firstChain(devnet), secondChain(devnet)];
  const actions = counterAction(home, 'incrementCount()', usageOf(2n));
  const { permissions } = await grant(site, { enableSession: { actions }, feeToken: feeIn(home) });
  const { permissionId = '0x' } = permissions[0] ?? {};
  const { chainId } = home;
  expect(await site.latchkey.isPermissionEnabled({ permissionId, chainId })).toBe(true);
  expect(await enabledOn(home, permissionId, account)).toBe(true);
  const elsewhere = site.latchkey.isPermissionEnabled({ permissionId, chainId: away.chainId });
  await refused(elsewhere, 4100, 'UNKNOWN_GRANT');
  await refused(site.latchkey.isPermissionEnabled({ permissionId: unknown, chainId }), 4100, 'UNKNOWN_GRANT');
});

test('status: checkEnabledPermissions: one answer for every permission and chain', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chains = [firstChain(devnet), secondChain(devnet)];
  const actions = chains.flatMap((chain) => counterAction(chain, 'decrementCount()', usageOf(2n)));
  const feeToken = feeIn(firstChain(devnet));
  const { permissions } = await grant(site, { enableSession: { actions }, feeToken });
  const enabled = await site.latchkey.checkEnabledPermissions(permissions);
  for (const { chainId, permissionId } of permissions) {
    expect(enabled[permissionId]?.[chainId]).toBe(true);
    const chain = chains.find((one) => one.chainId === chainId) ?? firstChain(devnet);
    expect(await enabledOn(chain, permissionId, account)).toBe(true);
  }
  expect(permissions.map(({ chainId }) => chainId)).toEqual(chains.map(({ chainId }) => chainId));
});

test('status: usage: limit, used and remaining of every counted policy are read from its contract', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { counter, chainId, strictToken: token } = chain;
  await devnet.fund({ chainId, to: account, amount: 1_000n });
  await devnet.fund({ chainId, to: account, token, amount: 1_000n });
  const { addTo, pay } = counterCalls(counter);
  const total = {
    condition: 'lessThanOrEqual',
    calldataOffset: 0n,
    comparisonValue: `0x${(9).toString(16).padStart(64, '0')}`,
    isLimited: true,
    usage: { limit: 20n, used: 0n },
  } as const;
  const actions = [
    ...counterAction(chain, 'incrementCount()', usageOf(5n)),
    ...counterAction(chain, 'addTo(uint256)', { type: 'universal', valueLimitPerUse: 0n, rules: [total] }),
    ...counterAction(chain, 'pay()', { type: 'valueLimit', limit: 100n }),
    ...buildSessionAction({
      type: 'transfer',
      data: {
        chainIds: [chainId],
        contractAddress: token,
        policies: [{ type: 'spendingLimits', tokenLimits: [{ token, limit: 50n }] }],
      },
    }),
  ];
  const { grantId } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const transfer = tokenCalls(token).transfer(freshAddress(), 11n);
  const calls = [incrementCall(counter), addTo(7n), addTo(2n), pay(30n), transfer];
  await site.latchkey.use({ grantId, instructions: on(chain, ...calls) });
  const { permissions } = await site.latchkey.getUsage({ grantId });
  expect(permissions).toMatchObject([{ chainId, enabled: true }]);
  const own = permissions.flatMap(({ limits }) => limits).filter(({ feeBudget }) => !feeBudget);
  expect(own).toEqual([
    expect.objectContaining({ policy: 'usageLimit', limit: 5n, used: 1n, remaining: 4n }),
    expect.objectContaining({ policy: 'universal', limit: 20n, used: 9n, remaining: 11n }),
    expect.objectContaining({ policy: 'valueLimit', limit: 100n, used: 30n, remaining: 70n }),
    expect.objectContaining({ policy: 'spendingLimits', limit: 50n, used: 11n, remaining: 39n }),
  ]);
});

test('status: removeSession: after a yes the chain holds the permission no more', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { chainId, counter } = chain;
  const actions = counterAction(chain, 'incrementCount()', usageOf(11n));
  const { grantId, permissions } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const { permissionId = '0x' } = permissions[0] ?? {};
  await approving(site, () => site.latchkey.revoke({ grantId }));
  expect(await enabledOn(chain, permissionId, account)).toBe(false);
  expect(await site.latchkey.isPermissionEnabled({ permissionId, chainId })).toBe(false);
  expect(await site.latchkey.checkEnabledPermissions(permissions)).toEqual({
    [permissionId]: { [chainId]: false },
  });
  const count = await countOn(chain);
  const use = site.latchkey.use({ grantId, instructions: on(chain, incrementCall(counter)) });
  await refused(use, 4100, 'GRANT_REVOKED');
  expect(await countOn(chain)).toBe(count);
});

test('status: disableAction: one function is taken out and the others stay', async ({
  site,
  devnet,
  shared: { account },
}) => {
  const chain = firstChain(devnet);
  const { counter } = chain;
  const actions = ['incrementCount()', 'decrementCount()'].flatMap((name) =>
    counterAction(chain, name, usageOf(12n)),
  );
  const { grantId, permissions } = await grant(site, { enableSession: { actions }, feeToken: feeIn(chain) });
  const held = { account, permissionId: permissions[0]?.permissionId ?? '0x' };
  const action = { actionTarget: counter, actionTargetSelector: toFunctionSelector('decrementCount()') };
  await approving(site, () => site.latchkey.revoke({ grantId, action }));
  expect(await policiesOn(chain, held, decrementCall(counter))).toEqual([]);
  expect(await policiesOn(chain, held, incrementCall(counter))).toHaveLength(1);
  expect(await enabledOn(chain, held.permissionId, account)).toBe(true);
  const down = site.latchkey.use({ grantId, instructions: on(chain, decrementCall(counter)) });
  await refused(down, 4100, 'ACTION_REVOKED');
  const count = await countOn(chain);
  await site.latchkey.use({ grantId, instructions: on(chain, incrementCall(counter)) });
  expect(await countOn(chain)).toBe(count + 1n);
});
