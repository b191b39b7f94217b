import { useEffect, useState } from 'preact/hooks';
import type { PopupState, Settings } from '../../rpc/popup/procedures';
import { useClient } from '../client';
import { type Failure, failureFrom } from '../failure';
import { SettingsForm } from '../settings/SettingsForm';
import { FailedView } from './FailedView';
import { LoadingView } from './LoadingView';

/** Reads the settings once, so that a change elsewhere doesn't overwrite what is being typed. */
export function SettingsView({ onState }: { onState: (state: PopupState) => void }) {
  const client = useClient();
  const [settings, setSettings] = useState<Settings>();
  const [failure, setFailure] = useState<Failure>();
  const load = () => {
    setFailure(undefined);
    client.call('getSettings').then(setSettings, (error: unknown) => setFailure(failureFrom(error)));
  };
  useEffect(load, []);
  if (failure !== undefined) return <FailedView failure={failure} onRetry={load} away />;
  return settings === undefined ? <LoadingView /> : <SettingsForm initial={settings} onState={onState} />;
}
