import { zeroAddress } from 'viem';
import type { TokenAmount } from '../../rpc/popup/procedures';
import { Amount } from '../../ui/Amount';
import { nativeLine } from '../../ui/amountText';

/** An amount in its token's unit; of the chain's own coin in wei as well. */
export function TokenAmountText({ amount }: { amount: TokenAmount }) {
  if (amount.token === zeroAddress && amount.decimals === undefined) {
    return <span class="amount">{nativeLine(amount.amount, amount.symbol)}</span>;
  }
  return <Amount value={amount.amount} unit={amount} />;
}
