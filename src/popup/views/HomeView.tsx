import type { PopupState } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Button } from '../../ui/Button';
import { Fact, Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { Screen } from '../../ui/Screen';
import { Time } from '../../ui/Time';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { GrantList } from '../home/GrantList';
import { WaitingBanner } from '../home/WaitingBanner';
import { routeHash } from '../route';
import { useNow } from '../useNow';
import { useQuery } from '../useQuery';
import { useSubmit } from '../useSubmit';

type Props = {
  state: PopupState;
  onLocked: (state: PopupState) => void;
  /** When the backup was made that was restored just now; unix seconds. */
  backupOf: number | undefined;
};

/** The account, what waits, and what was granted. */
export function HomeView({ state, onLocked, backupOf }: Props) {
  const client = useClient();
  const { busy, failure, run } = useSubmit();
  const lock = () => run(async () => onLocked(await client.call('lock')));
  const tools = (
    <>
      <a class="tool" href={routeHash({ view: 'settings' })} data-testid="open-settings">
        Settings
      </a>
      <Button kind="quiet" onClick={lock} disabled={busy} testId="lock">
        Lock
      </Button>
    </>
  );
  return (
    <Screen name="Latchkey" tools={tools} testId="home">
      {failure !== undefined && <FailureNotice title="Still unlocked" failure={failure} />}
      {backupOf !== undefined && (
        <Notice title="Restored from your backup" testId="backup-restored">
          <p>
            It was made <Time seconds={backupOf} />. Permissions given after that are not in it.
          </p>
        </Notice>
      )}
      <WaitingBanner state={state} />
      <AccountFact account={state.account} />
      <Grants />
    </Screen>
  );
}

function AccountFact({ account }: { account: PopupState['account'] }) {
  if (account === undefined) {
    return (
      <Notice tone="warning" title="The account’s address is not known yet">
        <p>
          None of the configured networks has answered. If it stays like this, check their addresses in the
          settings.
        </p>
      </Notice>
    );
  }
  return (
    <Facts>
      <Fact label="Account">
        <Address value={account} copy="account address" testId="account-address" />
      </Fact>
    </Facts>
  );
}

function Grants() {
  const now = useNow();
  const { query, reload } = useQuery('grants', (client) => client.call('listGrants'));
  return (
    <section class="stack">
      <h2>Permissions</h2>
      {query.status === 'loading' && <p class="soft">Loading…</p>}
      {query.status === 'failed' && (
        <>
          <FailureNotice title="The permissions could not be read" failure={query.failure} />
          <Button onClick={reload}>Try again</Button>
        </>
      )}
      {query.status === 'ready' && <GrantList grants={query.data} now={now} />}
    </section>
  );
}
