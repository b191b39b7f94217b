import type { PrepareReview, TokenAmount } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Amount } from '../../ui/Amount';
import { Card } from '../../ui/Card';
import { Fact, Facts } from '../../ui/Facts';
import { FeeRules } from './FeeRules';

type Props = { review: PrepareReview; symbols: ReadonlyMap<number, string>; now: number };

/** What the person pays now and at most later, each on its own line. */
export function FeeCard({ review, symbols, now }: Props) {
  const { fee, feeBudget, permissions } = review;
  const chainName =
    permissions.find(({ chainId }) => chainId === fee.max.chainId)?.chainName ?? `chain ${fee.max.chainId}`;
  return (
    <Card title="Fees" aside={<span class="card__note">Paid from your account on {chainName}</span>}>
      <Facts>
        <Fact label="Now" testId="review-fee" note={<AtMost amount={fee.max} />}>
          <span>
            about <TokenAmountText amount={fee.estimate} />
          </span>
        </Fact>
        <Fact
          label="Later uses"
          testId="review-fee-budget"
          note="For all later uses together. The site can’t spend it on anything else through Latchkey."
        >
          <span>
            at most <TokenAmountText amount={feeBudget} />
          </span>
        </Fact>
        <Fact
          label="Fee token"
          note={
            fee.max.decimals === undefined
              ? 'Its decimals could not be read, so amounts are in base units.'
              : undefined
          }
        >
          <Address value={fee.max.token} copy="address of the fee token" />
        </Fact>
      </Facts>
      <FeeRules permissions={permissions} symbols={symbols} now={now} />
    </Card>
  );
}

const TokenAmountText = ({ amount }: { amount: TokenAmount }) => (
  <Amount value={amount.amount} unit={amount} />
);

const AtMost = ({ amount }: { amount: TokenAmount }) => (
  <>
    At most <TokenAmountText amount={amount} />, or nothing is signed.
  </>
);
