import type { GrantView as Grant } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Fact, Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { originLine } from '../../ui/originText';
import { Screen } from '../../ui/Screen';
import { Tag } from '../../ui/Tag';
import { Time } from '../../ui/Time';
import { BackLink } from '../BackLink';
import '../home/home.css';
import { grantStatus, usedOf } from '../home/grantSummary';
import { nativeSymbols, settingsOrNone } from '../networks';
import { FeeRules } from '../review/FeeRules';
import { LifetimeText } from '../review/LifetimeText';
import { lifetimeOf } from '../review/lifetime';
import { PermissionCard } from '../review/PermissionCard';
import { useNow } from '../useNow';
import { useQuery } from '../useQuery';
import { FailedView } from './FailedView';
import { LoadingView } from './LoadingView';

/** One grant: its limits and how much of them is used. */
export function GrantView({ id }: { id: string }) {
  const now = useNow();
  const { query, reload } = useQuery(`grant ${id}`, async (client) => {
    const [grants, settings] = await Promise.all([client.call('listGrants'), settingsOrNone(client)]);
    return { grant: grants.find(({ grantId }) => grantId === id), symbols: nativeSymbols(settings) };
  });
  if (query.status === 'loading') return <LoadingView />;
  if (query.status === 'failed') return <FailedView failure={query.failure} onRetry={reload} away />;
  const { grant, symbols } = query.data;
  return (
    <Screen name="Permission" tools={<BackLink />} testId="grant">
      {grant === undefined ? (
        <Notice title="This permission is not here any more" />
      ) : (
        <>
          <GrantFacts grant={grant} now={now} />
          {grant.permissions.map((permission) => {
            const used = usedOf(grant, permission);
            return (
              <PermissionCard
                key={`${permission.chainId}${permission.permissionId}`}
                permission={{ ...permission, steps: [] }}
                nativeSymbol={symbols.get(permission.chainId)}
                now={now}
                {...(used === undefined ? {} : { used })}
              />
            );
          })}
          <FeeRules permissions={grant.permissions} symbols={symbols} now={now} />
        </>
      )}
    </Screen>
  );
}

function GrantFacts({ grant, now }: { grant: Grant; now: number }) {
  const lifetime = lifetimeOf(grant.permissions);
  const status = grantStatus(grant.state, lifetime.kind === 'until' ? lifetime.last : undefined, now);
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
      </Facts>
    </div>
  );
}
