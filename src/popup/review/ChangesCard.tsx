import { zeroAddress } from 'viem';
import type { ReviewedChange } from '../../rpc/popup/reviewParts';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { Tag } from '../../ui/Tag';
import './review.css';

const tags: Record<ReviewedChange['kind'], { text: string; tone: 'plain' | 'warning' }> = {
  new: { text: 'new', tone: 'plain' },
  wider: { text: 'wider', tone: 'warning' },
};

/** Stands for a change that is not about one function. */
const noFunction = '0x00000000';

/** What is new or wider than in the permission that the site has already. */
export function ChangesCard({ items }: { items: readonly ReviewedChange[] }) {
  return (
    <Card title="Against the permission that this site has">
      {items.length === 0 ? (
        <p>Nothing is new and nothing is wider. The earlier permission stays too.</p>
      ) : (
        <>
          <ul class="stack">
            {items.map((item, index) => (
              <Change key={index} item={item} />
            ))}
          </ul>
          <p class="card__note">The earlier permission stays too, until it ends or you stop it.</p>
        </>
      )}
    </Card>
  );
}

function Change({ item }: { item: ReviewedChange }) {
  const { text, tone } = tags[item.kind];
  return (
    <li class="change" data-testid="review-change">
      <Tag tone={tone}>{text}</Tag>
      <span>
        {cleanText(item.text, 400)}
        <span class="small soft change__place">
          {cleanText(item.chainName, 64)}
          {item.selector !== noFunction && (
            <>
              , <code>{item.selector}</code>
            </>
          )}
          {item.target !== zeroAddress && (
            <>
              , <code>{item.target}</code>
            </>
          )}
        </span>
      </span>
    </li>
  );
}
