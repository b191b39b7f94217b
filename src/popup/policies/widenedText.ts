import type { ReviewedAction } from '../../rpc/popup/procedures';
import type { WidenedRule } from '../../rpc/popup/reviewParts';
import { measured, measureOf } from './measure';

const spans: Record<WidenedRule['limit'], string> = {
  perCall: ' for each call',
  total: ' in all',
  calls: '',
};

/** A limit that is higher on chain than what was asked for: both numbers, the difference, and who may use what. */
export function widenedText(
  rule: WidenedRule,
  action: ReviewedAction,
  nativeSymbol: string | undefined,
): string {
  const measure = rule.limit === 'calls' ? ({ kind: 'calls' } as const) : measureOf(action, rule);
  const show = (value: bigint) => measured(value, measure, nativeSymbol);
  const { asked, granted } = rule;
  return (
    `The site asked for ${show(asked)}${spans[rule.limit]}. The chain will enforce ${show(granted)}, ` +
    `of which ${show(granted - asked)} ${granted - asked === 1n ? 'is' : 'are'} for fees. ` +
    `Latchkey keeps the site at ${show(asked)}.`
  );
}
