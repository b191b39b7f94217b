import { useState } from 'preact/hooks';
import type { PopupState } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { TextField } from '../../ui/TextField';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { useSubmit } from '../useSubmit';

/** What must be typed before anything is deleted. */
const phrase = 'delete all keys';

type Props = {
  onDone: (state: PopupState) => void;
  /** Text of the button that opens it. */
  label?: string;
};

/** Deletes the vault with everything in it, after a phrase was typed. */
export function ResetSection({ onDone, label = 'Reset Latchkey' }: Props) {
  const [open, setOpen] = useState(false);
  if (open) return <ResetForm onDone={onDone} onCancel={() => setOpen(false)} />;
  return (
    <Button kind="quiet" onClick={() => setOpen(true)} testId="reset-open">
      {label}
    </Button>
  );
}

type FormProps = { onDone: Props['onDone']; onCancel: () => void };

function ResetForm({ onDone, onCancel }: FormProps) {
  const client = useClient();
  const { busy, failure, run } = useSubmit();
  const [typed, setTyped] = useState('');
  const ready = typed.trim().toLowerCase() === phrase;
  const submit = (event: Event) => {
    event.preventDefault();
    if (ready) void run(async () => onDone(await client.call('resetVault', { confirm: phrase })));
  };
  return (
    <Card
      title="Reset Latchkey"
      aside={
        <Button kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      }
    >
      <form class="stack" onSubmit={submit}>
        <p>
          Every key on this device is deleted for good: the owner key of your account, if it is kept here, and
          the key of every site. Without a backup nobody can bring them back.
        </p>
        <p>Permissions on chain stay as they are, and nobody can use them.</p>
        <TextField
          label={`Type “${phrase}”`}
          value={typed}
          onInput={setTyped}
          maxLength={64}
          testId="reset-confirm"
        />
        {failure !== undefined && <FailureNotice title="Nothing was deleted" failure={failure} />}
        <Button type="submit" kind="danger" disabled={!ready || busy} testId="reset-submit">
          {busy ? 'Deleting…' : 'Delete everything'}
        </Button>
      </form>
    </Card>
  );
}
