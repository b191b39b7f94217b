import type { ComponentChildren } from 'preact';
import './field.css';

type Props = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ComponentChildren;
  testId?: string;
};

/** A box to tick, with its sentence. */
export function Checkbox({ checked, onChange, children, testId }: Props) {
  return (
    <label class="check">
      <input
        type="checkbox"
        class="check__box"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        data-testid={testId}
      />
      <span>{children}</span>
    </label>
  );
}
