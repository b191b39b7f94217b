import { expect, it } from 'vitest';
import { sessionContracts } from '../../addresses';
import { policyAbi } from '../../testKit/abis';
import { expectDone, expectPolicyRevert } from '../../testKit/ops';
import { policies } from '../../testKit/policies';
import { scene, useChain } from '../../testKit/scene';
import { configOf, newSession, tryEnable } from '../../testKit/session';
import { sessionAccount } from '../../testKit/sessionAccount';
import { data, selectors } from '../../testKit/tokens';

const chain = useChain();
const expired = { kind: 'refused', reason: 'AA22 expired or not due' } as const;

function framed(validAfter: bigint, validUntil: bigint) {
  const list = [policies.timeframe(validAfter, validUntil)];
  return { actions: [{ target: chain().counter, selector: selectors.incrementCount, policies: list }] };
}

async function soon() {
  return (await chain().client.getBlock()).timestamp + 1000n;
}

const increment = () => ({ to: chain().counter, data: data.increment });

it('includes both ends of its window', async () => {
  const start = await soon();
  const at = await scene(chain(), framed(start, start + 100n));
  expect(await at.use(increment(), { at: start - 1n })).toEqual(expired);
  expectDone(await at.use(increment(), { at: start }));
  expectDone(await at.use(increment(), { at: start + 100n }));
  expect(await at.use(increment(), { at: start + 101n })).toEqual(expired);
});

it('has no end when validUntil is zero', async () => {
  const start = await soon();
  const at = await scene(chain(), framed(start, 0n));
  expect(await at.use(increment(), { at: start - 1n })).toEqual(expired);
  expectDone(await at.use(increment(), { at: start }));
  expectDone(await at.use(increment(), { at: start + 400n * 86_400n }));
});

it('starts at once when validAfter is zero', async () => {
  const end = await soon();
  const at = await scene(chain(), framed(0n, end));
  expectDone(await at.use(increment(), { at: end }));
  expect(await at.use(increment(), { at: end + 1n })).toEqual(expired);
});

it('may be one second long', async () => {
  const start = await soon();
  const at = await scene(chain(), framed(start, start));
  expectDone(await at.use(increment(), { at: start }));
});

it('refuses every use when both ends are zero', async () => {
  const at = await scene(chain(), framed(0n, 0n));
  expectPolicyRevert(await at.use(increment()), '0x6d3a33ce');
});

it('refuses to be enabled with an end before its start', async () => {
  const account = await sessionAccount(chain());
  const outcome = await tryEnable(
    chain(),
    account,
    newSession(account, framed(1_800_000_001n, 1_800_000_000n)),
  );
  expect(outcome).toMatchObject({ kind: 'done', success: false, reason: { name: 'PolicyNotInitialized' } });
});

it('narrows to the window that all policies share', async () => {
  const start = await soon();
  const at = await scene(chain(), {
    ...framed(start, start + 100n),
    userOpPolicies: [policies.timeframe(start + 50n, start + 200n)],
  });
  expect(await at.use(increment(), { at: start + 49n })).toEqual(expired);
  expectDone(await at.use(increment(), { at: start + 50n }));
  expectDone(await at.use(increment(), { at: start + 100n }));
  expect(await at.use(increment(), { at: start + 101n })).toEqual(expired);
});

it('narrows a batch to the window that its actions share', async () => {
  const start = await soon();
  const [first] = framed(start, start + 100n).actions;
  const at = await scene(chain(), {
    actions: [
      ...(first === undefined ? [] : [first]),
      { target: chain().counter, selector: selectors.addTo, policies: [policies.timeframe(start + 50n, 0n)] },
    ],
  });
  const batch = [increment(), { to: chain().counter, data: data.addTo(1n) }];
  expect(await at.use(batch, { at: start + 49n })).toEqual(expired);
  expectDone(await at.use(batch, { at: start + 50n }));
  expect(await at.use(batch, { at: start + 101n })).toEqual(expired);
});

it('keeps its window readable, the end first', async () => {
  const at = await scene(chain(), framed(1_700_000_000n, 4_000_000_000n));
  const window = await chain().client.readContract({
    address: sessionContracts.TimeframePolicy,
    abi: policyAbi,
    functionName: 'getTimeFrameConfig',
    args: configOf(at.account, at.session, chain().counter, selectors.incrementCount),
  });
  expect(window).toBe((4_000_000_000n << 48n) | 1_700_000_000n);
});
