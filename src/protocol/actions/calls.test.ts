import fc, { type Arbitrary } from 'fast-check';
import * as v from 'valibot';
import { type Address, concatHex, getAddress, type Hex, numberToHex, slice } from 'viem';
import { describe, expect, it } from 'vitest';
import { bytesSchema } from '../mee/wire';
import { toWord } from '../word';
import vectors from './actions.vectors.json';
import type { Call } from './call';
import { decodeComposable, encodeComposable } from './composable';
import { decodeExecute, encodeExecute } from './execute';
import { encodeTransfer, readTransfer } from './transfer';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const single: Call = { to: counter, value: 0n, data: '0xe5071b8e' };
const batch: Call[] = [single, { to: counter, value: 5n, data: '0xb7f90f12' }];

const anyAddress: Arbitrary<Address> = fc
  .bigInt(0n, 2n ** 160n - 1n)
  .map((value) => getAddress(numberToHex(value, { size: 20 })));
const bytes = (minLength: number): Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength, maxLength: 80 })
    .map((value) => asHex(`0x${Buffer.from(value).toString('hex')}`));
const calls = (minLength: number): Arbitrary<Call[]> =>
  fc.array(fc.record({ to: anyAddress, value: fc.bigInt(0n, 2n ** 256n - 1n), data: bytes(minLength) }), {
    minLength: 1,
    maxLength: 3,
  });

describe('execute', () => {
  it('gives the known bytes for one call and for a batch', () => {
    expect(encodeExecute([single])).toBe(vectors['calls/execute single'].expected);
    expect(encodeExecute(batch)).toBe(vectors['calls/execute batch'].expected);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(calls(0), (list) => {
        expect(decodeExecute(encodeExecute(list))).toEqual(list);
      }),
      { numRuns: 10_000 },
    );
  }, 180_000);

  const good = encodeExecute([single]);
  it.each<[string, Hex]>([
    ['nothing', '0x'],
    ['another function', '0xa9059cbb'],
    ['try mode', asHex(`0xe9ae5c530001${good.slice(14)}`)],
    ['delegatecall mode', asHex(`0xe9ae5c53ff00${good.slice(14)}`)],
    ['bytes behind the end', concatHex([good, '0x00'])],
    ['a missing byte', slice(good, 0, 163)],
    ['dirty padding', asHex(`${good.slice(0, -1)}1`)],
    ['a packed call that is cut', encodeCut()],
    ['a batch of one, which is written as a single call', batchOfOne()],
  ])('refuses %s', (_name, callData) => {
    expect(() => decodeExecute(callData)).toThrow(expect.objectContaining({ code: 'EXECUTE_CALLDATA' }));
  });

  it('refuses to encode no call', () => {
    expect(() => encodeExecute([])).toThrow(expect.objectContaining({ code: 'NO_CALLS' }));
  });
});

describe('executeComposable', () => {
  const callOf = ([struct]: {
    to: string;
    functionSig: string;
    inputParams: { paramData: string }[];
  }[]): Call => ({
    to: getAddress(struct?.to ?? ''),
    value: 0n,
    data: asHex(`${struct?.functionSig}${struct?.inputParams[0]?.paramData.slice(2)}`),
  });

  it.each([
    ['calls/composable 1.0.0 install (raw) call struct', 'calls/executeComposable 1.0.0 [install raw]'],
    ['calls/composable 1.0.0 enableSessions call struct', 'calls/executeComposable 1.0.0 [enableSessions]'],
  ] as const)('gives the known bytes for %s', (struct, encoded) => {
    expect(encodeComposable([callOf(vectors[struct].expected)])).toBe(vectors[encoded].expected);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(calls(4), (list) => {
        expect(decodeComposable(encodeComposable(list))).toEqual(list);
      }),
      { numRuns: 10_000 },
    );
  }, 180_000);

  it('refuses a call without a selector', () => {
    expect(() => encodeComposable([{ ...single, data: '0xe5071b' }])).toThrow(
      expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }),
    );
  });

  it('refuses parameters that are fetched at run time', () => {
    const good = encodeComposable([{ ...single, data: concatHex(['0xe5071b8e', toWord(1n)]) }]);
    const fetcherWord = good.indexOf(toWord(0n).slice(2), good.indexOf('e5071b8e'));
    const candidates = Array.from({ length: (good.length - 10) / 64 }, (_, word) => 10 + word * 64);
    const flipped = candidates
      .filter((at) => at > fetcherWord && good.slice(at, at + 64) === toWord(0n).slice(2))
      .map((at) => asHex(`${good.slice(0, at)}${toWord(1n).slice(2)}${good.slice(at + 64)}`));
    expect(flipped.length).toBeGreaterThan(0);
    for (const callData of flipped) {
      expect(() => decodeComposable(callData)).toThrow(
        expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }),
      );
    }
  });

  it('refuses plain execute', () => {
    expect(() => decodeComposable(encodeExecute(batch))).toThrow(
      expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }),
    );
  });
});

describe('transfer', () => {
  const data = encodeTransfer(counter, 7n);
  it('reads exactly a transfer', () => {
    expect(readTransfer(data)).toEqual({ recipient: counter, amount: 7n });
  });
  it.each<[string, Hex]>([
    ['trailing bytes', concatHex([data, '0x00'])],
    ['missing bytes', slice(data, 0, 67)],
    ['a dirty address', concatHex(['0xa9059cbb', toWord(2n ** 160n), toWord(7n)])],
    ['an approval', asHex(`0x095ea7b3${data.slice(10)}`)],
    ['nothing', '0x'],
  ])('does not read %s', (_name, other) => {
    expect(readTransfer(other)).toBeNull();
  });
});

function encodeCut(): Hex {
  return concatHex([
    '0xe9ae5c53',
    toWord(0n),
    toWord(64n),
    toWord(20n),
    concatHex([counter, '0x000000000000000000000000']),
  ]);
}

function batchOfOne(): Hex {
  const encoded = encodeExecute(batch);
  return asHex(encoded.replace(toWord(2n).slice(2), toWord(1n).slice(2)));
}
