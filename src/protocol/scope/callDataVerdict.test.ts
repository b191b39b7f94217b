import { concatHex, encodeFunctionData, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { encodeComposable } from '../actions/composable';
import { encodeExecute } from '../actions/execute';
import { accountAbi } from '../constants/abis';
import { callDataVerdict } from './callDataVerdict';
import { emptyLedger } from './ledger';
import { action, call, codes, forgedGrant, grantOf, now } from './testing/sample';

const grant = grantOf(action([{ type: 'usageLimit', limit: 2n }]));
const judge = (callData: Hex, of = grant) =>
  callDataVerdict({ grant: of, ledger: emptyLedger, callData, time: now });
const execute = (mode: Hex): Hex =>
  encodeFunctionData({ abi: accountAbi, functionName: 'execute', args: [mode, '0x1234'] });
const mode = (start: string): Hex => `0x${start.padEnd(64, '0')}`;

describe('calldata of an operation', () => {
  it('is judged by its calls', () => {
    expect(judge(encodeExecute([call()])).allowed).toBe(true);
    expect(judge(encodeExecute([call(), call()])).allowed).toBe(true);
    expect(codes(judge(encodeExecute([call(), call(), call()])))).toEqual(['USAGE_LIMIT_EXCEEDED']);
  });

  it.each<[string, Hex, string | null]>([
    ['delegatecall', execute(mode('ff')), 'UnsupportedCallType'],
    ['staticcall', execute(mode('fe')), 'UnsupportedCallType'],
    ['a call that may fail', execute(mode('0001')), 'UnsupportedExecutionType'],
    ['a batch that may fail', execute(mode('0101')), 'UnsupportedExecutionType'],
    ['executeUserOp', concatHex(['0x8dd7712f', encodeExecute([call()])]), 'UnsupportedExecutionType'],
    ['composable calls', encodeComposable([call()]), null],
    ['bytes behind the calls', concatHex([encodeExecute([call()]), '0x00']), null],
    ['nothing', '0x', null],
  ])('is refused for %s', (_name, callData, chainRefusal) => {
    expect(judge(callData)).toMatchObject({
      allowed: false,
      reasons: [{ code: 'EXECUTION_UNSUPPORTED', chainRefusal }],
    });
  });

  it('is refused for the session first, as on chain', () => {
    const unpaid = forgedGrant(grant.session.actions, { permitERC4337Paymaster: false });
    expect(codes(judge(execute(mode('ff')), unpaid))).toEqual(['SESSION_UNUSABLE']);
  });
});
