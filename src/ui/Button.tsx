import type { ComponentChildren } from 'preact';
import './button.css';

type Props = {
  children: ComponentChildren;
  onClick?: () => void;
  kind?: 'primary' | 'danger' | 'plain' | 'quiet';
  type?: 'button' | 'submit';
  disabled?: boolean;
  wide?: boolean;
  testId?: string;
};

/** A push button. One `primary` per view; `danger` takes its place where care is due. */
export function Button({
  children,
  onClick,
  kind = 'plain',
  type = 'button',
  disabled = false,
  wide = false,
  testId,
}: Props) {
  const className = ['button', `button--${kind}`, wide ? 'button--wide' : ''].filter(Boolean).join(' ');
  return (
    <button type={type} class={className} disabled={disabled} onClick={onClick} data-testid={testId}>
      {children}
    </button>
  );
}
