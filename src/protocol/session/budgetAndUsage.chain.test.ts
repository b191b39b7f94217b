import type { Address } from 'viem';
import { describe, expect, it } from 'vitest';
import { expectDone, expectViolation } from '../../../devnet/contracts/testKit/ops';
import { type Scene, scene, useChain } from '../../../devnet/contracts/testKit/scene';
import { data, mint } from '../../../devnet/contracts/testKit/tokens';
import type { ActionData } from '../actions/action';
import { buildCustomAction } from '../actions/custom';
import type { Erc20ActionParameters } from '../actions/erc20';
import { buildNativeTransferAction } from '../actions/native';
import { buildTransferAction } from '../actions/transfer';
import { policyAddresses } from '../constants/addresses';
import { decodePolicy } from '../policies/registry';
import { policyUsageReads } from '../policies/usageReads';
import { feeBudgetAction, withFeeBudget } from './payment';
import { actionId, configId } from './permission';

const chain = useChain();
const node: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const friend: Address = '0x1111111111111111111111111111111111111111';

const sceneWith = (actions: readonly ActionData[]) =>
  scene(chain(), {
    actions: actions.map(({ actionTarget, actionTargetSelector, actionPolicies }) => ({
      target: actionTarget,
      selector: actionTargetSelector,
      policies: actionPolicies,
    })),
  });
const transferActions = (options: Omit<Erc20ActionParameters, 'chainIds' | 'contractAddress'>) =>
  buildTransferAction({ chainIds: [1], contractAddress: chain().plainToken, ...options }).flatMap(
    ({ actions }) => actions,
  );
const transfer = (to: Address, amount: bigint) => ({
  to: chain().plainToken,
  data: data.transfer(to, amount),
});
const fund = (at: Scene) => mint(chain(), chain().plainToken, at.account.address, 1_000n);

/** Every counter of an action, read from the contracts. */
const usageOf = async (
  { account, session }: Scene,
  { actionTarget, actionTargetSelector, actionPolicies }: ActionData,
) => {
  const id = configId(account.address, session.permissionId, actionId(actionTarget, actionTargetSelector));
  const reads = actionPolicies.flatMap((encoded) =>
    policyUsageReads(decodePolicy(encoded), { configId: id, account: account.address }),
  );
  const answers = await Promise.all(
    reads.map(async ({ to, data: calldata, decode }) => {
      const { data: answer } = await chain().client.call({ to, data: calldata });
      return decode(answer ?? '0x');
    }),
  );
  return answers.flat();
};

const sharedAction = ({ actions, shared }: ReturnType<typeof withFeeBudget>): ActionData => {
  const action = actions[shared?.index ?? -1];
  if (action === undefined) expect.unreachable();
  return action;
};

