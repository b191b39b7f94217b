import type { ComponentChildren } from 'preact';
import type { ReviewedAction } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { cleanSymbol } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { PolicyList } from '../policies/PolicyList';
import { policyContext } from '../policies/policyContext';
import { FunctionName } from './FunctionName';
import { functionTitle } from './functionTitle';
import { WidenedList } from './WidenedList';

type Props = {
  action: ReviewedAction;
  nativeSymbol: string | undefined;
  now: number;
  /** Stands below the limits. */
  foot?: ComponentChildren;
};

/** One function of one contract with every limit on it. */
export function ActionBlock({ action, nativeSymbol, now, foot }: Props) {
  return (
    <div class="function">
      <ActionFacts action={action} />
      <PolicyList
        testId="review-policy"
        policies={action.policies}
        context={policyContext(action, { nativeSymbol, now })}
      />
      <WidenedList action={action} nativeSymbol={nativeSymbol} />
      {foot}
    </div>
  );
}

/** Which function of which contract. */
export function ActionFacts({ action }: { action: ReviewedAction }) {
  const title = functionTitle(action);
  const symbol = cleanSymbol(action.token?.symbol);
  return (
    <Facts>
      <Fact label="Function" testId="review-function">
        <FunctionName title={title} selector={action.selector} />
      </Fact>
      <Fact
        label={title.source === 'native' ? 'To' : 'Contract'}
        note={symbol === undefined ? undefined : `A token that calls itself ${symbol}.`}
      >
        <Address value={action.target} copy="contract address" testId="review-contract" />
      </Fact>
    </Facts>
  );
}
