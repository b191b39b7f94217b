import fc from 'fast-check';
import { parseAbiItem } from 'viem';
import { describe, expect, it } from 'vitest';
import { parseFunction } from './parseFunction';

/** What viem reads; null where it refuses. */
const reference = (text: string): unknown => {
  try {
    const item = parseAbiItem(text.startsWith('function ') ? text : `function ${text}`);
    return item.type === 'function' ? { name: item.name, inputs: item.inputs } : null;
  } catch {
    return null;
  }
};

const own = (text: string): unknown => {
  const item = parseFunction(text);
  return item && { name: item.name, inputs: item.inputs };
};

const arrays = fc.array(fc.constantFrom('[]', '[2]', '[10]'), { maxLength: 2 }).map((list) => list.join(''));
const simple = fc.constantFrom(
  'address',
  'bool',
  'bytes',
  'string',
  'bytes4',
  'bytes32',
  'uint',
  'int',
  'uint48',
  'int256',
);
const name = fc.constantFrom('', ' a', ' amount', ' _to', ' $x1');

const { parameter } = fc.letrec<{ parameter: string; tuple: string }>((tie) => ({
  tuple: fc
    .array(tie('parameter'), { minLength: 1, maxLength: 3 })
    .map((members) => `(${members.join(', ')})`),
  parameter: fc
    .tuple(fc.oneof({ maxDepth: 3 }, simple, tie('tuple')), arrays, name)
    .map((parts) => parts.join('')),
}));

const signature = fc
  .tuple(
    fc.constantFrom('', 'function '),
    fc.constantFrom('transfer', '_f', '$', 'a1'),
    fc.array(parameter, { maxLength: 4 }),
    fc.constantFrom('', ' external', ' public view', ' payable', ' view returns (uint256)', ' returns(bool)'),
  )
  .map(([prefix, called, inputs, tail]) => `${prefix}${called}(${inputs.join(',')})${tail}`);

describe('a function in words', () => {
  it('is read as viem reads it', () => {
    fc.assert(
      fc.property(signature, (text) => {
        expect(own(text)).not.toBeNull();
        expect(own(text)).toEqual(reference(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    'f(bytes memory data, uint256[] calldata list, (uint256 a)[] storage s)',
    'f( address to , uint256 amount )',
  ])('is read as viem reads it: %s', (text) => {
    expect(own(text)).not.toBeNull();
    expect(own(text)).toEqual(reference(text));
  });

  it.each([
    '',
    'f',
    'f(',
    'f)',
    'f()x',
    'f(())',
    '1f()',
    'f(,)',
    'f(tuple(address a) b)',
    'f(uint7)',
    'f(uint264)',
    'f(uint08)',
    'f(bytes33)',
    'f(bytes0)',
    'f(Token)',
    'f(uint256 memory a)',
    'f(uint256 a b)',
    'f(uint256[)',
    'f(uint256 1a)',
    'f((uint256)',
    'f(uint256))',
    'event f()',
    'f() internal',
  ])('is refused, as viem refuses it: %s', (text) => {
    expect(reference(text)).toBeNull();
    expect(own(text)).toBeNull();
  });

  it('is refused with a comma at the end, which viem reads', () => {
    expect(own('f(uint256,)')).toBeNull();
  });
});
