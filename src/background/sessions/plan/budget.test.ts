import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import type { TokenFacts } from '../../chain/tokenReads';
import { counter, prepareParams, token } from '../../testing/records';
import { budgetOf } from './budget';

const bookOf = (facts: TokenFacts) => ({ of: () => facts });
const node = async () => counter;

describe('the budget of later fees', () => {
  it.each([6, 8, 18])('is 5 whole units of a token with %i decimals when none is named', async (decimals) => {
    const budget = await budgetOf(prepareParams(), bookOf({ decimals }), node);
    expect(budget).toEqual({ token, chainId: 8453, maxPaymentAmount: 5n * 10n ** BigInt(decimals) });
  });

  it('is refused where the token does not say its decimals and none is named', async () => {
    await expect(budgetOf(prepareParams(), bookOf({}), node)).rejects.toMatchObject({
      code: -32000,
      data: { reason: 'FEE_TOKEN_UNREADABLE' },
    });
  });

  it("is the named one in a chain's own coin, for the node alone", async () => {
    const { enableSession } = prepareParams();
    const params = prepareParams({
      feeToken: { address: zeroAddress, chainId: 8453 },
      enableSession: { actions: [], batchActions: true, ...enableSession, maxPaymentAmount: 7n },
    });
    expect(await budgetOf(params, bookOf({}), node)).toEqual({
      ...{ token: zeroAddress, chainId: 8453, maxPaymentAmount: 7n },
      payee: counter,
    });
  });

  it('is not there when the request names no fee token', async () => {
    const { feeToken: _none, ...sponsored } = prepareParams();
    expect(await budgetOf(sponsored, bookOf({}), node)).toBeUndefined();
  });
});
