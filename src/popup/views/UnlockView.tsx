import { useEffect, useRef, useState } from 'preact/hooks';
import type { PopupState } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Screen } from '../../ui/Screen';
import { TextField } from '../../ui/TextField';
import { useClient } from '../client';
import { ResetSection } from '../settings/ResetSection';
import { useSubmit } from '../useSubmit';

type Props = { waiting: number; onDone: (state: PopupState) => void };

/** Asks for the password of the vault. Nothing of the account is shown before. */
export function UnlockView({ waiting, onDone }: Props) {
  const client = useClient();
  const [password, setPassword] = useState('');
  const { busy, failure, run, clear } = useSubmit();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (busy) return;
    input.current?.focus();
    input.current?.select();
  }, [busy]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (password !== '') void run(async () => onDone(await client.call('unlock', { password })));
  };
  const type = (value: string) => {
    clear();
    setPassword(value);
  };
  return (
    <Screen name="Latchkey" centred>
      <h1>Unlock</h1>
      {waiting > 0 && (
        <Notice>
          <p>{waiting === 1 ? 'One request waits' : `${waiting} requests wait`} for your answer.</p>
        </Notice>
      )}
      <form class="stack" onSubmit={submit}>
        <TextField
          label="Password"
          type="password"
          value={password}
          onInput={type}
          maxLength={1024}
          error={
            failure === undefined ? undefined : [failure.message, failure.action].filter(Boolean).join(' ')
          }
          inputRef={input}
          testId="unlock-password"
        />
        <Button type="submit" kind="primary" disabled={busy || password === ''} wide testId="unlock-submit">
          {busy ? 'Unlocking…' : 'Unlock'}
        </Button>
      </form>
      <ResetSection onDone={onDone} label="I forgot the password" />
    </Screen>
  );
}
