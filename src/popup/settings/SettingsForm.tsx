import type { PopupState, Settings } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Screen } from '../../ui/Screen';
import { TextField } from '../../ui/TextField';
import { BackLink } from '../BackLink';
import { BackupSection } from '../backup/BackupSection';
import { FailureNotice } from '../FailureNotice';
import { NetworkFields } from './NetworkFields';
import { PasswordSection } from './PasswordSection';
import { ResetSection } from './ResetSection';
import { withNetworkField, withNewNetwork, withoutNetwork } from './settingsDraft';
import { type SettingsHandle, useSettingsForm } from './useSettingsForm';

type Props = { initial: Settings; onState: (state: PopupState) => void };

/** Node and networks that Latchkey talks to, and what keeps the vault safe. */
export function SettingsForm({ initial, onState }: Props) {
  const form = useSettingsForm(initial);
  return (
    <Screen name="Settings" tools={<BackLink />} foot={<Foot form={form} />} testId="settings">
      <NodeFields form={form} />
      <Networks form={form} />
      <LockField form={form} />
      <MarkField form={form} />
      <PasswordSection />
      <BackupSection />
      <ResetSection onDone={onState} />
    </Screen>
  );
}

function Foot({ form }: { form: SettingsHandle }) {
  const { errors, save, saved, busy, failure } = form;
  return (
    <>
      {failure !== undefined && <FailureNotice title="Not saved" failure={failure} />}
      {Object.keys(errors).length > 0 && (
        <Notice tone="danger" title="Not saved. Some fields need a change." alert />
      )}
      {saved && <Notice title="Saved" testId="settings-saved" alert />}
      <Button kind="primary" wide onClick={save} disabled={busy} testId="settings-save">
        {busy ? 'Saving…' : 'Save node, networks, lock and mark'}
      </Button>
    </>
  );
}

function NodeFields({ form: { draft, edit, errors } }: { form: SettingsHandle }) {
  return (
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
  );
}

function Networks({ form: { draft, edit, errors } }: { form: SettingsHandle }) {
  return (
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
  );
}

function MarkField({ form: { draft, edit, errors } }: { form: SettingsHandle }) {
  return (
    <section class="stack">
      <h2>Mark</h2>
      <TextField
        label="Your mark"
        value={draft.mark}
        maxLength={32}
        error={errors.mark}
        onInput={(mark) => edit({ ...draft, mark })}
        hint="Every window of Latchkey shows it at the top. No page knows it: a window without it is not ours."
        testId="settings-mark"
      />
    </section>
  );
}

function LockField({ form: { draft, edit, errors } }: { form: SettingsHandle }) {
  return (
    <section class="stack">
      <h2>Lock</h2>
      <TextField
        label="Lock after this many minutes without you"
        value={draft.autoLockMinutes}
        error={errors.autoLockMinutes}
        onInput={(autoLockMinutes) => edit({ ...draft, autoLockMinutes })}
        hint="While it is locked, no site can use its permission."
        testId="settings-auto-lock"
      />
    </section>
  );
}
