import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Notice } from '../../ui/Notice';
import { TextField } from '../../ui/TextField';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { NewPasswordFields } from '../password/NewPasswordFields';
import { checkNewPassword, noPassword } from '../password/newPassword';
import { useSubmit } from '../useSubmit';

/** Changes the password of the vault. */
export function PasswordSection() {
  const client = useClient();
  const { busy, failure, run, clear } = useSubmit();
  const [password, setPassword] = useState('');
  const [draft, setDraft] = useState(noPassword);
  const [changed, setChanged] = useState(false);
  const check = checkNewPassword(draft);
  const ready = password !== '' && check.ready;
  const typed = () => {
    clear();
    setChanged(false);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    void run(async () => {
      await client.call('changePassword', { password, newPassword: draft.password });
      setPassword('');
      setDraft(noPassword);
      setChanged(true);
    });
  };
  return (
    <Card title="Password">
      <form class="stack" onSubmit={submit}>
        <TextField
          label="Password now"
          type="password"
          value={password}
          maxLength={1024}
          onInput={(value) => {
            typed();
            setPassword(value);
          }}
          testId="settings-old-password"
        />
        <NewPasswordFields
          label="New password"
          draft={draft}
          check={check}
          onInput={(value) => {
            typed();
            setDraft(value);
          }}
          testId="settings-new-password"
        />
        {failure !== undefined && <FailureNotice title="The password is as it was" failure={failure} />}
        {changed && (
          <Notice title="The password is changed" testId="settings-password-changed" alert>
            <p>Backups made before still open with the old one.</p>
          </Notice>
        )}
        <Button type="submit" disabled={!ready || busy} testId="settings-change-password">
          {busy ? 'Changing…' : 'Change password'}
        </Button>
      </form>
    </Card>
  );
}
