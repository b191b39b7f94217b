import * as v from 'valibot';
import { concatHex, hashMessage, slice } from 'viem';
import { describe, expect, it } from 'vitest';
import { encodeExecute } from '../actions/execute';
import { encodeTransfer } from '../actions/transfer';
import { encodeTransferFrom } from '../actions/transferFrom';
import { parseQuoteResponse, type QuoteResponse } from './quoteResponse';
import { encodeSimpleSignature, superTransactionDigest } from './sign';
import { type Change, changeOp, changePayment, changeUserOp, hostile } from './testing/hostileNode';
import { type RecordingName, rebuiltRequest, recordedResponse, recordingNames } from './testing/recordings';
import { verifyQuote } from './verify';
import { bytesSchema } from './wire';

const responseOf = (name: RecordingName) => parseQuoteResponse(recordedResponse(name));
const verify = (name: RecordingName, response: QuoteResponse, maxFee = 1_000_000n) =>
  verifyQuote({ request: rebuiltRequest(name), response, maxFee });
const names = (field: string) => expect.objectContaining({ code: 'QUOTE_MISMATCH', field });

const attacker = '0x000000000000000000000000000000000000dEaD';
const otherHash = `0x${'11'.repeat(32)}`;

/** Members of an answer that decide nothing: what the node says about itself or repeats for display. */
const undecided = new Set(['commitment', 'tokenAmount', 'tokenValue', 'maxGasLimit', 'metadata']);
/** Members that the request carries for gas estimation only, echoed in `paymentInfo` and `sessionDetails`. */
const echoes = new Set(['callGasLimit', 'verificationGasLimit', 'initCode', 'shortEncoding']);

/** Every leaf of a JSON value with its path. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) =>
    undecided.has(key) ? [] : leavesOf(member, [...path, key]),
  );
}

/** The value with one leaf changed into another value of the same shape. */
function mutated(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return otherValue(value);
  if (Array.isArray(value)) {
    return value.map((member, index) => (String(index) === key ? mutated(member, rest) : member));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === key ? mutated(member, rest) : member]),
  );
}

function otherValue(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  const text = String(value);
  if (text === '0x') return '0x01';
  return `${text.slice(0, -1)}${text.endsWith('1') ? '2' : '1'}`;
}

/** Outside the operation itself the gas price is a copy; bounds of a payment by a session key are the node's choice. */
const isDecisive = (path: readonly string[], isUse: boolean): boolean => {
  if (path[2] === 'maxFeePerGas') return false;
  if (isUse && path[1] === '0' && path[2]?.endsWith('BoundTimestamp')) return false;
  if (path[0] === 'paymentInfo') return !path.includes('sessionDetails') && !echoes.has(path[1] ?? '');
  if (path[2] !== 'sessionDetails') return true;
  return path[3] === 'permissionId';
};