describe('a fee budget inside the transfer of the same token', () => {
  const budget = () => ({ token: chain().plainToken, maxPaymentAmount: 5n });

  it('lets the whole limit and the whole budget through, and not one unit more', async () => {
    const placed = withFeeBudget(transferActions({ maxAmountLimit: 10n }), budget());
    const at = await sceneWith(placed.actions);
    await fund(at);
    expectDone(await at.use(transfer(node, 5n)));
    expectDone(await at.use(transfer(friend, 10n)));
    expectViolation(await at.use(transfer(node, 1n)), at.session.permissionId, policyAddresses.universal);
    expect(await usageOf(at, sharedAction(placed))).toEqual([
      { counter: '0', limit: 15n, used: 15n, remaining: 0n },
    ]);
  });

  it('lets the budget through beside a spending limit', async () => {
    const limits = [{ token: chain().plainToken, limit: 10n }];
    const policies = [{ type: 'spendingLimits' as const, tokenLimits: limits }];
    const placed = withFeeBudget(transferActions({ policies }), budget());
    const at = await sceneWith(placed.actions);
    await fund(at);
    expectDone(await at.use([transfer(friend, 10n), transfer(node, 5n)]));
    expectViolation(
      await at.use(transfer(node, 1n)),
      at.session.permissionId,
      policyAddresses.spendingLimits,
    );
    expect(await usageOf(at, sharedAction(placed))).toEqual([
      { counter: chain().plainToken.toLowerCase(), limit: 15n, used: 15n, remaining: 0n },
    ]);
  });

  it('leaves one payment for each call where calls are counted', async () => {
    const placed = withFeeBudget(transferActions({ usageLimit: 1n }), budget());
    const at = await sceneWith(placed.actions);
    await fund(at);
    expectDone(await at.use(transfer(node, 1n)));
    expectDone(await at.use(transfer(friend, 9n)));
    expectViolation(await at.use(transfer(friend, 1n)), at.session.permissionId, policyAddresses.usageLimit);
  });

  it('takes nothing away from full access', async () => {
    const placed = withFeeBudget(transferActions({ policies: [{ type: 'sudo' }] }), budget());
    const at = await sceneWith(placed.actions);
    await fund(at);
    expectDone(await at.use([transfer(node, 3n), transfer(friend, 400n)]));
  });

  it.each([
    ['a recipient rule', { recipientAddress: friend }],
    [
      'an exact amount',
      {
        policies: [
          {
            type: 'universal' as const,
            valueLimitPerUse: 0n,
            rules: [
              {
                condition: 'equal' as const,
                calldataOffset: 32n,
                comparisonValue: `0x${'0'.repeat(63)}a` as const,
                isLimited: false,
                usage: { limit: 0n, used: 0n },
              },
            ],
          },
        ],
      },
    ],
  ])('would never be paid under %s, which is why it is refused', async (_name, options) => {
    const asked = transferActions(options);
    expect(() => withFeeBudget(asked, budget())).toThrow();
    const at = await sceneWith(asked);
    await fund(at);
    expectViolation(await at.use(transfer(node, 1n)), at.session.permissionId, policyAddresses.universal);
  });
});

describe('a fee budget in native coin', () => {
  it('pays the payee up to the budget and nobody else', async () => {
    const budget = feeBudgetAction({
      token: '0x0000000000000000000000000000000000000000',
      maxPaymentAmount: 5n,
      payee: node,
    });
    const at = await sceneWith([budget]);
    expectDone(await at.use({ to: node, value: 3n }));
    expectViolation(
      await at.use({ to: node, value: 3n }),
      at.session.permissionId,
      policyAddresses.valueLimit,
    );
    expect(await at.use({ to: friend, value: 1n })).toMatchObject({ inner: { name: 'NoPoliciesSet' } });
    expect(await usageOf(at, budget)).toEqual([{ counter: '', limit: 5n, used: 3n, remaining: 2n }]);
  });
});

describe('the use of a permission', () => {
  it('is read for every policy that counts', async () => {
    const counted = [
      ...transferActions({ maxAmountLimit: 50n, usageLimit: 4n, validAfter: 0, validUntil: 2_000_000_000 }),
      ...buildNativeTransferAction({ chainIds: [1], recipientAddress: friend, valueLimit: 9n }).flatMap(
        ({ actions }) => actions,
      ),
      ...buildCustomAction({
        chainIds: [1],
        contractAddress: chain().counter,
        functionSignature: 'incrementCount()',
        policies: [{ type: 'sudo' }],
      }).flatMap(({ actions }) => actions),
    ];
    const at = await sceneWith(counted);
    await fund(at);
    expectDone(await at.use([transfer(friend, 20n), transfer(node, 1n), { to: friend, value: 4n }]));
    const usage = await Promise.all(counted.map((action) => usageOf(at, action)));
    expect(usage).toEqual([
      [
        { counter: '0', limit: 50n, used: 21n, remaining: 29n },
        { counter: '', limit: 4n, used: 2n, remaining: 2n },
      ],
      [{ counter: '', limit: 9n, used: 4n, remaining: 5n }],
      [],
    ]);
  });
});
