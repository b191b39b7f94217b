import type { Hex } from 'viem';
import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import type { ReviewedPiece } from '../../rpc/popup/reviewParts';
import { account, sampleCall, someone, token } from '../testing/reviewSamples';
import { pieceSentences } from './pieceSentences';

const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;
const fixed = (data: Hex): ReviewedPiece => ({ kind: 'fixed', data, constraints: [] });
const balance = (over: Partial<Extract<ReviewedPiece, { kind: 'balance' }>> = {}): ReviewedPiece => ({
  kind: 'balance',
  token,
  account,
  constraints: [],
  ...over,
});

const shown = (pieces: readonly ReviewedPiece[], over: Parameters<typeof sampleCall>[0] = {}) => {
  const call = sampleCall({ selector: '0xa9059cbb', pieces, ...over });
  return pieces.map((_, index) => pieceSentences(call, index, account).map(({ text }) => text));
};

describe('pieceSentences', () => {
  it('names the arguments of a known function and reads fixed words by their type', () => {
    expect(shown([fixed(word(BigInt(someone))), balance()])).toEqual([
      [`Argument 1, address: ${someone}.`],
      [
        `Argument 2, uint256: the whole balance of the token ${token} that your account holds at that moment.`,
      ],
    ]);
  });

  it('counts bytes, not pieces, to find the argument', () => {
    const both = fixed(`${word(BigInt(someone))}${word(5n).slice(2)}`);
    expect(shown([both, fixed(word(1n))])).toEqual([
      ['Argument 1, address: 64 fixed bytes.'],
      [`Part 2: ${word(1n)}.`],
    ]);
  });

  it('names no argument behind something whose size is not known', () => {
    const answer: ReviewedPiece = {
      kind: 'staticCall',
      target: someone,
      data: '0x12345678',
      constraints: [],
    };
    const [first, second] = shown([answer, fixed(word(1n))]);
    expect(first).toEqual([
      `Argument 1, address: what Unknown function of ${someone} answers at that moment.`,
    ]);
    expect(second?.[0]).toMatch(/^Part 2: /);
  });

  it('names no argument of a function that is not known', () => {
    expect(shown([fixed(word(1n))], { selector: '0x12345678' })[0]?.[0]).toMatch(/^Part 1: /);
  });

  it('says whose balance it is when it is not the account’s', () => {
    const [first] = shown([balance({ account: someone, token: zeroAddress })]);
    expect(first?.[0]).toContain(`own coin that ${someone} holds`);
  });

  it('says the check of a value in its unit', () => {
    const constraints = [{ type: 'greaterThanOrEqual', value: word(5n) }] as const;
    expect(shown([balance({ constraints })])[0]?.[1]).toBe(`It must be at least 5 units of ${token}.`);
  });

  it('says which word of an answer a check is about, with both ends of a range', () => {
    const constraints = [
      { type: 'equal', value: word(5n) },
      { type: 'inRange', lower: word(7n), upper: word(9n) },
    ] as const;
    const answer = { kind: 'staticCall', target: someone, data: '0x12345678', constraints } as const;
    expect(shown([answer])[0]?.slice(1)).toEqual([
      'Word 1 of it must be exactly 5 (0x5).',
      'Word 2 of it must be from 7 (0x7) to 9 (0x9).',
    ]);
  });
});
