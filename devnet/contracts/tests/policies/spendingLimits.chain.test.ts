import { type Address, pad } from 'viem';
import { describe, expect, it } from 'vitest';
import { sessionContracts } from '../../addresses';
import { policyAbi } from '../../testKit/abis';
import { expectDone, expectPolicyRevert, expectViolation } from '../../testKit/ops';
import { policies } from '../../testKit/policies';
import { type Scene, scene, useChain } from '../../testKit/scene';
import { configOf, newSession, tryEnable } from '../../testKit/session';
import { sessionAccount } from '../../testKit/sessionAccount';
import { data, mint, selectors } from '../../testKit/tokens';

const policy = sessionContracts.SpendingLimitsPolicy;
const chain = useChain();
const friend = '0x1111111111111111111111111111111111111111';

type Selector = (typeof selectors)[keyof typeof selectors];

function limits(limit: bigint, token: Address = chain().plainToken) {
  return policies.spendingLimits([{ token, limit }]);
}

function spending(limit: bigint, allowed: readonly Selector[] = [selectors.transfer]) {
  const target = chain().plainToken;
  return { actions: allowed.map((selector) => ({ target, selector, policies: [limits(limit)] })) };
}

async function rich(options: Parameters<typeof scene>[1]) {
  const at = await scene(chain(), options);
  await mint(chain(), chain().plainToken, at.account.address, 1000n);
  return at;
}

const token = (callData: `0x${string}`, value = 0n) => ({ to: chain().plainToken, data: callData, value });
const transfer = (amount: bigint) => token(data.transfer(friend, amount));
const approve = (amount: bigint) => token(data.approve(friend, amount));

function counters({ account, session }: Scene, selector: Selector = selectors.transfer) {
  const [id, multiplexer, address] = configOf(account, session, chain().plainToken, selector);
  return chain().client.readContract({
    address: policy,
    abi: policyAbi,
    functionName: 'getPolicyData',
    args: [id, multiplexer, chain().plainToken, address],
  });
}

describe('transfers', () => {
  it('add up to the limit, boundary included', async () => {
    const at = await rich(spending(10n));
    expectDone(await at.use(transfer(6n)));
    expectViolation(await at.use(transfer(5n)), at.session.permissionId, policy);
    expectDone(await at.use(transfer(4n)));
    expectViolation(await at.use(transfer(1n)), at.session.permissionId, policy);
    expect(await counters(at)).toEqual([10n, 10n, 0n]);
  });

  it('add up inside a batch', async () => {
    const at = await rich(spending(10n));
    expectViolation(await at.use([transfer(6n), transfer(5n)]), at.session.permissionId, policy);
    expectDone(await at.use([transfer(6n), transfer(4n)]));
  });

  it('count when their execution fails', async () => {
    const at = await scene(chain(), spending(10n));
    expect(await at.use(transfer(10n))).toMatchObject({ kind: 'done', success: false });
    expect(await counters(at)).toEqual([10n, 10n, 0n]);
  });

  it('from anywhere count, except to the account itself', async () => {
    const at = await scene(chain(), spending(10n, [selectors.transferFrom]));
    const use = (from: Address, to: Address, amount: bigint) =>
      at.use(token(data.transferFrom(from, to, amount)));
    const self = at.account.address;
    expect(await use(friend, self, 500n)).toMatchObject({ kind: 'done' });
    expect(await counters(at, selectors.transferFrom)).toEqual([10n, 0n, 0n]);
    expect(await use(friend, friend, 10n)).toMatchObject({ kind: 'done' });
    expect(await counters(at, selectors.transferFrom)).toEqual([10n, 10n, 0n]);
    expectViolation(await use(self, friend, 1n), at.session.permissionId, policy);
  });
});

