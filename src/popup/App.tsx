import { useCallback, useState } from 'preact/hooks';
import type { PopupClient } from '../messaging/popupClient';
import type { PopupResults, PopupState } from '../rpc/popup/procedures';
import '../ui/tokens.css';
import '../ui/base.css';
import { PersonalMark } from '../ui/personalMark';
import { ClientContext } from './client';
import { ErrorBoundary } from './ErrorBoundary';
import { useActivity } from './useActivity';
import { useQuery } from './useQuery';
import { useRoute } from './useRoute';
import { DamagedView } from './views/DamagedView';
import { FailedView } from './views/FailedView';
import { GrantView } from './views/GrantView';
import { HomeView } from './views/HomeView';
import { LoadingView } from './views/LoadingView';
import { OnboardingView } from './views/OnboardingView';
import { ResultView } from './views/ResultView';
import { ReviewView } from './views/ReviewView';
import { SettingsView } from './views/SettingsView';
import { UnlockView } from './views/UnlockView';

/** The whole popup: action popup, review window and tab. It reaches the background through `client` alone. */
export function App({ client }: { client: PopupClient }) {
  return (
    <ErrorBoundary>
      <ClientContext.Provider value={client}>
        <Gate />
      </ClientContext.Provider>
    </ErrorBoundary>
  );
}

/** Shows nothing of the account before the vault is unlocked. */
function Gate() {
  const { query, reload, set } = useQuery('state', (client) => client.call('getState'));
  const setState = useCallback((state: PopupState) => set(state), [set]);
  const [backupOf, setBackupOf] = useState<number>();
  if (query.status === 'loading') return <LoadingView />;
  if (query.status === 'failed') {
    const { damage } = query.failure;
    if (damage !== undefined) return <DamagedView damage={damage} onRetry={reload} onReset={setState} />;
    return <FailedView failure={query.failure} onRetry={reload} />;
  }
  const restored = (backup: PopupResults['importBackup']) => {
    setBackupOf(backup.createdAt);
    setState(backup.state);
  };
  return (
    <PersonalMark.Provider value={query.data.mark}>
      <Opened state={query.data} setState={setState} restored={restored} backupOf={backupOf} />
    </PersonalMark.Provider>
  );
}

type OpenedProps = UnlockedProps & { restored: (backup: PopupResults['importBackup']) => void };

function Opened({ state, setState, restored, backupOf }: OpenedProps) {
  if (state.vault === 'none') {
    return <OnboardingView mark={state.mark} onDone={setState} onRestored={restored} />;
  }
  if (state.vault === 'locked') return <UnlockView waiting={state.waiting} onDone={setState} />;
  return <Unlocked state={state} setState={setState} backupOf={backupOf} />;
}

type UnlockedProps = {
  state: PopupState;
  setState: (state: PopupState) => void;
  /** When the backup was made that the vault was restored from just now; unix seconds. */
  backupOf: number | undefined;
};

function Unlocked({ state, setState, backupOf }: UnlockedProps) {
  const route = useRoute();
  useActivity();
  switch (route.view) {
    case 'review':
      return <ReviewView key={route.id} id={route.id} state={state} />;
    case 'result':
      return <ResultView key={route.id} id={route.id} state={state} />;
    case 'grant':
      return <GrantView id={route.id} />;
    case 'settings':
      return <SettingsView onState={setState} />;
    case 'home':
      return <HomeView state={state} onLocked={setState} backupOf={backupOf} />;
  }
}
