import type { GrantView } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Fact, Facts } from '../../ui/Facts';
import { originLine } from '../../ui/originText';
import { Tag } from '../../ui/Tag';
import { Time } from '../../ui/Time';
import { TokenAmountText } from '../funds/TokenAmountText';
import { grantStatus } from '../home/grantSummary';
import { LifetimeText } from '../review/LifetimeText';
import { lifetimeOf } from '../review/lifetime';
import '../home/home.css';

/** Whose grant it is, how it stands and since when. */
export function GrantFacts({ grant, now }: { grant: GrantView; now: number }) {
  const lifetime = lifetimeOf(grant.permissions);
  const status = grantStatus(grant, lifetime.kind === 'until' ? lifetime.last : undefined, now);
  return (
    <div class="stack">
      <div class="row">
        <h1 class="grant__site">{originLine(grant.origin)}</h1>
        <Tag tone={status.tone}>{status.text}</Tag>
      </div>
      <Facts>
        <Fact label="Lives until">
          <LifetimeText permissions={grant.permissions} now={now} />
        </Fact>
        <Fact label="Given">
          <Time seconds={grant.createdAt} />
        </Fact>
        <Fact label="Account">
          <Address value={grant.account} copy="account address" />
        </Fact>
        <Fact label="Site’s key">
          <Address value={grant.redeemer} copy="address of the key" />
        </Fact>
        <Fact label="Fees">
          {grant.feeBudget === undefined ? (
            'Paid by somebody else at every use.'
          ) : (
            <span>
              at most <TokenAmountText amount={grant.feeBudget} /> for all uses together
            </span>
          )}
        </Fact>
      </Facts>
    </div>
  );
}
