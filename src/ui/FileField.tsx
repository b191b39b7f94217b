import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

type Props = {
  label: string;
  onPick: (file: File | undefined) => void;
  accept?: string;
  hint?: ComponentChildren;
  testId?: string;
};

/** A labelled choice of one file. */
export function FileField({ label, onPick, accept, hint, testId }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="file"
        class="field__file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        data-testid={testId}
        onChange={(event) => onPick(event.currentTarget.files?.[0])}
      />
      {hint !== undefined && (
        <div id={`${id}-hint`} class="field__hint">
          {hint}
        </div>
      )}
    </div>
  );
}
