import { useState } from 'preact/hooks';
import { passwordStrength } from '../../rpc/password/strength';
import type { PopupState } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Screen } from '../../ui/Screen';
import { TextField } from '../../ui/TextField';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { StrengthMeter } from '../password/StrengthMeter';
import { useSubmit } from '../useSubmit';

/** First start: a password for the vault. */
export function OnboardingView({ onDone }: { onDone: (state: PopupState) => void }) {
  const client = useClient();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { busy, failure, run } = useSubmit();
  const strength = passwordStrength(password);
  const differs = again !== '' && again !== password;
  const ready = strength.ok && again === password;
  const submit = (event: Event) => {
    event.preventDefault();
    if (ready) void run(async () => onDone(await client.call('createVault', { password })));
  };
  return (
    <Screen name="Latchkey" centred>
      <div class="welcome">
        <h1>Let sites act for you, inside limits you approve</h1>
        <p class="soft">
          Latchkey keeps a separate key for each site you allow, on this device, locked with a password only
          you know.
        </p>
      </div>
      <form class="stack" onSubmit={submit}>
        <TextField
          label="New password"
          type="password"
          value={password}
          onInput={setPassword}
          maxLength={1024}
          hint={<StrengthMeter strength={strength} />}
          testId="create-password"
        />
        <TextField
          label="The same password again"
          type="password"
          value={again}
          onInput={setAgain}
          maxLength={1024}
          error={differs ? 'The two passwords differ.' : undefined}
          hint="It can’t be recovered. Without it the keys on this device are lost."
          testId="create-password-again"
        />
        {failure !== undefined && <FailureNotice title="The vault was not created" failure={failure} />}
        <Button type="submit" kind="primary" disabled={!ready || busy} wide testId="create-submit">
          {busy ? 'Creating…' : 'Create vault'}
        </Button>
      </form>
    </Screen>
  );
}