describe('approvals', () => {
  it('add up, and are never released', async () => {
    const at = await rich(spending(10n, [selectors.approve]));
    expectDone(await at.use(approve(6n)));
    expectDone(await at.use(approve(0n)));
    expectViolation(await at.use(approve(5n)), at.session.permissionId, policy);
    expectDone(await at.use(approve(4n)));
    expect(await counters(at, selectors.approve)).toEqual([10n, 0n, 10n]);
  });

  it('count by increaseAllowance too', async () => {
    const at = await rich(spending(10n, [selectors.increaseAllowance]));
    expectDone(await at.use(token(data.increaseAllowance(friend, 10n))));
    expectViolation(await at.use(token(data.increaseAllowance(friend, 1n))), at.session.permissionId, policy);
  });

  it('have a counter of their own, beside the one of transfers', async () => {
    const at = await rich(spending(10n, [selectors.transfer, selectors.approve]));
    expectDone(await at.use([transfer(10n), approve(10n)]));
    expect(await counters(at)).toEqual([10n, 10n, 0n]);
    expect(await counters(at, selectors.approve)).toEqual([10n, 0n, 10n]);
  });

  it('of everything overflow after any other', async () => {
    const at = await rich(spending(2n ** 256n - 1n, [selectors.approve]));
    expectDone(await at.use(approve(1n)));
    expectPolicyRevert(await at.use(approve(2n ** 256n - 1n)), '0x4e487b71');
  });
});

describe('what it does not understand', () => {
  it('is refused: value', async () => {
    const at = await rich(spending(10n));
    expectViolation(await at.use(token(data.transfer(friend, 1n), 1n)), at.session.permissionId, policy);
  });

  it('is refused: another function', async () => {
    const target = chain().counter;
    const list = [limits(10n, target)];
    const at = await scene(chain(), {
      actions: [{ target, selector: selectors.incrementCount, policies: list }],
    });
    expectViolation(await at.use({ to: target, data: data.increment }), at.session.permissionId, policy);
  });

  it('is refused: a token that is not listed', async () => {
    const list = [limits(10n, chain().permitToken)];
    const at = await rich({
      actions: [{ target: chain().plainToken, selector: selectors.transfer, policies: list }],
    });
    expectViolation(await at.use(transfer(1n)), at.session.permissionId, policy);
    expectDone(await at.use(transfer(0n)));
  });

  it('is refused: fewer than four bytes', async () => {
    const at = await rich({
      actions: [{ target: chain().plainToken, selector: selectors.none, policies: [limits(10n)] }],
    });
    expectPolicyRevert(await at.use({ to: chain().plainToken }), `0x${'00'.repeat(32)}`);
  });
});

describe('enabling', () => {
  async function enabling(list: Parameters<typeof policies.spendingLimits>[0]) {
    const account = await sessionAccount(chain());
    const session = newSession(account, {
      actions: [
        {
          target: chain().plainToken,
          selector: selectors.transfer,
          policies: [policies.spendingLimits(list)],
        },
      ],
    });
    return tryEnable(chain(), account, session);
  }

  it('refuses a limit of zero', async () => {
    const outcome = await enabling([{ token: chain().plainToken, limit: 0n }]);
    expect(outcome).toMatchObject({ success: false, reason: { name: 'InvalidLimit', args: [0n] } });
  });

  it('refuses the zero token', async () => {
    const outcome = await enabling([{ token: pad('0x', { size: 20 }), limit: 1n }]);
    expect(outcome).toMatchObject({ success: false, reason: { name: 'InvalidTokenAddress' } });
  });

  it('takes the last limit of a token that is listed twice', async () => {
    const both = [
      { token: chain().plainToken, limit: 100n },
      { token: chain().plainToken, limit: 5n },
    ];
    const at = await rich({
      actions: [
        {
          target: chain().plainToken,
          selector: selectors.transfer,
          policies: [policies.spendingLimits(both)],
        },
      ],
    });
    expectViolation(await at.use(transfer(6n)), at.session.permissionId, policy);
    expectDone(await at.use(transfer(5n)));
  });

  it('again puts the counters back and forgets tokens that are gone', async () => {
    const at = await rich(spending(10n));
    expectDone(await at.use(transfer(10n)));
    expectDone(await tryEnable(chain(), at.account, at.session));
    expect(await counters(at)).toEqual([10n, 0n, 0n]);
    const [action] = at.session.struct.actions;
    if (action === undefined) throw new Error('the session has no action');
    const struct = {
      ...at.session.struct,
      actions: [{ ...action, actionPolicies: [limits(10n, chain().permitToken)] }],
    };
    expectDone(await tryEnable(chain(), at.account, { ...at.session, struct }));
    await expect(counters(at)).rejects.toThrow('InvalidTokenAddress');
    expectViolation(await at.use(transfer(1n)), at.session.permissionId, policy);
  });
});