describe.each(recordingNames)('%s quote', (name) => {
  const isUse = name.endsWith('USE');
  const { request, response: recorded } = { request: rebuiltRequest(name), response: responseOf(name) };
  const { token, eoa } = request.paymentInfo;
  const recordedFee = BigInt(recorded.paymentInfo.tokenWeiAmount);
  const paymaster = recorded.userOps[0]?.userOp.paymasterAndData ?? '0x';
  const fee = (amount: bigint, recipient = recorded.node) => ({
    to: token,
    value: 0n,
    data: eoa === undefined ? encodeTransfer(recipient, amount) : encodeTransferFrom(eoa, recipient, amount),
  });
  const pay = (...calls: Parameters<typeof encodeExecute>[0]): Change =>
    changeUserOp(0, { callData: encodeExecute(calls) });

  it('is accepted at exactly the highest fee and refused above', () => {
    expect(() => verify(name, recorded, recordedFee)).not.toThrow();
    expect(() => verify(name, recorded, recordedFee - 1n)).toThrow(names('fee'));
  });

  it('is refused when any one member is another, hashes left as they were', () => {
    const json = recordedResponse(name);
    const paths = leavesOf(json).filter((path) => isDecisive(path, isUse));
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) {
      const changed = parseQuoteResponse(mutated(json, path));
      expect(() => verify(name, changed), path.join('.')).toThrow(
        expect.objectContaining({ code: 'QUOTE_MISMATCH' }),
      );
    }
  });

  it.each([0, 1])('binds every member of operation %i to its hash', (index) => {
    const changes = {
      callGasLimit: '1',
      verificationGasLimit: '1',
      maxFeePerGas: '1',
      maxPriorityFeePerGas: '1',
      preVerificationGas: '1',
      paymasterAndData: concatHex([paymaster, '0x00']),
    };
    for (const [member, value] of Object.entries(changes)) {
      const response = parseQuoteResponse(changeUserOp(index, { [member]: value })(recorded));
      expect(() => verify(name, response), member).toThrow(names(`userOps[${index}].userOpHash`));
    }
  });

  it.each<[string, Change]>([
    ['quoteType', (response) => ({ ...response, quoteType: 'other' })],
    [
      'userOps.length',
      (response) => ({ ...response, userOps: [...response.userOps, ...response.userOps.slice(1)] }),
    ],
    ['userOps.length', (response) => ({ ...response, userOps: response.userOps.slice(0, 1) })],
    ['userOps[0].nonce', (response) => ({ ...response, userOps: response.userOps.toReversed() })],
    ['paymentInfo.sponsored', changePayment({ sponsored: true })],
    ['paymentInfo.sender', changePayment({ sender: attacker })],
    ['paymentInfo.token', changePayment({ token: attacker })],
    ['paymentInfo.nonce', changePayment({ nonce: '1' })],
    ['paymentInfo.chainId', changePayment({ chainId: '10' })],
    ['paymentInfo.eoa', changePayment({ eoa: attacker })],
    ['paymentInfo.tokenWeiAmount', changePayment({ tokenWeiAmount: '1' })],
    ['userOps[0].sender', changeUserOp(0, { sender: attacker })],
    ['userOps[1].sender', changeUserOp(1, { sender: attacker })],
    ['userOps[0].nonce', changeUserOp(0, { nonce: '1' })],
    ['userOps[1].nonce', changeUserOp(1, { nonce: '1' })],
    ['userOps[0].initCode', changeUserOp(0, { initCode: attacker })],
    ['userOps[1].initCode', changeUserOp(1, { initCode: attacker })],
    ['userOps[0].chainId', changeOp(0, () => ({ chainId: '10' }))],
    ['userOps[1].chainId', changeOp(1, () => ({ chainId: '10' }))],
    ['userOps[0].shortEncoding', changeOp(0, (op) => ({ shortEncoding: !op.shortEncoding }))],
    ['userOps[1].shortEncoding', changeOp(1, (op) => ({ shortEncoding: !op.shortEncoding }))],
    ['userOps[1].isCleanUpUserOp', changeOp(1, () => ({ isCleanUpUserOp: true }))],
    ['userOps[0].lowerBoundTimestamp', changeOp(0, () => ({ lowerBoundTimestamp: '1' }))],
    ['userOps[0].upperBoundTimestamp', changeOp(0, () => ({ upperBoundTimestamp: '9999999999' }))],
    ['userOps[1].lowerBoundTimestamp', changeOp(1, () => ({ lowerBoundTimestamp: '1' }))],
    ['userOps[1].upperBoundTimestamp', changeOp(1, () => ({ upperBoundTimestamp: '9999999999' }))],
    ['userOps[1].callData', changeUserOp(1, { callData: encodeExecute([fee(1n)]) })],
    ['userOps[0].callData', pay(fee(recordedFee), fee(1n))],
    ['userOps[0].callData', pay({ ...fee(recordedFee), value: 1n })],
    ['userOps[0].callData', pay({ ...fee(recordedFee), to: attacker })],
    ['userOps[0].callData', pay(fee(recordedFee, attacker))],
    ['userOps[0].callData', pay({ ...fee(1n), data: concatHex(['0x095ea7b3', slice(fee(1n).data, 4)]) })],
    ['userOps[0].callData', pay({ ...fee(1n), data: concatHex([fee(1n).data, '0x00']) })],
    [
      'userOps[0].callData',
      pay({ ...fee(1n), data: encodeTransferFrom(attacker, recorded.node, recordedFee) }),
    ],
    ['userOps[0].callData', changeUserOp(0, { callData: '0x' })],
    ['paymentInfo.tokenWeiAmount', pay(fee(2_000_000n))],
    [
      'fee',
      (response) =>
        changePayment({ tokenWeiAmount: '2000000' })(parseQuoteResponse(pay(fee(2_000_000n))(response))),
    ],
    ['userOps[0].paymasterAndData', changeUserOp(0, { paymasterAndData: '0x' })],
    ['userOps[1].paymasterAndData', changeUserOp(1, { paymasterAndData: '0x' })],
    ['userOps[1].paymasterAndData', changeUserOp(1, { paymasterAndData: slice(paymaster, 0, 51) })],
    [
      'userOps[1].paymasterAndData',
      changeUserOp(1, { paymasterAndData: concatHex([`0x${'00'.repeat(20)}`, slice(paymaster, 20)]) }),
    ],
    ['userOps[1].eip7702Auth', changeOp(1, () => ({ eip7702Auth: authorization }))],
  ])('names %s when the node changes it, hashes made consistent', (field, change) => {
    expect(() => verify(name, hostile(recorded, change))).toThrow(names(field));
  });

  it('names a number that does not fit an operation', () => {
    const tooLarge = changeUserOp(1, { callGasLimit: (2n ** 128n).toString() })(recorded);
    expect(() => verify(name, parseQuoteResponse(tooLarge))).toThrow(names('userOps[1].userOp'));
  });

  it('names the permission when another one is to validate an operation', () => {
    const change = changeOp(1, () => ({ sessionDetails: { permissionId: otherHash } }));
    expect(() => verify(name, hostile(recorded, change))).toThrow(
      names('userOps[1].sessionDetails.permissionId'),
    );
  });

  it('may leave out the quote type, which was asked for', () => {
    const { quoteType: _omitted, ...rest } = recorded;
    expect(() => verify(name, parseQuoteResponse(rest))).not.toThrow();
  });

  it('may leave the paymaster out where gas costs nothing', () => {
    const free = { paymasterAndData: '0x', maxFeePerGas: '0', maxPriorityFeePerGas: '0' };
    expect(() => verify(name, hostile(recorded, changeUserOp(1, free)))).not.toThrow();
  });

  it('is refused for another entry point', () => {
    const parameters = { request, response: recorded, maxFee: 1_000_000n };
    expect(() => verifyQuote({ ...parameters, entryPoint: attacker })).toThrow(
      names('userOps[0].userOpHash'),
    );
  });

  it(`takes ${isUse ? 'bare operation hashes' : 'operation hashes with their bounds'} as leaves`, () => {
    const quote = verify(name, recorded);
    if (isUse) expect(quote.leaves).toEqual(quote.userOpHashes);
    else expect(quote.leaves.some((leaf) => quote.userOpHashes.includes(leaf))).toBe(false);
  });
});

