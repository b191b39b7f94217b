import { expect, it } from 'vitest';
import { sessionContracts } from '../../addresses';
import { policyAbi } from '../../testKit/abis';
import { expectDone, expectViolation } from '../../testKit/ops';
import { policies } from '../../testKit/policies';
import { type Scene, scene, useChain } from '../../testKit/scene';
import { configOf, newSession, tryEnable } from '../../testKit/session';
import { sessionAccount } from '../../testKit/sessionAccount';
import { data, selectors } from '../../testKit/tokens';

const policy = sessionContracts.ValueLimitPolicy;
const chain = useChain();

function limited(limit: bigint) {
  const list = [policies.valueLimit(limit)];
  return { actions: [{ target: chain().counter, selector: selectors.pay, policies: list }] };
}

const pay = (value: bigint) => ({ to: chain().counter, value, data: data.pay });

function used({ account, session }: Scene) {
  return chain().client.readContract({
    address: policy,
    abi: policyAbi,
    functionName: 'getUsed',
    args: configOf(account, session, chain().counter, selectors.pay),
  });
}

it('adds value up to the limit, boundary included', async () => {
  const at = await scene(chain(), limited(10n));
  expectDone(await at.use(pay(6n)));
  expectViolation(await at.use(pay(5n)), at.session.permissionId, policy);
  expectDone(await at.use(pay(4n)));
  expectDone(await at.use(pay(0n)));
  expectViolation(await at.use(pay(1n)), at.session.permissionId, policy);
  expect(await used(at)).toBe(10n);
});

it('adds up inside a batch', async () => {
  const at = await scene(chain(), limited(10n));
  expectViolation(await at.use([pay(6n), pay(5n)]), at.session.permissionId, policy);
  expectDone(await at.use([pay(6n), pay(4n)]));
});

it('adds up the whole batch where it is a policy of the user operation', async () => {
  const at = await scene(chain(), {
    actions: [{ target: chain().counter, selector: selectors.pay, policies: [policies.sudo()] }],
    userOpPolicies: [policies.valueLimit(10n)],
  });
  expectViolation(await at.use([pay(6n), pay(5n)]), at.session.permissionId, policy);
  expectDone(await at.use([pay(6n), pay(4n)]));
  expectViolation(await at.use(pay(1n)), at.session.permissionId, policy);
});

it('starts again when the session is enabled again', async () => {
  const at = await scene(chain(), limited(10n));
  expectDone(await at.use(pay(10n)));
  expectDone(await tryEnable(chain(), at.account, at.session));
  expect(await used(at)).toBe(0n);
});

it('keeps its limit readable, and refuses zero', async () => {
  const at = await scene(chain(), limited(10n));
  const limit = await chain().client.readContract({
    address: policy,
    abi: policyAbi,
    functionName: 'getValueLimit',
    args: configOf(at.account, at.session, chain().counter, selectors.pay),
  });
  expect(limit).toBe(10n);
  const account = await sessionAccount(chain());
  const outcome = await tryEnable(chain(), account, newSession(account, limited(0n)));
  expect(outcome).toMatchObject({ success: false, reason: { name: 'PolicyNotInitialized' } });
});
