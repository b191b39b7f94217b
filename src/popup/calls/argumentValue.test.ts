import { describe, expect, it } from 'vitest';
import { someone } from '../testing/reviewSamples';
import { argumentValue } from './argumentValue';

const transfer = { selector: '0xa9059cbb' } as const;
const other = { selector: '0x12345678' } as const;

describe('argumentValue', () => {
  it('is an amount only where a token function takes one', () => {
    const argument = { type: 'uint256', value: '1500' };
    expect(argumentValue(transfer, argument, 1)).toEqual({ kind: 'amount', value: 1500n });
    expect(argumentValue(transfer, argument, 0)).toEqual({ kind: 'number', value: 1500n });
    expect(argumentValue(other, argument, 1)).toEqual({ kind: 'number', value: 1500n });
    expect(argumentValue({ selector: null }, argument, 1).kind).toBe('number');
  });

  it('gives addresses their checksum, and no address to what is none', () => {
    const lower = { type: 'address', value: someone.toLowerCase() };
    expect(argumentValue(other, lower, 0)).toEqual({ kind: 'address', value: someone });
    expect(argumentValue(other, { type: 'address', value: '0x12' }, 0).kind).toBe('text');
  });

  it('keeps a sign', () => {
    expect(argumentValue(other, { type: 'int8', value: '-5' }, 0)).toEqual({ kind: 'number', value: -5n });
  });

  it('cleans and cuts everything else', () => {
    expect(argumentValue(other, { type: 'string', value: 'safe\u202Eevil' }, 0)).toEqual({
      kind: 'text',
      value: 'safeevil',
    });
    expect(argumentValue(other, { type: 'bytes', value: `0x${'11'.repeat(9000)}` }, 0)).toMatchObject({
      value: expect.stringMatching(/…$/),
    });
  });
});
