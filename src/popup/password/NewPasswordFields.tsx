import { TextField } from '../../ui/TextField';
import type { NewPasswordCheck, NewPasswordDraft } from './newPassword';
import { StrengthMeter } from './StrengthMeter';

type Props = {
  label: string;
  draft: NewPasswordDraft;
  check: NewPasswordCheck;
  onInput: (draft: NewPasswordDraft) => void;
  /** The second field's id ends in `-again`. */
  testId: string;
};

/** A new password, typed twice, with its strength. */
export function NewPasswordFields({ label, draft, check, onInput, testId }: Props) {
  return (
    <>
      <TextField
        label={label}
        type="password"
        value={draft.password}
        onInput={(password) => onInput({ ...draft, password })}
        maxLength={1024}
        hint={<StrengthMeter strength={check.strength} />}
        testId={testId}
      />
      <TextField
        label="The same password again"
        type="password"
        value={draft.again}
        onInput={(again) => onInput({ ...draft, again })}
        maxLength={1024}
        error={check.differs ? 'The two passwords differ.' : undefined}
        hint="It can’t be recovered. Without it the keys on this device are lost."
        testId={`${testId}-again`}
      />
    </>
  );
}
