import { type Address as AddressValue, zeroAddress } from 'viem';
import { sameAddress } from '../../protocol/address';
import type { ReviewedCleanUp } from '../../rpc/popup/reviewParts';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';
import { cleanSymbol, cleanText } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { TokenAmountText } from './TokenAmountText';
import { TokenText } from './TokenText';

/** What is sent on after everything else ran. */
export function CleanUpCard({
  cleanUps,
  account,
}: {
  cleanUps: readonly ReviewedCleanUp[];
  account: AddressValue;
}) {
  return (
    <Card title="Sent on at the end" aside={<span class="card__note">Out of your account</span>}>
      {cleanUps.map((cleanUp, index) => (
        <CleanUp key={index} cleanUp={cleanUp} account={account} />
      ))}
    </Card>
  );
}

function CleanUp({ cleanUp, account }: { cleanUp: ReviewedCleanUp; account: AddressValue }) {
  const { token, everything, chainName, recipient } = cleanUp;
  return (
    <div class="function" data-testid="review-cleanup">
      <Facts>
        <Fact label="Amount">
          {everything ? (
            <b>{`all ${cleanSymbol(token.symbol) ?? 'of it'} that is left then`}</b>
          ) : (
            <TokenAmountText amount={token} />
          )}
          <span class="small soft">{`on ${cleanText(chainName, 64)}`}</span>
        </Fact>
        {token.token !== zeroAddress && (
          <Fact label="Token">
            <TokenText token={token.token} symbol={token.symbol} />
          </Fact>
        )}
        <Fact label="Goes to" note={sameAddress(recipient, account) ? 'Your account' : undefined}>
          <Address value={recipient} copy="recipient" />
        </Fact>
      </Facts>
    </div>
  );
}
