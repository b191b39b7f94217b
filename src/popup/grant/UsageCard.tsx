import type { GrantView } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { localTime } from '../../ui/timeText';
import { FailureNotice } from '../FailureNotice';
import { UsageLine } from './UsageLine';
import { type ChainUsage, usageRows } from './usageRows';
import { useUsage } from './useUsage';
import './grant.css';

type Props = { grant: GrantView; symbols: ReadonlyMap<number, string> };

/** How much of every counted limit is used, as the chains have it. */
export function UsageCard({ grant, symbols }: Props) {
  const { usage, failure, reading, refresh } = useUsage(grant.grantId);
  return (
    <Card
      title="Used so far"
      aside={
        <Button kind="quiet" onClick={refresh} disabled={reading} testId="grant-refresh">
          {reading ? 'Reading…' : 'Read again'}
        </Button>
      }
      testId="grant-usage"
    >
      {failure !== undefined && <FailureNotice title="The chains could not be read" failure={failure} />}
      {usageRows(grant, usage).map((chain) => (
        <ChainRows
          key={`${chain.chainId}${chain.permissionId}`}
          chain={chain}
          nativeSymbol={symbols.get(chain.chainId)}
          reading={reading}
        />
      ))}
      {usage !== undefined && <p class="card__note">{`Read ${localTime(usage.readAt)}.`}</p>}
    </Card>
  );
}

type RowsProps = { chain: ChainUsage; nativeSymbol: string | undefined; reading: boolean };

function ChainRows({ chain, nativeSymbol, reading }: RowsProps) {
  const { chainName, source, rows } = chain;
  return (
    <section class="usage">
      <h3 class="small soft">{cleanText(chainName, 64)}</h3>
      {source === 'absent' && <p>The chain doesn’t hold this permission.</p>}
      {source === 'counted' && !reading && (
        <p class="small soft">State unknown: this chain was not read. What Latchkey counted itself:</p>
      )}
      {source !== 'absent' && rows.length === 0 && !reading && <p>Nothing is counted.</p>}
      {rows.map((row, index) => (
        <UsageLine key={index} row={row} nativeSymbol={nativeSymbol} />
      ))}
    </section>
  );
}
