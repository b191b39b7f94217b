import { describe, expect, it } from 'vitest';
import { superTransactionRoot } from '../../src/protocol/mee/merkle';
import { parseQuoteResponse } from '../../src/protocol/mee/quoteResponse';
import { hashOp, leavesOf, wireOp } from './supertransaction';
import vectors from './supertransaction.vectors.json';

const quotes = [
  ['owner signed, full encoding', vectors.owner],
  ['session signed, short encoding', vectors.session],
] as const;

/** The operations of a recorded quote, without what the node works out. */
const draftsOf = (recorded: (typeof quotes)[number][1]) =>
  recorded.userOps.map((entry) => {
    const { userOps } = parseQuoteResponse({
      ...recorded,
      node: entry.userOp.sender,
      commitment: '0x',
      quoteType: 'simple',
      paymentInfo: {
        sponsored: false,
        sender: entry.userOp.sender,
        token: entry.userOp.sender,
        nonce: '0',
        chainId: '8453',
        tokenAmount: '0',
        tokenWeiAmount: '0',
        tokenValue: '0',
      },
      userOps: [entry],
    });
    const [quoted] = userOps;
    if (quoted === undefined) throw new RangeError('The vector holds no operation.');
    const { userOp } = quoted;
    return {
      chainId: recorded.chainId,
      userOp: {
        sender: userOp.sender,
        nonce: BigInt(userOp.nonce),
        initCode: userOp.initCode,
        callData: userOp.callData,
        callGasLimit: BigInt(userOp.callGasLimit),
        verificationGasLimit: BigInt(userOp.verificationGasLimit),
        maxFeePerGas: BigInt(userOp.maxFeePerGas),
        maxPriorityFeePerGas: BigInt(userOp.maxPriorityFeePerGas),
        paymasterAndData: userOp.paymasterAndData,
        preVerificationGas: BigInt(userOp.preVerificationGas),
      },
      lowerBoundTimestamp: Number(quoted.lowerBoundTimestamp),
      upperBoundTimestamp: Number(quoted.upperBoundTimestamp),
      shortEncoding: quoted.shortEncoding ?? false,
      retryDelay: 0,
      echo: {},
    };
  });

describe.each(quotes)('a recorded quote, %s', (_name, recorded) => {
  it('comes out the same: hashes, leaves, sums and number formats', () => {
    expect(draftsOf(recorded).map((draft) => wireOp(hashOp(draft)))).toEqual(recorded.userOps);
  });

  it('has the recorded hash', () => {
    const ops = draftsOf(recorded).map(hashOp);
    expect(superTransactionRoot(leavesOf(ops))).toBe(recorded.hash);
  });
});
