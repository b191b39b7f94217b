import { describe, expect, it } from 'vitest';
import { argumentSlots } from './argumentSlots';

const shown = (signature: string): string[] =>
  argumentSlots(signature).map(
    (slot) => `${slot.argument}${slot.path} ${slot.type}${slot.dynamic ? ' dynamic' : ''}`,
  );

describe('argumentSlots', () => {
  it('gives one word to each simple argument', () => {
    expect(shown('transferFrom(address,address,uint256)')).toEqual(['1 address', '2 address', '3 uint256']);
    expect(shown('incrementCount()')).toEqual([]);
  });

  it('counts the words of a static tuple, so that later arguments are named right', () => {
    expect(shown('f((address,uint256),address)')).toEqual(['1.1 address', '1.2 uint256', '2 address']);
  });

  it('counts the words of a fixed array', () => {
    expect(shown('g(uint256[3],address)')).toEqual([
      '1[0] uint256',
      '1[1] uint256',
      '1[2] uint256',
      '2 address',
    ]);
    expect(shown('h((bool,int8)[2],address)')).toEqual([
      '1[0].1 bool',
      '1[0].2 int8',
      '1[1].1 bool',
      '1[1].2 int8',
      '2 address',
    ]);
  });

  it('marks words that only hold a position', () => {
    expect(shown('p(bytes,uint256[],(string,uint256),uint8)')).toEqual([
      '1 bytes dynamic',
      '2 uint256[] dynamic',
      '3 (string,uint256) dynamic',
      '4 uint8',
    ]);
    expect(shown('q(string[2],bytes32)')).toEqual(['1 string[2] dynamic', '2 bytes32']);
  });

  it('stays bounded on a hostile signature', () => {
    expect(argumentSlots('x(uint8[99999999][99999999])').length).toBeLessThanOrEqual(256);
    expect(argumentSlots(`x(${'('.repeat(120)}uint8${')'.repeat(120)})`)).toHaveLength(1);
    for (const bare of ['transfer', 'x)(', '(', '']) expect(argumentSlots(bare)).toEqual([]);
  });
});
