import { encodeFunctionData, type Hex, pad, slice, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { sessionContracts } from '../../addresses';
import { counterAbi, policyAbi } from '../../testKit/abis';
import { expectDone, expectPolicyRevert, expectViolation } from '../../testKit/ops';
import { condition, policies, type Rule } from '../../testKit/policies';
import { scene, useChain } from '../../testKit/scene';
import { configOf, newSession, tryEnable } from '../../testKit/session';
import { data, mint, selectors } from '../../testKit/tokens';

const policy = sessionContracts.UniversalPolicy;
const chain = useChain();

const friend = '0x1111111111111111111111111111111111111111';
const stranger = '0x2222222222222222222222222222222222222222';

/** A session that may call addTo(uint256) of the counter under `rules`. */
function adding(rules: readonly Rule[], valueLimitPerUse?: bigint) {
  const list = [policies.universal(rules, valueLimitPerUse)];
  return { actions: [{ target: chain().counter, selector: selectors.addTo, policies: list }] };
}

const add = (amount: bigint) => ({ to: chain().counter, data: data.addTo(amount) });

describe('conditions', () => {
  it.each([
    ['equal', [5], [4, 6]],
    ['greater', [6], [5]],
    ['less', [4], [5]],
    ['atLeast', [5, 6], [4]],
    ['atMost', [4, 5], [6]],
    ['different', [4, 6], [5]],
  ] as const)('%s 5 passes %j and refuses %j', async (name, passing, refused) => {
    const at = await scene(chain(), adding([{ condition: condition[name], offset: 0n, ref: 5n }]));
    for (const amount of passing) expectDone(await at.use(add(BigInt(amount))));
    for (const amount of refused) {
      expectViolation(await at.use(add(BigInt(amount))), at.session.permissionId, policy);
    }
  });

  it('a range includes both ends', async () => {
    const ref = (10n << 128n) | 20n;
    const at = await scene(chain(), adding([{ condition: condition.inRange, offset: 0n, ref }]));
    for (const amount of [10n, 20n]) expectDone(await at.use(add(amount)));
    for (const amount of [9n, 21n])
      expectViolation(await at.use(add(amount)), at.session.permissionId, policy);
  });

  it('compares without a sign', async () => {
    const at = await scene(chain(), adding([{ condition: condition.less, offset: 0n, ref: 5n }]));
    expectViolation(await at.use(add(2n ** 256n - 1n)), at.session.permissionId, policy);
  });

  it('joins all rules', async () => {
    await mint(chain(), chain().plainToken, friend, 1n);
    const rules: Rule[] = [
      { condition: condition.equal, offset: 0n, ref: friend },
      { condition: condition.atMost, offset: 32n, ref: 10n },
    ];
    const at = await scene(chain(), {
      actions: [
        { target: chain().plainToken, selector: selectors.transfer, policies: [policies.universal(rules)] },
      ],
    });
    await mint(chain(), chain().plainToken, at.account.address, 100n);
    const send = (to: Hex, amount: bigint) =>
      at.use({ to: chain().plainToken, data: data.transfer(to, amount) });
    expectDone(await send(friend, 10n));
    expectViolation(await send(friend, 11n), at.session.permissionId, policy);
    expectViolation(await send(stranger, 10n), at.session.permissionId, policy);
  });
});

describe('cumulative limits', () => {
  const limited = (used = 0n) =>
    adding([{ condition: condition.atMost, offset: 0n, ref: 10n, limit: 15n, used }]);

  it('adds up to the limit, boundary included', async () => {
    const at = await scene(chain(), limited());
    expectDone(await at.use(add(10n)));
    expectViolation(await at.use(add(6n)), at.session.permissionId, policy);
    expectDone(await at.use(add(5n)));
    expectViolation(await at.use(add(1n)), at.session.permissionId, policy);
  });

  it('adds up inside a batch', async () => {
    const at = await scene(chain(), limited());
    expectViolation(await at.use([add(8n), add(8n)]), at.session.permissionId, policy);
    expectDone(await at.use([add(8n), add(7n)]));
  });

  it('starts from what the grant says was used', async () => {
    const at = await scene(chain(), limited(10n));
    expectViolation(await at.use(add(6n)), at.session.permissionId, policy);
    expectDone(await at.use(add(5n)));
  });

  it('shows what was used, and starts again when enabled again', async () => {
    const at = await scene(chain(), limited());
    expectDone(await at.use(add(9n)));
    const read = async () => {
      const [, rules] = await chain().client.readContract({
        address: policy,
        abi: policyAbi,
        functionName: 'actionConfigs',
        args: configOf(at.account, at.session, chain().counter, selectors.addTo),
      });
      return rules.rules[0].usage;
    };
    expect(await read()).toEqual({ limit: 15n, used: 9n });
    expectDone(await tryEnable(chain(), at.account, at.session));
    expect(await read()).toEqual({ limit: 15n, used: 0n });
  });

  it('keeps what an operation used whose execution fails', async () => {
    const refuseRule: Rule = { condition: condition.atMost, offset: 0n, ref: 10n, limit: 15n };
    const at = await scene(chain(), {
      actions: [
        {
          target: chain().plainToken,
          selector: selectors.transfer,
          policies: [policies.universal([{ ...refuseRule, offset: 32n }])],
        },
      ],
    });
    const overdraw = { to: chain().plainToken, data: data.transfer(friend, 10n) };
    expect(await at.use(overdraw)).toMatchObject({ kind: 'done', success: false });
    expectViolation(await at.use(overdraw), at.session.permissionId, policy);
  });

  it('refuses a sum that overflows', async () => {
    const most = 2n ** 256n - 1n;
    const at = await scene(
      chain(),
      adding([{ condition: condition.atMost, offset: 0n, ref: most, limit: most, used: 1n }]),
    );
    expectPolicyRevert(await at.use(add(most)), '0x4e487b71');
  });
});

describe('value', () => {
  const paying = (limit?: bigint) => ({
    actions: [
      {
        target: chain().counter,
        selector: selectors.pay,
        policies: [policies.universal([{ condition: condition.atLeast, offset: 0n, ref: 0n }], limit)],
      },
    ],
  });
  /** pay() with one word after the selector, so that the rule has something to read. */
  const pay = (value: bigint) => ({
    to: chain().counter,
    value,
    data: pad(data.pay, { dir: 'right', size: 36 }),
  });

  it('passes up to the limit per use and refuses more', async () => {
    const at = await scene(chain(), paying(7n));
    expectDone(await at.use(pay(7n)));
    expectDone(await at.use(pay(7n)));
    expectPolicyRevert(await at.use(pay(8n)), '0x8a8a722d');
  });

  it('refuses any value by default', async () => {
    const at = await scene(chain(), paying());
    expectDone(await at.use(pay(0n)));
    expectPolicyRevert(await at.use(pay(1n)), '0x8a8a722d');
  });
});

describe('calldata', () => {
  it('refuses every use when it has no rules', async () => {
    const at = await scene(chain(), adding([]));
    expectPolicyRevert(await at.use(add(1n)), '0x6d3a33ce');
  });

  it('refuses calldata that ends before the word', async () => {
    const at = await scene(chain(), adding([{ condition: condition.atLeast, offset: 0n, ref: 0n }]));
    const short = { to: chain().counter, data: slice(data.addTo(1n), 0, 35) };
    expectPolicyRevert(await at.use(short), `0x${'00'.repeat(32)}`);
  });

  it('reads any word, not only the head of an argument', async () => {
    const rules: Rule[] = [
      { condition: condition.equal, offset: 0n, ref: 64n },
      { condition: condition.equal, offset: 96n, ref: pad(toHex('hi'), { dir: 'right', size: 32 }) },
    ];
    const at = await scene(chain(), {
      actions: [
        { target: chain().counter, selector: selectors.addWithNote, policies: [policies.universal(rules)] },
      ],
    });
    const note = (text: string) => ({
      to: chain().counter,
      data: encodeFunctionData({ abi: counterAbi, functionName: 'addWithNote', args: [text, 1n] }),
    });
    expectDone(await at.use(note('hi')));
    expectViolation(await at.use(note('ho')), at.session.permissionId, policy);
  });

  it('has sixteen rules at most', async () => {
    const loose: Rule = { condition: condition.atMost, offset: 0n, ref: 9n };
    const tight: Rule = { condition: condition.atMost, offset: 0n, ref: 4n };
    const at = await scene(chain(), adding([...Array.from({ length: 15 }, () => loose), tight]));
    expectDone(await at.use(add(4n)));
    expectViolation(await at.use(add(5n)), at.session.permissionId, policy);
    const session = newSession(at.account, adding(Array.from({ length: 17 }, () => loose)));
    expect(await tryEnable(chain(), at.account, session)).toMatchObject({ kind: 'done', success: false });
  });
});
