import type { ComponentChildren, RefObject, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

type Props = {
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password';
  hint?: ComponentChildren;
  error?: string | undefined;
  code?: boolean;
  maxLength?: number;
  inputRef?: RefObject<HTMLInputElement | null>;
  testId?: string;
};

/** A labelled one-line input with its hint and its error. The browser never completes or stores what is typed. */
export function TextField(props: Props) {
  const id = useId();
  const { label, value, onInput, type = 'text', hint, error, code = false, inputRef, testId } = props;
  const input = {
    id,
    value,
    class: code ? 'field__input field__input--code' : 'field__input',
    maxLength: props.maxLength ?? 2048,
    autocomplete: 'off',
    spellcheck: false,
    'aria-invalid': error === undefined ? undefined : ('true' as const),
    'aria-describedby': `${id}-error ${id}-hint`,
    'data-testid': testId,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onInput(event.currentTarget.value),
    ref: inputRef ?? null,
  };
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      {type === 'password' ? <input type="password" {...input} /> : <input type="text" {...input} />}
      {error !== undefined && (
        <p id={`${id}-error`} class="field__error" role="alert">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <div id={`${id}-hint`} class="field__hint">
          {hint}
        </div>
      )}
    </div>
  );
}
