import {
  type ContractFunctionArgs,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  toHex,
  zeroAddress,
} from 'viem';
import { describe, expect, it } from 'vitest';
import { sessionContracts } from '../addresses';
import { accountAbi, counterAbi } from '../testKit/abis';
import { futureAccount, type TestAccount } from '../testKit/account';
import { expectDone, runOwnerOp } from '../testKit/ops';
import { useChain } from '../testKit/scene';
import { sessionAccount } from '../testKit/sessionAccount';
import { data, selectors } from '../testKit/tokens';

const chain = useChain();
const constraint = { equal: 0, atLeast: 1, atMost: 2, inRange: 3 } as const;

type Executions = ContractFunctionArgs<typeof accountAbi, 'payable', 'executeComposable'>[0];
type Constraint = Executions[number]['inputParams'][number]['constraints'][number];

const word = (value: bigint) => toHex(value, { size: 32 });
const raw = (paramData: Hex, constraints: Constraint[] = []) => ({ fetcherType: 0, paramData, constraints });

function staticCall(to: Hex, callData: Hex, constraints: Constraint[] = []) {
  const paramData = encodeAbiParameters([{ type: 'address' }, { type: 'bytes' }], [to, callData]);
  return { fetcherType: 1, paramData, constraints };
}

function adding(inputParams: Executions[number]['inputParams']): Executions {
  return [{ to: chain().counter, value: 0n, functionSig: selectors.addTo, inputParams, outputParams: [] }];
}

function run(account: TestAccount, executions: Executions, initCode: Hex = '0x') {
  const callData = encodeFunctionData({
    abi: accountAbi,
    functionName: 'executeComposable',
    args: [executions],
  });
  expect(callData.slice(0, 10)).toBe('0xea5a6d91');
  return runOwnerOp(chain(), account, { callData, initCode });
}

function countOf(account: TestAccount) {
  return chain().client.readContract({
    address: chain().counter,
    abi: counterAbi,
    functionName: 'countOf',
    args: [account.address],
  });
}

const readCount = (account: TestAccount) =>
  encodeFunctionData({ abi: counterAbi, functionName: 'countOf', args: [account.address] });

describe('calldata', () => {
  it('is put together from raw bytes', async () => {
    const account = await sessionAccount(chain());
    expectDone(await run(account, adding([raw(word(7n))])));
    expect(await countOf(account)).toBe(7n);
  });

  it('is put together from what a call returns at that time', async () => {
    const account = await sessionAccount(chain());
    const doubled = adding([staticCall(chain().counter, readCount(account))]);
    expectDone(await run(account, [...adding([raw(word(3n))]), ...doubled, ...doubled]));
    expect(await countOf(account)).toBe(12n);
  });

  it('carries value', async () => {
    const account = await sessionAccount(chain());
    const pay = {
      to: chain().counter,
      value: 4n,
      functionSig: selectors.pay,
      inputParams: [],
      outputParams: [],
    };
    expectDone(await run(account, [pay]));
    expect(await countOf(account)).toBe(4n);
  });

  it('installs the session module and enables it in the account’s first operation', async () => {
    const account = await futureAccount(chain());
    const args = [1n, sessionContracts.SmartSession, '0x'] as const;
    const install = encodeFunctionData({ abi: accountAbi, functionName: 'installModule', args });
    const self = {
      to: account.address,
      value: 0n,
      functionSig: '0x9517e29f',
      inputParams: [raw(`0x${install.slice(10)}`)],
      outputParams: [],
    } as const;
    expectDone(await run(account, [self, ...adding([raw(word(1n))])], account.initCode));
    const installed = {
      address: account.address,
      abi: accountAbi,
      functionName: 'isModuleInstalled',
      args,
    } as const;
    expect(await chain().client.readContract(installed)).toBe(true);
  });
});

describe('constraints', () => {
  const within = (low: bigint, high: bigint) =>
    encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [word(low), word(high)]);

  it.each([
    ['equal', word(5n), [5], [4, 6]],
    ['atLeast', word(5n), [5, 6], [4]],
    ['atMost', word(5n), [4, 5], [6]],
    ['inRange', within(4n, 6n), [4, 6], [3, 7]],
  ] as const)('%s: passes and refuses at the boundary', async (name, referenceData, passing, refused) => {
    const account = await sessionAccount(chain());
    const rule = { constraintType: constraint[name], referenceData };
    for (const value of passing) expectDone(await run(account, adding([raw(word(BigInt(value)), [rule])])));
    for (const value of refused) {
      expect(await run(account, adding([raw(word(BigInt(value)), [rule])]))).toMatchObject({
        kind: 'done',
        success: false,
        reason: { name: 'ConstraintNotMet', args: [constraint[name]] },
      });
    }
  });

  it('hold what a call returns', async () => {
    const account = await sessionAccount(chain());
    const atLeast = (value: bigint) => [{ constraintType: constraint.atLeast, referenceData: word(value) }];
    const conditional = (value: bigint) =>
      adding([staticCall(chain().counter, readCount(account), atLeast(value))]);
    expectDone(await run(account, adding([raw(word(2n))])));
    expect(await run(account, conditional(3n))).toMatchObject({
      success: false,
      reason: { name: 'ConstraintNotMet', args: [constraint.atLeast] },
    });
    expectDone(await run(account, conditional(2n)));
    expect(await countOf(account)).toBe(4n);
  });

  it('may hang on a param that only adds bytes at the end', async () => {
    const account = await sessionAccount(chain());
    const holds = [{ constraintType: constraint.equal, referenceData: word(0n) }];
    const params = [raw(word(2n)), staticCall(chain().counter, readCount(account), holds)];
    expectDone(await run(account, adding(params)));
    expect(await run(account, adding(params))).toMatchObject({ reason: { name: 'ConstraintNotMet' } });
    expect(await countOf(account)).toBe(2n);
  });

  it('are on the word of their own place', async () => {
    const account = await sessionAccount(chain());
    const equal = (value: bigint) => ({ constraintType: constraint.equal, referenceData: word(value) });
    const two = `0x${word(1n).slice(2)}${word(2n).slice(2)}` as const;
    expectDone(await run(account, adding([raw(two, [equal(1n), equal(2n)])])));
    expect(await run(account, adding([raw(two, [equal(1n), equal(1n)])]))).toMatchObject({
      reason: { name: 'ConstraintNotMet' },
    });
  });
});

describe('failures', () => {
  it('of one call undo all', async () => {
    const account = await sessionAccount(chain());
    const refuse = {
      to: chain().counter,
      value: 0n,
      functionSig: selectors.refuse,
      inputParams: [],
      outputParams: [],
    };
    const outcome = await run(account, [...adding([raw(word(1n))]), refuse]);
    expect(outcome).toMatchObject({ success: false, reason: { name: 'Refused' } });
    expect(await countOf(account)).toBe(0n);
  });

  it('of a fetched call are told apart', async () => {
    const account = await sessionAccount(chain());
    expect(await run(account, adding([staticCall(chain().counter, data.refuse)]))).toMatchObject({
      success: false,
      reason: { name: 'ComposableExecutionFailed' },
    });
  });

  it('a call without a target is left out', async () => {
    const account = await sessionAccount(chain());
    const nowhere = adding([raw(word(1n))]).map((execution) => ({ ...execution, to: zeroAddress }));
    expectDone(await run(account, nowhere));
    expect(await countOf(account)).toBe(0n);
  });
});
