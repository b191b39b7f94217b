import fc from 'fast-check';
import { type Address, concatHex, getAddress, numberToHex, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { readDelegation } from './account/authorization';
import { encodeTransfer, readTransfer } from './actions/transfer';
import { encodeTransferFrom, readTransferFrom } from './actions/transferFrom';
import { feeBudgetAction, readFeeBudget } from './session/payment';
import { decodeUseSignature, encodeUseSignature } from './session/signature';
import { toWord } from './word';

const address = fc
  .bigInt(1n, 2n ** 160n - 1n)
  .map((value): Address => getAddress(numberToHex(value, { size: 20 })));
const word = fc.bigInt(0n, 2n ** 256n - 1n);
const amount = fc.bigInt(1n, 2n ** 256n - 1n);
const runs = { numRuns: 10_000 };

describe('what is written reads back', () => {
  it('as a transfer', () => {
    fc.assert(
      fc.property(address, word, (recipient, value) => {
        expect(readTransfer(encodeTransfer(recipient, value))).toEqual({ recipient, amount: value });
      }),
      runs,
    );
  }, 120_000);

  it('as a transfer from somebody', () => {
    fc.assert(
      fc.property(address, address, word, (from, recipient, value) => {
        expect(readTransferFrom(encodeTransferFrom(from, recipient, value))).toEqual({
          from,
          recipient,
          amount: value,
        });
      }),
      runs,
    );
  }, 120_000);

  it('as a fee budget in a token or in native coin', () => {
    fc.assert(
      fc.property(address, amount, fc.boolean(), (contract, maxPaymentAmount, isNative) => {
        const budget = isNative
          ? { token: zeroAddress, maxPaymentAmount, payee: contract }
          : { token: contract, maxPaymentAmount };
        expect(readFeeBudget(feeBudgetAction(budget))).toEqual(budget);
      }),
      runs,
    );
  }, 120_000);

  it('as a session signature', () => {
    fc.assert(
      fc.property(word, word, (permission, inner) => {
        const parts = { permissionId: toWord(permission), inner: toWord(inner) };
        expect(decodeUseSignature(encodeUseSignature(parts.permissionId, parts.inner))).toEqual(parts);
      }),
      runs,
    );
  }, 120_000);

  it('as a delegation', () => {
    fc.assert(
      fc.property(address, address, (delegate, expected) => {
        const kind = delegate === expected ? 'expected' : 'foreign';
        expect(readDelegation(concatHex(['0xef0100', delegate]), expected)).toEqual({ kind, delegate });
      }),
      runs,
    );
  }, 120_000);
});
