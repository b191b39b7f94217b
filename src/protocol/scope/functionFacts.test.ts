import { toFunctionSelector } from 'viem';
import { describe, expect, it } from 'vitest';
import { readFunction } from '../actions/functionSignature';
import { functionFacts } from './functionFacts';
import { functionName } from './functionName';
import { knownFunctions } from './knownFunctions';
import { ruleFacts } from './ruleFacts';
import { rule } from './testing/sample';
import { tokenEffect } from './tokenEffect';

describe('the list of known functions', () => {
  it.each([...knownFunctions()])('has the selector %s for %s', (selector, signature) => {
    expect(toFunctionSelector(`function ${signature}`)).toBe(selector);
    expect(functionFacts(selector as `0x${string}`, null)).toMatchObject({ signature, source: 'known' });
  });

  it('has every function that moves tokens, with the words where the list puts them', () => {
    const moving = [...knownFunctions()].filter(
      ([selector]) => tokenEffect(selector as `0x${string}`) !== null,
    );
    expect(moving).toHaveLength(11);
    for (const [selector, signature] of moving) {
      const { inputs } = readFunction(signature);
      const effect = tokenEffect(selector as `0x${string}`);
      const nameAt = (offset: bigint) => inputs?.[Number(offset / 32n)]?.name;
      expect(['to', 'spender', 'operator'], signature).toContain(nameAt(effect?.counterparty ?? 99n));
      if (typeof effect?.amount === 'bigint') {
        expect(['amount', 'value', 'addedValue'], signature).toContain(nameAt(effect.amount));
      }
      if (effect?.asset !== undefined) expect(nameAt(effect.asset), signature).toBe('token');
    }
  });

  it('gives names, in any letter case', () => {
    expect(functionName('0xA9059CBB')).toBe('transfer');
    expect(functionName('0xffffffff')).toBe('native transfer');
    expect(functionName('0x12345678')).toBeNull();
  });
});

describe("a dapp's claim", () => {
  it('counts when it has the selector and nothing better is known', () => {
    expect(functionFacts('0xe5071b8e', 'incrementCount()')).toMatchObject({
      signature: 'incrementCount()',
      source: 'dapp',
      isDisputed: false,
    });
  });

  it.each([
    ['another function', 'decrementCount()'],
    ['no signature', 'incrementCount'],
    ['a name that is longer than any', `${'a'.repeat(65)}()`],
    ['words around it', 'pay incrementCount()'],
    ['more words than a call can hold', 'incrementCount(uint256[999999999])'],
    ['nothing that parses', 'incrementCount((((('],
  ])('does not count when it is %s', (_name, claim) => {
    expect(functionFacts('0xe5071b8e', claim)).toBeNull();
  });

  it('never replaces a known signature, and is disputed when it differs from it', () => {
    const known = 'transfer(address to, uint256 amount)';
    expect(functionFacts('0xa9059cbb', 'transfer(address,uint256)')).toMatchObject({
      signature: known,
      isDisputed: false,
    });
    expect(functionFacts('0xa9059cbb', 'deposit()')).toMatchObject({ signature: known, isDisputed: true });
    expect(functionFacts('0xa9059cbb', 'many_msg_babbage(bytes1)')).toMatchObject({
      signature: known,
      isDisputed: true,
    });
  });
});

describe('what a rule reads', () => {
  const facts = (signature: string | null, ...changes: readonly Parameters<typeof rule>[0][]) =>
    ruleFacts(changes.map(rule), signature === null ? null : readFunction(signature).inputs);
  const at = (offset: bigint) => ({ calldataOffset: offset });

  it('is named by the field that really stands at the offset', () => {
    expect(facts('f((address,uint256) p, address to)', at(32n), at(64n))).toMatchObject([
      { offset: 32n, argument: 'p.2', type: 'uint256', problem: null },
      { offset: 64n, argument: 'to', type: 'address', problem: null },
    ]);
    expect(facts('g(uint256[3] a, address to)', at(64n), at(96n))).toMatchObject([
      { argument: 'a[2]', type: 'uint256' },
      { argument: 'to', type: 'address' },
    ]);
    expect(facts('f(address,uint256)', at(32n))).toMatchObject([{ argument: '2', type: 'uint256' }]);
  });

  it('is told by its raw offset where nothing is known', () => {
    expect(facts(null, at(0n), at(64n))).toEqual([
      { rule: 0, offset: 0n, argument: null, type: null, problem: null },
      { rule: 1, offset: 64n, argument: null, type: null, problem: null },
    ]);
  });

  it('may be no argument', () => {
    expect(facts('f(bytes data, uint256 x)', at(0n), at(16n), at(64n))).toMatchObject([
      { argument: 'data', problem: 'pointer' },
      { argument: null, problem: 'misaligned' },
      { argument: null, problem: 'outside' },
    ]);
    expect(facts(null, at(33n))).toMatchObject([{ problem: 'misaligned' }]);
  });

  it('may be a signed number that is compared without its sign', () => {
    expect(
      facts(
        'h(int256 x)',
        { condition: 'greaterThan' },
        { condition: 'equal' },
        { condition: 'notEqual', isLimited: true },
      ),
    ).toMatchObject([{ problem: 'signed' }, { problem: null }, { problem: 'signed' }]);
    expect(facts('h(uint256 x)', { condition: 'greaterThan' })).toMatchObject([{ problem: null }]);
  });
});
