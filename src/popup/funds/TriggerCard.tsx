import { type Address as AddressValue, zeroAddress } from 'viem';
import { sameAddress } from '../../protocol/address';
import type { ReviewedTrigger } from '../../rpc/popup/reviewParts';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { Tag } from '../../ui/Tag';
import { TokenAmountText } from './TokenAmountText';
import { TokenText } from './TokenText';

const ways: Record<ReviewedTrigger['kind'], string> = {
  permit: 'By a permit: a signature of yours that allows it. Signing costs nothing.',
  approval: 'By an approval: a transaction from your own address. You pay its gas there.',
  native: 'By a transfer: a transaction from your own address. You pay its gas there.',
};

type Props = { trigger: ReviewedTrigger; account: AddressValue };

/** What leaves the owner's own address, how, and who gets it. */
export function TriggerCard({ trigger, account }: Props) {
  const { kind, chainName, owner, spender, recipient, amount, most, everything } = trigger;
  const named = (value: AddressValue) => (sameAddress(value, account) ? 'Your account' : undefined);
  return (
    <Card
      title="Leaves your own address"
      aside={<span class="card__note">{cleanText(chainName, 64)}</span>}
      testId="review-trigger"
    >
      <Facts>
        <Fact label="Amount">
          {everything && <Tag tone="danger">Everything you hold of it</Tag>}
          <TokenAmountText amount={amount} />
        </Fact>
        <Fact
          label="At most"
          note={most.amount > amount.amount ? 'With the fee. No more can be taken.' : 'No more can be taken.'}
        >
          <TokenAmountText amount={most} />
        </Fact>
        {amount.token !== zeroAddress && (
          <Fact label="Token">
            <TokenText token={amount.token} symbol={amount.symbol} />
          </Fact>
        )}
        <Fact label="From">
          <Address value={owner} copy="your own address" />
        </Fact>
        <Fact label={kind === 'native' ? 'Through' : 'Taken by'} note={named(spender)}>
          <Address value={spender} copy="address that may take it" />
        </Fact>
        <Fact label="Goes to" note={named(recipient)}>
          <Address value={recipient} copy="recipient" />
        </Fact>
        <Fact label="How">{ways[kind]}</Fact>
      </Facts>
    </Card>
  );
}
