import { encodeFunctionData, erc20Abi, type Hex, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { encodeComposableCalls } from '../../../protocol/actions/composable';
import { encodeExecute } from '../../../protocol/actions/execute';
import { greaterThanOrEqualTo, runtimeErc20Balance } from '../../../protocol/actions/runtime';
import { composableFunctionCall } from '../../../protocol/actions/runtimeArguments';
import { account, counter, increment, token } from '../../testing/records';
import { emptyTokenBook } from '../tokenBook';
import { callsOf, reviewCall } from './calls';

const shown = (callData: Hex) =>
  callsOf(callData).map((call) => reviewCall(call, { chainId: 1, tokens: emptyTokenBook }));
const approve = (amount: bigint) =>
  encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [counter, amount] });

describe('a call that is shown', () => {
  it('is read from plain and from composable calldata alike', () => {
    const calls = [
      { to: counter, value: 5n, data: increment },
      { to: token, value: 0n, data: approve(7n) },
    ];
    const fixed = calls.map(({ to, value, data }) => ({
      ...{ to, value, selector: data.slice(0, 10) as Hex, trailing: [], outputs: [] },
      inputs: [{ kind: 'raw' as const, data: `0x${data.slice(10)}` as Hex, constraints: [] }],
    }));
    const plain = shown(encodeExecute(calls));
    expect(shown(encodeComposableCalls(fixed, '1.0.0'))).toEqual(plain);
    expect(shown(encodeComposableCalls(fixed, '1.1.0'))).toEqual(plain);
    expect(plain).toMatchObject([
      { target: counter, value: 5n, selector: increment, dangers: [{ code: 'UNKNOWN_FUNCTION' }] },
      {
        target: token,
        signature: { source: 'known' },
        args: [{ value: counter }, { value: '7' }],
        dangers: [{ code: 'APPROVAL', acknowledge: false }],
      },
    ]);
  });

  it('of native coin alone has no function', () => {
    const [call] = shown(encodeExecute([{ to: counter, value: 9n, data: '0x' }]));
    expect(call).toMatchObject({ selector: null, data: '0x', value: 9n, dangers: [] });
  });

  it.each([2n ** 256n - 1n, 2n ** 256n - 2n])('that approves %s wants a yes to that', (amount) => {
    const [call] = shown(encodeExecute([{ to: token, value: 0n, data: approve(amount) }]));
    expect(call?.dangers).toMatchObject([{ code: 'UNLIMITED_APPROVAL', acknowledge: true }]);
  });

  it('shows its pieces in order when it is put together later', () => {
    const call = composableFunctionCall({
      to: token,
      functionSignature: 'transfer(address,uint256)',
      args: [counter, runtimeErc20Balance({ token, account, constraints: [greaterThanOrEqualTo(3n)] })],
    });
    const [view] = shown(encodeComposableCalls([call], '1.1.0'));
    expect(view).toMatchObject({
      data: '0xa9059cbb',
      pieces: [
        { kind: 'fixed', data: expect.stringContaining(counter.slice(2).toLowerCase()) },
        {
          kind: 'balance',
          token,
          account,
          constraints: [{ type: 'greaterThanOrEqual', value: numberToHex(3n, { size: 32 }) }],
        },
      ],
    });
    expect(view?.dangers.map(({ code }) => code)).toEqual(['RUNTIME_VALUES']);
    expect(view).not.toHaveProperty('args');
  });

  it('that nobody can read is not signed', () => {
    expect(() => callsOf('0x12345678')).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ reason: 'CALLDATA_UNREADABLE' }) }),
    );
  });
});
