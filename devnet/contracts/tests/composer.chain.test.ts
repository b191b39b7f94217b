import { decodeErrorResult, encodeFunctionData, type Hex, pad, toHex, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { counterAbi, tokenAbi, validatorAbi } from '../testKit/abis';
import { futureAccount, type TestAccount } from '../testKit/account';
import { compose, composerAbi, type Input, inputs } from '../testKit/composer';
import { expectDone, runOwnerOp } from '../testKit/ops';
import { useOwnChain } from '../testKit/scene';
import { mint, selectors } from '../testKit/tokens';
import vectors from './composer.vectors.json';

const chain = useOwnChain();
const atLeast = 1;
const word = (value: bigint): Hex => toHex(value, { size: 32 });

/** A deployed account of MEE 2.2.1 that holds 10 ether. */
async function account(): Promise<TestAccount> {
  const fresh = await futureAccount(chain(), '2.2.1');
  const callData = compose([]);
  expectDone(await runOwnerOp(chain(), fresh, { callData, initCode: fresh.initCode }));
  return fresh;
}

const run = (owner: TestAccount, functionSig: Hex, inputParams: readonly Input[]) =>
  runOwnerOp(chain(), owner, { callData: compose([{ functionSig, inputParams }]) });

const balance = (token: Hex, holder: Hex) =>
  chain().client.readContract({ address: token, abi: tokenAbi, functionName: 'balanceOf', args: [holder] });

const countOf = (of: Hex) =>
  chain().client.readContract({
    address: chain().counter,
    abi: counterAbi,
    functionName: 'countOf',
    args: [of],
  });

it('has the calldata of the reference client', () => {
  const [execution] = vectors.struct;
  if (execution === undefined) throw new RangeError('The vector is empty.');
  const inputParams = execution.inputParams.map((input) => ({
    ...input,
    paramData: `0x${input.paramData.slice(2)}` as const,
    constraints: [],
  }));
  expect(compose([{ functionSig: '0x9517e29f', inputParams }])).toBe(vectors.callData);
  expect(compose([]).slice(0, 10)).toBe('0x7eba07b8');
});

describe('target, value and calldata', () => {
  it('are put together from what is given', async () => {
    const owner = await account();
    expectDone(await run(owner, selectors.pay, [inputs.target(chain().counter), inputs.value(7n)]));
    expect(await countOf(owner.address)).toBe(7n);
  });

  it('take a value that is longer than a word', async () => {
    const owner = await account();
    const value = inputs.raw('value', `${word(3n)}${'00'.repeat(32)}`);
    expectDone(await run(owner, selectors.pay, [inputs.target(chain().counter), value]));
    expect(await countOf(owner.address)).toBe(3n);
  });

  it('take a token balance as it is then', async () => {
    const owner = await account();
    const { plainToken, bundler } = chain();
    await mint(chain(), plainToken, owner.address, 55n);
    const before = await balance(plainToken, bundler);
    const to = inputs.raw('data', pad(bundler, { size: 32 }));
    const all = inputs.balance('data', plainToken, owner.address);
    expectDone(await run(owner, selectors.transfer, [to, all, inputs.target(plainToken)]));
    expect((await balance(plainToken, bundler)) - before).toBe(55n);
  });

  it('take a coin balance as value', async () => {
    const owner = await account();
    const { counter } = chain();
    const count = await countOf(owner.address);
    const held = await chain().client.getBalance({ address: counter });
    const same = inputs.balance('value', zeroAddress, counter);
    await chain().client.setBalance({ address: counter, value: held + 5n });
    expectDone(await run(owner, selectors.pay, [inputs.target(counter), same]));
    expect((await countOf(owner.address)) - count).toBe(held + 5n);
  });

  it('take a target from a call', async () => {
    const owner = await account();
    const args = [owner.address] as const;
    const read = encodeFunctionData({ abi: validatorAbi, functionName: 'getOwner', args });
    const ownersAddress = inputs.call('target', owner.contracts.validator, read);
    expectDone(await run(owner, '0x00000000', [ownersAddress, inputs.value(4n)]));
    expect(await chain().client.getBalance({ address: owner.owner.address })).toBe(4n);
  });

  it('call nobody without a target', async () => {
    const owner = await account();
    expectDone(await run(owner, selectors.incrementCount, []));
    expect(await countOf(owner.address)).toBe(0n);
  });
});

describe('a condition', () => {
  const atLeastOne = [{ constraintType: atLeast, referenceData: word(1n) }];

  it('on a balance is held or not', async () => {
    const owner = await account();
    const { plainToken, counter } = chain();
    const when = inputs.balance('data', plainToken, owner.address, atLeastOne);
    const refused = await run(owner, selectors.incrementCount, [inputs.target(counter), when]);
    expect(refused).toMatchObject({ kind: 'done', success: false, reason: { name: 'ConstraintNotMet' } });
    await mint(chain(), plainToken, owner.address, 1n);
    expectDone(await run(owner, selectors.incrementCount, [inputs.target(counter), when]));
  });
});

describe('inputs that make no sense', () => {
  it.each([
    [
      'two targets',
      () => [inputs.target(chain().counter), inputs.target(chain().counter)],
      'InvalidSetOfInputParams',
    ],
    ['two values', () => [inputs.value(1n), inputs.value(1n)], 'InvalidSetOfInputParams'],
    [
      'a balance as target',
      () => [inputs.balance('target', zeroAddress, chain().counter)],
      'InvalidParameterEncoding',
    ],
    [
      'a balance of half an address',
      () => [
        { ...inputs.balance('data', zeroAddress, zeroAddress), paramData: `0x${'00'.repeat(30)}` as const },
      ],
      'InvalidParameterEncoding',
    ],
  ])('%s are refused', async (_, build, error) => {
    const owner = await account();
    const outcome = await run(owner, selectors.incrementCount, build());
    const name = outcome.kind === 'done' ? outcome.reason?.name : undefined;
    const data: Hex = `0x${name?.slice(2) ?? ''}`;
    expect(decodeErrorResult({ abi: composerAbi, data }).errorName).toBe(error);
  });
});
