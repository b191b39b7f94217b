import 'fake-indexeddb/auto';
import { encodeFunctionData, erc20Abi, type Hex, parseAbi } from 'viem';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { readClientSignature, signaturePrefixes } from '../../devnet/mee/clientSignature';
import { encodePolicy } from '../protocol/policies/registry';
import { toWord } from '../protocol/word';
import { balanceOn, createScene, origin, type Scene, sendAs } from './testing/scene';

let devnet: Devnet;
let scene: Scene | undefined;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
});

afterAll(() => devnet?.stop());

afterEach(() => {
  devnet.setFault(undefined);
  scene?.stop();
  expect(scene?.defects).toEqual([]);
});

const million = 1_000_000n;
const somebody = '0x2222222222222222222222222222222222222222';
const permitAbi = parseAbi([
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
]);
const approval = (spender: Hex, amount: bigint) =>
  encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] });

describe('a permit that somebody else hands in first', () => {
  type Handed = { signature: Hex; hash: Hex };

  /** A scene in which `before` sees every body with a permit before the node does. */
  const sceneThatSees = async (before: (body: Handed, scene: Scene) => Promise<void>): Promise<Scene> => {
    const watched: typeof fetch = async (input, init) => {
      const body: Partial<Handed> = String(input).endsWith('/exec') ? JSON.parse(String(init?.body)) : {};
      const { signature, hash } = body;
      if (scene && hash && signature?.startsWith(signaturePrefixes.permit)) {
        await before({ signature, hash }, scene);
      }
      return fetch(input, init);
    };
    scene = await createScene(devnet, { fetch: watched });
    const { chainId, permitToken } = scene.home;
    await devnet.fund({ chainId, to: scene.owner, token: permitToken, amount: 10n * million });
    return scene;
  };

  const handIn = async ({ signature, hash }: Handed, { home, owner }: Scene): Promise<void> => {
    const signed = readClientSignature('permit', signature);
    if (signed.carrier !== 'permit') throw new TypeError('The body carries no permit.');
    const { token, spender, amount, v, r, s } = signed.permit;
    const args = [owner, spender, amount, BigInt(hash), Number(v), r, s] as const;
    await sendAs(home, somebody, token, encodeFunctionData({ abi: permitAbi, functionName: 'permit', args }));
  };

  const pulling = ({ home, prepareParams }: Scene) => ({
    requestId: 'pull',
    enableSession: prepareParams('x')[0]?.enableSession,
    feeToken: { address: home.permitToken, chainId: home.chainId },
    trigger: { tokenAddress: home.permitToken, chainId: home.chainId, amount: '2000000' },
  });

  it('leaves its allowance, so the request runs with the one signature', async () => {
    const running = await sceneThatSees(handIn);
    const before = await balanceOn(running.home, running.account, running.home.permitToken);
    const sent = running.submissions();
    const { result } = await running.prepare(pulling(running));
    expect(result.outcome).toBe('executed');
    const after = await balanceOn(running.home, running.account, running.home.permitToken);
    expect(after - before).toBe(2n * million);
    expect(running.submissions()).toBe(sent + 1);
    expect(await running.use('after')).toHaveProperty('hash');
  });

  it('and whose allowance is gone ends in a failure, with nothing sent again', async () => {
    const running = await sceneThatSees(async (body, seen) => {
      await handIn(body, seen);
      await sendAs(seen.home, seen.owner, seen.home.permitToken, approval(seen.account, 0n));
    });
    const sent = running.submissions();
    await expect(running.prepare(pulling(running))).rejects.toMatchObject({
      code: -32000,
      data: { reason: 'NOT_EXECUTED' },
    });
    expect(running.submissions()).toBe(sent + 1);
    expect(await balanceOn(running.home, running.owner, running.home.permitToken)).toBe(10n * million);
  });
});

describe('a token that raises allowances from zero only', () => {
  it('makes a second approval fail before it is sent, unless the same request clears the first', async () => {
    const running = await createScene(devnet);
    scene = running;
    const { chainId, strictToken, permitToken } = running.home;
    const most = {
      type: 'universal',
      valueLimitPerUse: 0n,
      rules: [
        {
          condition: 'lessThanOrEqual',
          calldataOffset: 32n,
          comparisonValue: toWord(10n * million),
          isLimited: false,
          usage: { limit: 0n, used: 0n },
        },
      ],
    } as const;
    const approve = {
      actionTarget: strictToken,
      actionTargetSelector: '0x095ea7b3',
      actionPolicies: [encodePolicy(most)],
    };
    await running.prepare({
      requestId: 'strict',
      enableSession: { actions: [{ chainId, actions: [approve] }] },
      feeToken: { address: permitToken, chainId },
    });
    const use = (requestId: string, ...amounts: readonly bigint[]) =>
      running.dapp(origin, 'latchkey_use', [
        {
          requestId,
          instructions: [
            { chainId, calls: amounts.map((one) => ({ to: strictToken, data: approval(somebody, one) })) },
          ],
        },
      ]);
    await use('first', 900_000n);
    const sent = running.submissions();
    await expect(use('raise', 5_700_000n)).rejects.toMatchObject({
      code: -32000,
      message: expect.stringContaining('AllowanceNotZero'),
      data: { reason: 'NODE_REFUSED' },
    });
    expect(running.submissions()).toBe(sent);
    expect(await use('clear', 0n, 5_700_000n)).toHaveProperty('hash');
  });
});
