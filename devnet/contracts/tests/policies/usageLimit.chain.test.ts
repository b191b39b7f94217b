import type { Hex } from 'viem';
import { expect, it } from 'vitest';
import { sessionContracts } from '../../addresses';
import { policyAbi } from '../../testKit/abis';
import { expectDone, expectViolation } from '../../testKit/ops';
import { policies } from '../../testKit/policies';
import { type Scene, scene, useChain } from '../../testKit/scene';
import { configOf, newSession, tryEnable } from '../../testKit/session';
import { sessionAccount } from '../../testKit/sessionAccount';
import { data, selectors } from '../../testKit/tokens';

const policy = sessionContracts.UsageLimitPolicy;
const chain = useChain();

function limited(limit: bigint) {
  const { counter } = chain();
  const list = [policies.usageLimit(limit)];
  return {
    actions: [
      { target: counter, selector: selectors.incrementCount, policies: list },
      { target: counter, selector: selectors.refuse, policies: list },
    ],
  };
}

function used({ account, session }: Scene, selector: Hex = selectors.incrementCount) {
  return chain().client.readContract({
    address: policy,
    abi: policyAbi,
    functionName: 'getUsed',
    args: configOf(account, session, chain().counter, selector),
  });
}

const increment = () => ({ to: chain().counter, data: data.increment });

it('passes up to the limit and refuses the next', async () => {
  const at = await scene(chain(), limited(2n));
  expectDone(await at.use(increment()));
  expect(await used(at)).toBe(1n);
  expectDone(await at.use(increment()));
  expectViolation(await at.use(increment()), at.session.permissionId, policy);
  expect(await used(at)).toBe(2n);
});

it('counts every call of a batch', async () => {
  const at = await scene(chain(), limited(3n));
  expectDone(await at.use([increment(), increment()]));
  expect(await used(at)).toBe(2n);
  expectViolation(await at.use([increment(), increment()]), at.session.permissionId, policy);
  expect(await used(at)).toBe(2n);
  expectDone(await at.use([increment()]));
});

it('counts a use whose execution fails', async () => {
  const at = await scene(chain(), limited(1n));
  const refused = { to: chain().counter, data: data.refuse };
  expect(await at.use(refused)).toMatchObject({ kind: 'done', success: false, reason: { name: 'Refused' } });
  expect(await used(at, selectors.refuse)).toBe(1n);
  expectViolation(await at.use(refused), at.session.permissionId, policy);
});

it('counts each action for itself', async () => {
  const at = await scene(chain(), limited(1n));
  expectDone(await at.use(increment()));
  expect(await used(at, selectors.refuse)).toBe(0n);
});

it('counts whole operations where it is a policy of the user operation', async () => {
  const at = await scene(chain(), {
    actions: [{ target: chain().counter, selector: selectors.incrementCount, policies: [policies.sudo()] }],
    userOpPolicies: [policies.usageLimit(1n)],
  });
  expectDone(await at.use([increment(), increment(), increment()]));
  expectViolation(await at.use(increment()), at.session.permissionId, policy);
});

it('starts again when the session is enabled again', async () => {
  const at = await scene(chain(), limited(1n));
  expectDone(await at.use(increment()));
  expectDone(await tryEnable(chain(), at.account, at.session));
  expect(await used(at)).toBe(0n);
  expectDone(await at.use(increment()));
  expectViolation(await at.use(increment()), at.session.permissionId, policy);
});

it('keeps its limit readable', async () => {
  const at = await scene(chain(), limited(5n));
  const limit = await chain().client.readContract({
    address: policy,
    abi: policyAbi,
    functionName: 'getUsageLimit',
    args: configOf(at.account, at.session, chain().counter, selectors.incrementCount),
  });
  expect(limit).toBe(5n);
});

it('refuses to be enabled with a limit of zero', async () => {
  const account = await sessionAccount(chain());
  const outcome = await tryEnable(chain(), account, newSession(account, limited(0n)));
  expect(outcome).toMatchObject({ kind: 'done', success: false, reason: { name: 'PolicyNotInitialized' } });
});
