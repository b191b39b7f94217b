import type { GrantView as Grant } from '../../rpc/popup/procedures';
import { Notice } from '../../ui/Notice';
import { Screen } from '../../ui/Screen';
import { BackLink } from '../BackLink';
import { FailureNotice } from '../FailureNotice';
import { ExposureCard } from '../funds/ExposureCard';
import { FeeRules } from '../funds/FeeRules';
import { ActionState } from '../grant/ActionState';
import { GrantFacts } from '../grant/GrantFacts';
import { StopSection } from '../grant/StopSection';
import { UsageCard } from '../grant/UsageCard';
import { useStop } from '../grant/useStop';
import { nativeSymbols, settingsOrNone } from '../networks';
import { PermissionCard } from '../review/PermissionCard';
import { useNow } from '../useNow';
import { useQuery } from '../useQuery';
import { FailedView } from './FailedView';
import { LoadingView } from './LoadingView';

/** One grant: its limits, how much of them is used, and ways to end it. */
export function GrantView({ id }: { id: string }) {
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
        <GrantBody grant={grant} symbols={symbols} />
      )}
    </Screen>
  );
}

function GrantBody({ grant, symbols }: { grant: Grant; symbols: ReadonlyMap<number, string> }) {
  const now = useNow();
  const stop = useStop(grant.grantId);
  const { permissions, exposure, state } = grant;
  return (
    <>
      <GrantFacts grant={grant} now={now} />
      {stop.failure !== undefined && <FailureNotice title="It could not be stopped" failure={stop.failure} />}
      <StopSection state={state} stop={stop} />
      {state !== 'revoked' && <UsageCard grant={grant} symbols={symbols} />}
      {permissions.map((permission) => (
        <PermissionCard
          key={`${permission.chainId}${permission.permissionId}`}
          permission={permission}
          nativeSymbol={symbols.get(permission.chainId)}
          now={now}
          footOf={(action) => <ActionState action={action} grant={grant} stop={stop} />}
        />
      ))}
      {exposure.length > 0 && <ExposureCard exposure={exposure} />}
      <FeeRules permissions={permissions} symbols={symbols} now={now} />
    </>
  );
}