const authorization = {
  chainId: '0x2105',
  address: attacker,
  nonce: '0x0',
  r: otherHash,
  s: otherHash,
  yParity: '0x0',
};

describe('signature', () => {
  it('is of the personal_sign digest over the raw hash', () => {
    const quote = verify('simple USE', responseOf('simple USE'));
    expect(superTransactionDigest(quote)).toBe(hashMessage({ raw: quote.hash }));
    expect(superTransactionDigest(quote)).not.toBe(hashMessage(quote.hash));
  });

  it('is not made of the whole for quotes that are signed in another way', () => {
    const quote = verify('permit PREPARE', responseOf('permit PREPARE'));
    expect(() => superTransactionDigest(quote)).toThrow(expect.objectContaining({ code: 'SIGNING_KIND' }));
  });

  it('gets v as 27 or 28, and nothing but 65 bytes is accepted', () => {
    const body = v.parse(bytesSchema, `0x${'ab'.repeat(64)}`);
    expect(encodeSimpleSignature(`${body}00`)).toBe(`0x177eee00${body.slice(2)}1b`);
    expect(encodeSimpleSignature(`${body}01`)).toBe(`0x177eee00${body.slice(2)}1c`);
    for (const other of [body, `${body}1d`, `${body}1b00`, '0x'] as const) {
      expect(() => encodeSimpleSignature(other)).toThrow(
        expect.objectContaining({ code: 'SIGNATURE_SHAPE' }),
      );
    }
  });
});
