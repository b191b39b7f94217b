import * as v from 'valibot';
import { concatHex, type Hex, hashMessage, recoverAddress, size, slice } from 'viem';
import { describe, expect, it } from 'vitest';
import { encodeExecute } from '../actions/execute';
import { encodeTransfer } from '../actions/transfer';
import { meeVersions as suites } from '../constants/versions';
import { meeUserOpHash, userOpHash } from './hash';
import vectors from './mee.vectors.json';
import { superTransactionRoot } from './merkle';
import prepare from './prepare.vectors.json';
import type { QuoteRequest, RequestedUserOp } from './quoteRequest';
import { parseQuoteResponse, type QuoteResponse } from './quoteResponse';
import { buildExecRequest, encodeSimpleSignature, superTransactionDigest } from './sign';
import use from './use.vectors.json';
import { verifyQuote } from './verify';
import { addressSchema, bytesSchema } from './wire';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const recordings = { PREPARE: prepare, USE: use } as const;
type Mode = keyof typeof recordings;

const responseOf = (mode: Mode): QuoteResponse =>
  parseQuoteResponse(structuredClone(recordings[mode].quote.response));

/** The recorded request, its numbers as the builder has them. */
function requestOf(mode: Mode): QuoteRequest {
  const { userOps, paymentInfo } = recordings[mode].quote.request;
  const sender = v.parse(addressSchema, paymentInfo.sender);
  return {
    quoteType: 'simple',
    userOps: userOps.map(
      (userOp): RequestedUserOp => ({
        lowerBoundTimestamp: userOp.lowerBoundTimestamp,
        upperBoundTimestamp: userOp.upperBoundTimestamp,
        sender,
        callData: asHex(userOp.callData),
        callGasLimit: BigInt(userOp.callGasLimit),
        nonce: BigInt(userOp.nonce),
        chainId: BigInt(userOp.chainId),
        isCleanUpUserOp: userOp.isCleanUpUserOp,
        shortEncoding: userOp.shortEncoding,
        metadata: [],
      }),
    ),
    paymentInfo: {
      sponsored: false,
      sender,
      token: v.parse(addressSchema, paymentInfo.token),
      nonce: BigInt(paymentInfo.nonce),
      callGasLimit: BigInt(paymentInfo.callGasLimit),
      verificationGasLimit: BigInt(paymentInfo.verificationGasLimit),
      chainId: BigInt(paymentInfo.chainId),
      ...('initCode' in paymentInfo ? { initCode: asHex(paymentInfo.initCode) } : {}),
      ...(mode === 'USE' ? { shortEncoding: true } : {}),
    },
    meeVersions: [],
  };
}

const verify = (mode: Mode, response: QuoteResponse, maxFee = 1_000_000n) =>
  verifyQuote({ request: requestOf(mode), response, maxFee });

/** Makes every hash of a changed quote consistent again, as a hostile node would. */
function rehash(response: QuoteResponse): QuoteResponse {
  const userOps = response.userOps.map((quoted) => {
    const hash = userOpHash(quoted.userOp, BigInt(quoted.chainId));
    const bounds = [BigInt(quoted.lowerBoundTimestamp), BigInt(quoted.upperBoundTimestamp)] as const;
    return {
      ...quoted,
      userOpHash: hash,
      meeUserOpHash: quoted.shortEncoding ? hash : meeUserOpHash(hash, ...bounds),
    };
  });
  return { ...response, userOps, hash: superTransactionRoot(userOps.map(({ meeUserOpHash: leaf }) => leaf)) };
}

function changeOp(index: number, change: (op: QuoteResponse['userOps'][number]) => object) {
  return (response: QuoteResponse): QuoteResponse => ({
    ...response,
    userOps: response.userOps.map((op, at) => (at === index ? { ...op, ...change(op) } : op)),
  });
}

const changeUserOp = (index: number, changes: object) =>
  changeOp(index, (op) => ({ userOp: { ...op.userOp, ...changes } }));
const changePayment = (changes: object) => (response: QuoteResponse) => ({
  ...response,
  paymentInfo: { ...response.paymentInfo, ...changes },
});

