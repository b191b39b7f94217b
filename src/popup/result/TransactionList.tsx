import type { TransactionReference } from '../../rpc/dapp/methods';
import type { Settings } from '../../rpc/popup/procedures';
import { Copy } from '../../ui/Copy';
import { Fact, Facts } from '../../ui/Facts';
import { chainLabel } from '../networks';

type Props = { transactions: readonly TransactionReference[]; settings: Settings | undefined };

/** The transactions that carried a request, with their chains. */
export function TransactionList({ transactions, settings }: Props) {
  return (
    <Facts>
      {transactions.map(({ chainId, transactionHash }) => (
        <Fact key={`${chainId}${transactionHash}`} label={chainLabel(chainId, settings)}>
          <span>
            <span class="hash" data-testid="result-hash">
              {transactionHash}
            </span>
            <Copy text={transactionHash} what="transaction hash" />
          </span>
        </Fact>
      ))}
    </Facts>
  );
}
