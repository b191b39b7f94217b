import { describe, expect, it } from 'vitest';
import { type Execution, explorerAnswer, mined, submission } from '../testing/explorer';
import { failureOf, outcomeOf, transactionsOf } from './outcome';

const outcome = (...executions: readonly Execution[]) => outcomeOf(submission, explorerAnswer(...executions));
const hash = (byte: string) => `0x${byte.repeat(32)}`;

describe('the outcome of a supertransaction', () => {
  it('is success when every operation was mined, its transactions the payment last and none twice', () => {
    const all = outcome(mined('aa'), mined('bb'), mined('cc'));
    expect(all && failureOf(all)).toBeUndefined();
    expect(all && transactionsOf(all)).toEqual([
      { chainId: 8453, transactionHash: hash('bb') },
      { chainId: 10, transactionHash: hash('cc') },
      { chainId: 8453, transactionHash: hash('aa') },
    ]);
    const bundled = outcome(mined('aa'), mined('aa'), mined('aa'));
    expect(bundled && transactionsOf(bundled)).toEqual([
      { chainId: 8453, transactionHash: hash('aa') },
      { chainId: 10, transactionHash: hash('aa') },
    ]);
  });

  it.each([
    ['one is pending', [mined('aa'), mined('bb'), { executionStatus: 'PENDING' }]],
    ['one is being mined', [mined('aa'), { executionStatus: 'MINING' }, mined('cc')]],
    [
      'one names no transaction',
      [mined('aa'), { executionStatus: 'MINED_SUCCESS', executionData: '0x12' }, mined('cc')],
    ],
    [
      'a failure may still change',
      [mined('aa'), { executionStatus: 'MINED_FAIL', isConfirmed: false }, mined('cc')],
    ],
    ['one is missing', [mined('aa'), mined('bb')]],
  ] as const)('is open while %s', (_what, executions) => {
    expect(outcome(...executions)).toBeUndefined();
  });

  it('says which operation failed, and tells what was included from what never was', () => {
    const reverted = outcome(
      mined('aa'),
      { executionStatus: 'MINED_FAIL', executionData: hash('bb'), executionError: 'Count\u202E is full' },
      { executionStatus: 'FAILED', executionError: 'AA24' },
    );
    expect(reverted?.map(({ status }) => status)).toEqual(['succeeded', 'reverted', 'dropped']);
    expect(reverted && failureOf(reverted)).toMatchObject({
      code: -32000,
      message: 'The request was executed and failed on chain 8453: Count is full',
      data: { reason: 'REVERTED', details: { operation: 1 } },
    });
    const unpaid = outcome(
      { executionStatus: 'FAILED', executionError: 'no funds' },
      mined('bb'),
      mined('cc'),
    );
    expect(unpaid && failureOf(unpaid)).toMatchObject({
      message: expect.stringContaining('The fee payment was not executed'),
      data: { reason: 'NOT_EXECUTED' },
    });
  });

  it('does not wait for what has no say: a sponsor and what is left over', () => {
    const roles = ['sponsor', undefined, 'cleanUp'] as const;
    const operations = submission.operations.map((operation, index) => {
      const role = roles[index];
      return role === undefined ? operation : { ...operation, role };
    });
    const settled = outcomeOf(
      { ...submission, operations },
      explorerAnswer({ executionStatus: 'PENDING' }, mined('bb'), { executionStatus: 'FAILED' }),
    );
    expect(settled?.map(({ status }) => status)).toEqual(['open', 'succeeded', 'dropped']);
    expect(settled && failureOf(settled)).toBeUndefined();
    expect(settled && transactionsOf(settled)).toEqual([{ chainId: 8453, transactionHash: hash('bb') }]);
  });
});
