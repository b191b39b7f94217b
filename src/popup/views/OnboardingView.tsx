import { useState } from 'preact/hooks';
import type { PopupResults, PopupState } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Screen } from '../../ui/Screen';
import { ImportForm } from '../backup/ImportForm';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { NewPasswordFields } from '../password/NewPasswordFields';
import { checkNewPassword, noPassword } from '../password/newPassword';
import '../password/password.css';
import { useSubmit } from '../useSubmit';

type Props = {
  mark: string;
  onDone: (state: PopupState) => void;
  onRestored: (restored: PopupResults['importBackup']) => void;
};

/** First start: a new vault, or one from a backup. */
export function OnboardingView({ mark, onDone, onRestored }: Props) {
  const [hasBackup, setHasBackup] = useState(false);
  return (
    <Screen name="Latchkey" centred>
      <div class="welcome">
        <h1>Let sites act for you, inside limits you approve</h1>
        <p class="soft">
          Latchkey keeps a separate key for each site you allow, on this device, locked with a password only
          you know.
        </p>
      </div>
      <p>
        Your mark is <strong>{mark}</strong>. Every window of Latchkey shows it at the top. No page knows it:
        a window without it is not ours.
      </p>
      {hasBackup ? <ImportForm onDone={onRestored} /> : <CreateForm onDone={onDone} />}
      <Button kind="quiet" onClick={() => setHasBackup(!hasBackup)} testId="backup-open">
        {hasBackup ? 'I have no backup' : 'I have a backup'}
      </Button>
    </Screen>
  );
}

function CreateForm({ onDone }: { onDone: (state: PopupState) => void }) {
  const client = useClient();
  const { busy, failure, run } = useSubmit();
  const [draft, setDraft] = useState(noPassword);
  const check = checkNewPassword(draft);
  const submit = (event: Event) => {
    event.preventDefault();
    const { password } = draft;
    if (check.ready) void run(async () => onDone(await client.call('createVault', { password })));
  };
  return (
    <form class="stack" onSubmit={submit}>
      <NewPasswordFields
        label="New password"
        draft={draft}
        check={check}
        onInput={setDraft}
        testId="create-password"
      />
      {failure !== undefined && <FailureNotice title="The vault was not created" failure={failure} />}
      <Button type="submit" kind="primary" disabled={!check.ready || busy} wide testId="create-submit">
        {busy ? 'Creating…' : 'Create vault'}
      </Button>
    </form>
  );
}
