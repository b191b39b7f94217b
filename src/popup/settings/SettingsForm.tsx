import { useState } from 'preact/hooks';
import type { Settings } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Screen } from '../../ui/Screen';
import { TextField } from '../../ui/TextField';
import { BackLink } from '../BackLink';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { useSubmit } from '../useSubmit';
import { NetworkFields } from './NetworkFields';
import {
  type DraftErrors,
  draftOf,
  readDraft,
  type SettingsDraft,
  withNetworkField,
  withNewNetwork,
  withoutNetwork,
} from './settingsDraft';

const noErrors: DraftErrors = {};

function useSettingsForm(initial: Settings) {
  const client = useClient();
  const submit = useSubmit();
  const [draft, setDraft] = useState<SettingsDraft>(() => draftOf(initial));
  const [errors, setErrors] = useState(noErrors);
  const [saved, setSaved] = useState(false);
  const edit = (next: SettingsDraft) => {
    setDraft(next);
    setSaved(false);
  };
  const save = () => {
    const result = readDraft(draft);
    setSaved(false);
    setErrors(result.ok ? noErrors : result.errors);
    if (!result.ok) return;
    void submit.run(async () => {
      setDraft(draftOf(await client.call('saveSettings', result.settings)));
      setSaved(true);
    });
  };
  return { draft, edit, errors, save, saved, busy: submit.busy, failure: submit.failure };
}

/** Node and networks that Latchkey talks to. */
export function SettingsForm({ initial }: { initial: Settings }) {
  const { draft, edit, errors, save, saved, busy, failure } = useSettingsForm(initial);
  const foot = (
    <>
      {failure !== undefined && <FailureNotice title="Not saved" failure={failure} />}
      {Object.keys(errors).length > 0 && (
        <Notice tone="danger" title="Not saved. Some fields need a change." alert />
      )}
      {saved && <Notice title="Saved" testId="settings-saved" alert />}
      <Button kind="primary" wide onClick={save} disabled={busy} testId="settings-save">
        {busy ? 'Saving…' : 'Save'}
      </Button>
    </>
  );
  return (
    <Screen name="Settings" tools={<BackLink />} foot={foot} testId="settings">
      <section class="stack">
        <h2>Node</h2>
        <TextField
          label="Address"
          code
          value={draft.nodeUrl}
          error={errors.nodeUrl}
          onInput={(nodeUrl) => edit({ ...draft, nodeUrl })}
          hint="The MEE node that prices and sends what you approve. Everything it answers is checked before signing."
          testId="settings-node-url"
        />
        <TextField
          label="API key, if the node asks for one"
          type="password"
          code
          maxLength={512}
          value={draft.nodeApiKey}
          error={errors.nodeApiKey}
          onInput={(nodeApiKey) => edit({ ...draft, nodeApiKey })}
          testId="settings-node-key"
        />
      </section>
      <section class="stack">
        <h2>Networks</h2>
        {errors.networks !== undefined && <p class="field__error">{errors.networks}</p>}
        {draft.networks.map((network) => (
          <NetworkFields
            key={network.key}
            network={network}
            errors={errors}
            onInput={(field, value) => edit(withNetworkField(draft, network.key, field, value))}
            onRemove={() => edit(withoutNetwork(draft, network.key))}
          />
        ))}
        <Button onClick={() => edit(withNewNetwork(draft))} testId="settings-add-network">
          Add a network
        </Button>
      </section>
    </Screen>
  );
}