const attacker = '0x000000000000000000000000000000000000dEaD';
const token = v.parse(addressSchema, prepare.quote.request.paymentInfo.token);
const paymaster = asHex(prepare.quote.response.userOps[0]?.userOp.paymasterAndData ?? '0x');
const pay = (...calls: Parameters<typeof encodeExecute>[0]) =>
  changeUserOp(0, { callData: encodeExecute(calls) });
const fee = (amount: bigint) => ({ to: token, value: 0n, data: encodeTransfer(attacker, amount) });

function signed(mode: Mode): { hash: string; clientSignature: Hex } {
  const { input } = vectors[`packed/simple ${mode}`];
  return { hash: input.quoteHash, clientSignature: asHex(input.clientSignature) };
}

function signerOf(mode: Mode): string {
  return mode === 'PREPARE'
    ? vectors['packed/simple PREPARE'].expected.owner
    : vectors['packed/simple USE'].input.session;
}

describe.each(['PREPARE', 'USE'] as const)('%s quote', (mode) => {
  const recordedFee = BigInt(recordings[mode].quote.response.paymentInfo.tokenWeiAmount);

  it('is accepted as recorded, with what it costs', () => {
    const quote = verify(mode, responseOf(mode));
    expect(quote.hash).toBe(recordings[mode].quote.response.hash);
    expect(quote.fee).toEqual({
      token,
      chainId: 8453,
      amount: recordedFee,
      recipient: recordings[mode].quote.response.node,
    });
    expect(quote.userOpHashes).toEqual(recordings[mode].quote.response.userOps.map((op) => op.userOpHash));
    expect(quote.leaves).toEqual(recordings[mode].quote.response.userOps.map((op) => op.meeUserOpHash));
  });

  it('is accepted at exactly the highest fee and refused above', () => {
    expect(() => verify(mode, responseOf(mode), recordedFee)).not.toThrow();
    expect(() => verify(mode, responseOf(mode), recordedFee - 1n)).toThrow(
      expect.objectContaining({ field: 'fee' }),
    );
  });

  const other = `0x${'11'.repeat(32)}`;
  it.each<[string, (response: QuoteResponse) => object]>([
    ['hash', (response) => ({ ...response, hash: other })],
    ['userOps[0].userOpHash', changeOp(0, () => ({ userOpHash: other }))],
    ['userOps[1].userOpHash', changeOp(1, () => ({ userOpHash: other }))],
    ['userOps[0].meeUserOpHash', changeOp(0, () => ({ meeUserOpHash: other }))],
    ['userOps[1].meeUserOpHash', changeOp(1, () => ({ meeUserOpHash: other }))],
  ])('names %s when the node reports another hash than that of its operations', (field, change) => {
    const response = parseQuoteResponse(change(responseOf(mode)));
    expect(() => verify(mode, response)).toThrow(expect.objectContaining({ code: 'QUOTE_MISMATCH', field }));
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
      const response = parseQuoteResponse(changeUserOp(index, { [member]: value })(responseOf(mode)));
      expect(() => verify(mode, response), member).toThrow(
        expect.objectContaining({ field: `userOps[${index}].userOpHash` }),
      );
    }
  });

  it.each<[string, (response: QuoteResponse) => object]>([
    ['quoteType', (response) => ({ ...response, quoteType: 'permit' })],
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
    ['userOps[0].callData', pay(fee(1n), fee(1n))],
    ['userOps[0].callData', pay({ ...fee(1n), value: 1n })],
    ['userOps[0].callData', pay({ ...fee(1n), to: attacker })],
    ['userOps[0].callData', pay({ ...fee(1n), data: concatHex(['0x095ea7b3', slice(fee(1n).data, 4)]) })],
    ['userOps[0].callData', pay({ ...fee(1n), data: concatHex([fee(1n).data, '0x00']) })],
    ['userOps[0].callData', changeUserOp(0, { callData: '0x' })],
    ['paymentInfo.tokenWeiAmount', pay(fee(2_000_000n))],
    ['fee', (response) => changePayment({ tokenWeiAmount: '2000000' })(pay(fee(2_000_000n))(response))],
    ['userOps[0].paymasterAndData', changeUserOp(0, { paymasterAndData: '0x' })],
    ['userOps[1].paymasterAndData', changeUserOp(1, { paymasterAndData: '0x' })],
    ['userOps[1].paymasterAndData', changeUserOp(1, { paymasterAndData: slice(paymaster, 0, 51) })],
    [
      'userOps[1].paymasterAndData',
      changeUserOp(1, {
        paymasterAndData: concatHex([`0x${'00'.repeat(20)}`, slice(paymaster, 20, size(paymaster))]),
      }),
    ],
    ['userOps[1].userOp', changeUserOp(1, { callGasLimit: (2n ** 128n).toString() })],
  ])('names %s when the node changes it, hashes made consistent', (field, change) => {
    const changed = parseQuoteResponse(change(responseOf(mode)));
    const response = field === 'userOps[1].userOp' ? changed : rehash(changed);
    expect(() => verify(mode, response)).toThrow(expect.objectContaining({ code: 'QUOTE_MISMATCH', field }));
  });

  it('may leave out the quote type, which was asked for', () => {
    const { quoteType: _omitted, ...rest } = responseOf(mode);
    expect(() => verify(mode, parseQuoteResponse(rest))).not.toThrow();
  });

  it('may leave the paymaster out where gas costs nothing', () => {
    const free = { paymasterAndData: '0x', maxFeePerGas: '0', maxPriorityFeePerGas: '0' };
    const response = rehash(parseQuoteResponse(changeUserOp(1, free)(responseOf(mode))));
    expect(() => verify(mode, response)).not.toThrow();
  });

  it('is refused for another entry point', () => {
    const parameters = { request: requestOf(mode), response: responseOf(mode), maxFee: 1_000_000n };
    expect(() => verifyQuote({ ...parameters, entryPoint: attacker })).toThrow(
      expect.objectContaining({ field: 'userOps[0].userOpHash' }),
    );
  });

  it('was signed in the recording over the digest that is signed here', async () => {
    const { hash, clientSignature } = signed(mode);
    const quote = verify(mode, responseOf(mode));
    expect(quote.hash).toBe(hash);
    const signature = slice(clientSignature, 4);
    const signer = await recoverAddress({ hash: superTransactionDigest(quote), signature });
    expect(signer).toBe(signerOf(mode));
    expect(encodeSimpleSignature(signature)).toBe(clientSignature);
  });

  it('becomes the recorded exec request with its signature', () => {
    const { clientSignature } = signed(mode);
    const { meeVersions } = recordings[mode].quote.request;
    const quote = verify(mode, responseOf(mode));
    const request = {
      ...quote.request,
      meeVersions: meeVersions.map(({ chainId }) => ({ chainId, version: suites['2.0.0'] })),
    };
    const body = buildExecRequest({ ...quote, request }, slice(clientSignature, 4));
    expect(body).toEqual(recordings[mode].exec.request);
  });
});

describe('signature', () => {
  it('is of the personal_sign digest over the raw hash', () => {
    const { expected } = vectors['det/simple full (MEE K1 validator <2.2.1)'];
    expect(encodeSimpleSignature(asHex(expected.personalSignature))).toBe(expected.clientSignature);
    const quote = verify('USE', responseOf('USE'));
    expect(superTransactionDigest(quote)).toBe(hashMessage({ raw: quote.hash }));
    expect(superTransactionDigest(quote)).not.toBe(hashMessage(quote.hash));
  });

  it('gets v as 27 or 28, and nothing but 65 bytes is accepted', () => {
    const body = `0x${'ab'.repeat(64)}` as const;
    expect(encodeSimpleSignature(`${body}00`)).toBe(`0x177eee00${body.slice(2)}1b`);
    expect(encodeSimpleSignature(`${body}01`)).toBe(`0x177eee00${body.slice(2)}1c`);
    for (const other of [body, `${body}1d`, `${body}1b00`, '0x'] as const) {
      expect(() => encodeSimpleSignature(other)).toThrow(
        expect.objectContaining({ code: 'SIGNATURE_SHAPE' }),
      );
    }
  });
});
