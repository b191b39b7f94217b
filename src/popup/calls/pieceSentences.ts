import { type Address, type Hex, zeroAddress } from 'viem';
import type { Constraint } from '../../protocol/actions/composableCall';
import { sameAddress } from '../../protocol/address';
import { type Sentence, type SentencePart, sentence } from '../../protocol/policies/sentence';
import type { ReviewedCall, ReviewedPiece } from '../../rpc/popup/reviewParts';
import type { ArgumentSlot } from '../policies/argumentSlots';
import { functionSlots } from '../policies/functionSlots';
import { unknownParts, wordParts } from '../policies/wordParts';
import { labelTitle } from '../review/functionTitle';

const wordBytes = 32;

const relations: Record<Exclude<Constraint['type'], 'inRange'>, string> = {
  equal: ' must be exactly ',
  greaterThanOrEqual: ' must be at least ',
  lessThanOrEqual: ' must be at most ',
};

const bytesOf = (data: Hex): number => (data.length - 2) / 2;

/** Bytes that a piece fills; undefined when that is only known at execution. */
function sizeOf(piece: ReviewedPiece): number | undefined {
  if (piece.kind === 'staticCall') return undefined;
  return piece.kind === 'fixed' ? bytesOf(piece.data) : wordBytes;
}

/** Offset of a piece behind the selector, as far as the pieces before it have a known size. */
function offsetOf(pieces: readonly ReviewedPiece[], index: number): number | undefined {
  return pieces
    .slice(0, index)
    .map(sizeOf)
    .reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}

function slotAt(call: ReviewedCall, offset: number | undefined): ArgumentSlot | undefined {
  if (call.selector === null || offset === undefined || offset % wordBytes !== 0) return undefined;
  return functionSlots(call.selector, call.signature?.text)[offset / wordBytes];
}

function ownerParts(holder: Address, account: Address): SentencePart[] {
  return sameAddress(holder, account) ? ['your account'] : [{ kind: 'address', value: holder }];
}

function sourceParts(piece: ReviewedPiece, account: Address): SentencePart[] {
  switch (piece.kind) {
    case 'fixed':
      return bytesOf(piece.data) > wordBytes
        ? [`${bytesOf(piece.data)} fixed bytes`]
        : [{ kind: 'word', value: piece.data }];
    case 'staticCall':
      return [
        `what ${labelTitle(piece.signature).name} of `,
        { kind: 'address', value: piece.target },
        ' answers at that moment',
      ];
    case 'balance':
      return sameAddress(piece.token, zeroAddress)
        ? [
            'all of the chain’s own coin that ',
            ...ownerParts(piece.account, account),
            ' holds at that moment',
          ]
        : [
            'the whole balance of the token ',
            { kind: 'address', value: piece.token },
            ' that ',
            ...ownerParts(piece.account, account),
            ' holds at that moment',
          ];
  }
}

function valueParts(value: bigint, piece: ReviewedPiece): SentencePart[] {
  if (piece.kind !== 'balance') return unknownParts(value);
  return [{ kind: 'amount', value, token: sameAddress(piece.token, zeroAddress) ? 'native' : piece.token }];
}

/** The n-th check is about the n-th word. */
function constraintSentence(constraint: Constraint, index: number, piece: ReviewedPiece): Sentence {
  const subject = piece.constraints.length === 1 ? 'It' : `Word ${index + 1} of it`;
  const show = (word: Hex) => valueParts(BigInt(word), piece);
  if (constraint.type === 'inRange') {
    const { lower, upper } = constraint;
    return sentence('info', subject, ' must be from ', ...show(lower), ' to ', ...show(upper), '.');
  }
  return sentence('info', subject, relations[constraint.type], ...show(constraint.value), '.');
}

/** A piece of a call that is put together at execution: which argument it is, where it comes from, and what is checked. */
export function pieceSentences(call: ReviewedCall, index: number, account: Address): readonly Sentence[] {
  const piece = call.pieces[index];
  if (piece === undefined) return [];
  const offset = offsetOf(call.pieces, index);
  const slot = slotAt(call, offset);
  const subject =
    slot === undefined ? `Part ${index + 1}: ` : `Argument ${slot.argument}${slot.path}, ${slot.type}: `;
  const isWord = piece.kind === 'fixed' && bytesOf(piece.data) === wordBytes;
  const source =
    isWord && slot !== undefined && call.selector !== null
      ? wordParts(BigInt(piece.data), BigInt(offset ?? 0), slot, {
          selector: call.selector,
          target: call.target,
        })
      : sourceParts(piece, account);
  return [
    sentence('info', subject, ...source, '.'),
    ...piece.constraints.map((constraint, word) => constraintSentence(constraint, word, piece)),
  ];
}
