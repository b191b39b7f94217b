import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Notice } from '../../ui/Notice';
import { TextField } from '../../ui/TextField';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { useSubmit } from '../useSubmit';
import { backupName } from './backupFile';
import { saveFile } from './saveFile';

type Saved = { name: string; damagedKeys: number };

/** Saves every key as a file, under the password of the vault. */
export function BackupSection() {
  const client = useClient();
  const { busy, failure, run, clear } = useSubmit();
  const [password, setPassword] = useState('');
  const [saved, setSaved] = useState<Saved>();
  const type = (value: string) => {
    clear();
    setSaved(undefined);
    setPassword(value);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (password === '') return;
    void run(async () => {
      const { text, damagedKeys } = await client.call('exportBackup', { password });
      const name = backupName(Math.floor(Date.now() / 1000));
      saveFile(name, text);
      setPassword('');
      setSaved({ name, damagedKeys: damagedKeys.length });
    });
  };
  return (
    <Card title="Backup">
      <form class="stack" onSubmit={submit}>
        <TextField
          label="Password"
          type="password"
          value={password}
          onInput={type}
          maxLength={1024}
          hint="The file holds every key, locked with this password. It goes on opening with it, also after you change the password here."
          testId="settings-export-password"
        />
        {failure !== undefined && <FailureNotice title="No backup was made" failure={failure} />}
        {saved !== undefined && <SavedNotice saved={saved} />}
        <Button type="submit" disabled={password === '' || busy} testId="settings-export">
          {busy ? 'Making it…' : 'Save a backup file'}
        </Button>
      </form>
    </Card>
  );
}

function SavedNotice({ saved: { name, damagedKeys } }: { saved: Saved }) {
  return (
    <>
      <Notice title="The backup is in your downloads" testId="settings-exported" alert>
        <p>{name}</p>
        <p>Keep it where nobody else gets it. Permissions that you give later are not in it.</p>
      </Notice>
      {damagedKeys > 0 && (
        <Notice tone="warning" title="Not everything is in it">
          <p>
            {damagedKeys === 1 ? 'One key is damaged and was' : `${damagedKeys} keys are damaged and were`}{' '}
            left out. The sites that they belong to have to ask for a new permission.
          </p>
        </Notice>
      )}
    </>
  );
}
