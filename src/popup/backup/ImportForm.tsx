import { useState } from 'preact/hooks';
import type { PopupResults } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Checkbox';
import { FileField } from '../../ui/FileField';
import { TextField } from '../../ui/TextField';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { NewPasswordFields } from '../password/NewPasswordFields';
import { checkNewPassword, noPassword } from '../password/newPassword';
import { useSubmit } from '../useSubmit';
import { readBackupFile } from './backupFile';

type Props = { onDone: (restored: PopupResults['importBackup']) => void };

/** Makes the vault from a backup file. */
export function ImportForm({ onDone }: Props) {
  const client = useClient();
  const { busy, failure, run, clear } = useSubmit();
  const [file, setFile] = useState<File>();
  const [password, setPassword] = useState('');
  const [renews, setRenews] = useState(false);
  const [draft, setDraft] = useState(noPassword);
  const check = checkNewPassword(draft);
  const ready = file !== undefined && password !== '' && (!renews || check.ready);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    void run(async () => {
      const text = await readBackupFile(file);
      const renewed = renews ? { newPassword: draft.password } : {};
      onDone(await client.call('importBackup', { text, password, ...renewed }));
    });
  };
  return (
    <form class="stack" onSubmit={submit}>
      <FileField
        label="Backup file"
        accept=".json,application/json"
        hint={
          <>
            If this window closes while you choose,{' '}
            <a href="#/" target="_blank" rel="noopener">
              open Latchkey in a tab
            </a>
            .
          </>
        }
        onPick={(picked) => {
          clear();
          setFile(picked);
        }}
        testId="backup-file"
      />
      <TextField
        label="Its password"
        type="password"
        value={password}
        maxLength={1024}
        onInput={(value) => {
          clear();
          setPassword(value);
        }}
        hint="The password that Latchkey had when the backup was made."
        testId="backup-password"
      />
      <Checkbox checked={renews} onChange={setRenews} testId="backup-renew">
        Use another password from now on
      </Checkbox>
      {renews && (
        <NewPasswordFields
          label="New password"
          draft={draft}
          check={check}
          onInput={setDraft}
          testId="backup-new-password"
        />
      )}
      {failure !== undefined && <FailureNotice title="Nothing was restored" failure={failure} />}
      <Button type="submit" kind="primary" disabled={!ready || busy} wide testId="backup-import">
        {busy ? 'Restoring…' : 'Restore from backup'}
      </Button>
    </form>
  );
}
