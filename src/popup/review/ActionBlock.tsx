import type { ReviewedAction } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { cleanSymbol } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { Tag } from '../../ui/Tag';
import { PolicyList } from '../policies/PolicyList';
import { policyContext } from '../policies/policyContext';
import { type FunctionTitle, functionTitle } from './functionTitle';

type Props = {
  action: ReviewedAction;
  nativeSymbol: string | undefined;
  now: number;
  used?: bigint | undefined;
};

const sources: Record<FunctionTitle['source'], { tag: string; tone: 'plain' | 'good' | 'warning' }> = {
  known: { tag: 'known function', tone: 'good' },
  dapp: { tag: 'the site’s claim', tone: 'warning' },
  unknown: { tag: 'no name known', tone: 'warning' },
  native: { tag: 'no function is called', tone: 'plain' },
};

/** One function of one contract with every limit on it. */
export function ActionBlock({ action, nativeSymbol, now, used }: Props) {
  const title = functionTitle(action);
  const { tag, tone } = sources[title.source];
  const symbol = cleanSymbol(action.token?.symbol);
  return (
    <div class="function">
      <Facts>
        <Fact label="Function" testId="review-function">
          <span class="function__name">{title.name}</span>
          <span class="row">
            <code>{action.selector}</code>
            <Tag tone={tone}>{tag}</Tag>
          </span>
        </Fact>
        <Fact
          label={title.source === 'native' ? 'To' : 'Contract'}
          note={symbol === undefined ? undefined : `A token that calls itself ${symbol}.`}
        >
          <Address value={action.target} copy="contract address" testId="review-contract" />
        </Fact>
      </Facts>
      <PolicyList
        testId="review-policy"
        policies={action.policies}
        context={policyContext(action, { nativeSymbol, now, used })}
      />
    </div>
  );
}
