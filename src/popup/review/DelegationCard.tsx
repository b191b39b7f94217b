import type { ReviewedDelegation } from '../../rpc/popup/reviewParts';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { Tag } from '../../ui/Tag';

/** That the owner's own address gets the code of a smart account, and what it had before. */
export function DelegationCard({ delegation }: { delegation: ReviewedDelegation }) {
  const { owner, implementation, current, everyChain, chainName, chainId } = delegation;
  const chain = cleanText(chainName, 64);
  return (
    <Card
      title="Your own address becomes a smart account"
      aside={<span class="card__note">{`${chain}, chain ${chainId}`}</span>}
      testId="review-delegation"
    >
      <p>
        From then on this code can act for your address, with everything in it, until you delegate it to
        something else. Your wallet’s key goes on working.
      </p>
      <Facts>
        <Fact label="Address">
          <Address value={owner} copy="your own address" />
        </Fact>
        <Fact label="Gets the code of">
          <Address value={implementation} copy="address of the code" />
        </Fact>
        {current !== undefined && (
          <Fact label="Replaces" note="What your address is delegated to now stops working there.">
            <Address value={current} copy="address of the code that is replaced" />
          </Fact>
        )}
        <Fact label="Valid on">
          {everyChain ? (
            <>
              <Tag tone="danger">Every chain</Tag>
              <span>Also on chains that are not named here, by anybody who has the signature.</span>
            </>
          ) : (
            `${chain} only`
          )}
        </Fact>
      </Facts>
    </Card>
  );
}
