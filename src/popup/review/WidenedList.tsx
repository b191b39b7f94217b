import type { ReviewedAction } from '../../rpc/popup/procedures';
import { Notice } from '../../ui/Notice';
import { widenedText } from '../policies/widenedText';

type Props = { action: ReviewedAction; nativeSymbol: string | undefined };

/** Limits of an action that are higher on chain than what the site asked for. */
export function WidenedList({ action, nativeSymbol }: Props) {
  return (
    <>
      {action.widened.map((rule, index) => (
        <Notice key={index} tone="warning" title="Higher on chain, for fees" testId="review-widened">
          <p>{widenedText(rule, action, nativeSymbol)}</p>
        </Notice>
      ))}
    </>
  );
}
