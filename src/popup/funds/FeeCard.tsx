import type { PrepareReview, TokenAmount } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';
import { Fact, Facts } from '../../ui/Facts';
import { FeeFacts } from './FeeFacts';
import { FeeRules } from './FeeRules';
import { TokenAmountText } from './TokenAmountText';

type Props = { review: PrepareReview; symbols: ReadonlyMap<number, string>; now: number };

/** What is paid now and at most later, by whom, each on its own line. */
export function FeeCard({ review, symbols, now }: Props) {
  const { fee, sponsor, feeBudget, permissions } = review;
  const token = fee?.max ?? feeBudget;
  return (
    <Card title="Fees">
      <Facts>
        <FeeFacts
          fee={fee}
          sponsor={sponsor}
          chains={review.chains}
          payer={
            review.trigger === undefined
              ? 'Paid from your account'
              : 'Paid out of what leaves your own address'
          }
        />
        {permissions.length > 0 && <LaterUses budget={feeBudget} isWidened={permissions.some(isWidened)} />}
        {token !== undefined && (
          <Fact
            label="Fee token"
            note={
              token.decimals === undefined
                ? 'Its decimals could not be read, so amounts are in base units.'
                : undefined
            }
          >
            <Address value={token.token} copy="address of the fee token" />
          </Fact>
        )}
      </Facts>
      <FeeRules permissions={permissions} symbols={symbols} now={now} />
    </Card>
  );
}

const isWidened = ({ actions }: PrepareReview['permissions'][number]): boolean =>
  actions.some(({ widened }) => widened.length > 0);

function LaterUses({ budget, isWidened }: { budget: TokenAmount | undefined; isWidened: boolean }) {
  if (budget === undefined) {
    return (
      <Fact label="Later uses" testId="review-fee-budget">
        Can’t be paid by this permission. Somebody else has to pay them.
      </Fact>
    );
  }
  return (
    <Fact
      label="Later uses"
      testId="review-fee-budget"
      note={
        isWidened
          ? 'For all later uses together. It runs through a limit of the site’s own, which is raised on chain by as much. Latchkey keeps the site at what it asked for.'
          : 'For all later uses together. The site can’t spend it on anything else through Latchkey.'
      }
    >
      <span>
        at most <TokenAmountText amount={budget} />
      </span>
    </Fact>
  );
}
