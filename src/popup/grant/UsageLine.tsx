import { isUnlimited } from '../../protocol/policies/unlimited';
import { Gauge } from '../../ui/Gauge';
import type { UsageRow } from './usageRows';
import { limitName, usageText } from './usageText';

/** One counted limit with its gauge. */
export function UsageLine({ row, nativeSymbol }: { row: UsageRow; nativeSymbol: string | undefined }) {
  const text = usageText(row, nativeSymbol);
  return (
    <div class="usage__line" data-testid={row.policy === 'usageLimit' ? 'grant-used' : undefined}>
      <span class="usage__name">
        <b>{limitName(row)}</b> <span class="small soft">{row.feeBudget ? 'of later uses' : row.name}</span>
      </span>
      {!isUnlimited(row.limit) && <Gauge used={row.used} limit={row.limit} />}
      <span class="small">{text}</span>
    </div>
  );
}
